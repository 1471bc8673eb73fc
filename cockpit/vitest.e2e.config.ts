import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    reporters: ['verbose', './build/count.ts'],
    testTimeout: 900_000,
    hookTimeout: 600_000,
    // A browser and a server each: one file after the other.
    fileParallelism: false,
  },
});
