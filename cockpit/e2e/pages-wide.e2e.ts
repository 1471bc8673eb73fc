import { describe } from 'vitest';
import { describePages } from './pages.ts';

describe('on a wide screen, light', () => {
  describePages({ width: 1920, height: 1080, colorScheme: 'light' });
});
