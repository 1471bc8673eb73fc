import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with the line that the project's other tests end with: N passed, N failed, N skipped. */
export default class Count implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const state = test.result().state;
        count[state === 'pending' ? 'failed' : state] += 1;
      }
      // A file that could not be read, or whose preparation failed, has tests that nobody saw pass.
      if (module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) {
        count.failed += 1;
      }
    }
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}
