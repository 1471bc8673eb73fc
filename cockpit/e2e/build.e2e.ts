import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { LAUNCHER } from './server.ts';

/** What the launcher says while it builds. */
async function build(): Promise<string> {
  return (await promisify(execFile)(LAUNCHER, ['build'])).stderr;
}

it('is not built again where nothing was changed', async () => {
  await build();
  const again = await build();
  expect(again).toContain('everything is built');
  expect(again).not.toContain('building Cockpit');
});
