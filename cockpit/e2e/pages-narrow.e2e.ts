import { describe } from 'vitest';
import { describePages } from './pages.ts';

describe('on a telephone, dark', () => {
  describePages({ width: 390, height: 844, colorScheme: 'dark' });
});
