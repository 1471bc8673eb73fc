import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['e2e/pictures.ts'], reporters: ['verbose'], testTimeout: 240_000, hookTimeout: 300_000 },
});
