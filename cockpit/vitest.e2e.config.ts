import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    reporters: ['verbose', './build/count.ts'],
    // On two processors that others use too; what hangs ends by the page's own timeout long before.
    testTimeout: 240_000,
    // The first server of a run may have to be built.
    hookTimeout: 300_000,
    // A browser and a server each, which wait for one another half of the time.
    maxWorkers: 2,
  },
});
