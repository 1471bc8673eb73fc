import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { ALICE, BOB, furnish, ids, PAGES } from './furnished.ts';
import { Server, Tenant } from './server.ts';

/** Takes pictures, which are to be looked at by somebody: it proves nothing. */

const README = new URL('../../docs/images/', import.meta.url).pathname;
const ALL = new URL('../target/screenshots/', import.meta.url).pathname;

const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
] as const;

/** The pages that the README shows, with the height that does. */
const SHOWN: Record<string, { as: string; height: number }> = {
  map: { as: 'cockpit-map', height: 640 },
  'path-blocked': { as: 'cockpit-path', height: 760 },
};

let server: Server;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(ALL, { recursive: true });
  server = await Server.start('--dev', '--network', 'none', '--clock', 'manual');
  browser = await launch();
  await furnish(server);
  await stopTheReply();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** So that what stops the packet of the README's path is in sight: its reply, which is the first of the second way. */
async function stopTheReply(): Promise<void> {
  const bob = await Tenant.signIn(server, { AccessKeyId: BOB, SecretKey: 'unchecked' });
  const { NetPeerings } = await bob.call('ReadNetPeerings', {
    Filters: { NetPeeringIds: [ids.active ?? ''] },
  });
  await bob.letPing(NetPeerings[0]?.AccepterNet.NetId ?? '', '10.0.0.0/16');
}

describe.each(THEMES)('%s', (colorScheme) => {
  it('the pictures of the README', async () => {
    const visitor = await arrive(colorScheme, { width: 1180, height: 800 });
    await visitor.signInWithKey(ALICE);
    for (const [name, path, heading, arrived] of PAGES) {
      const shown = SHOWN[name];
      if (shown !== undefined) {
        await visitor.page.setViewportSize({ width: 1180, height: shown.height });
        await settle(visitor, path(), heading, arrived);
        await visitor.page.screenshot({ path: join(README, `${shown.as}-${colorScheme}.png`) });
      }
    }
    await visitor.leave();
  });

  it.each(SIZES)('every page, $width wide', async ({ width, height }) => {
    const visitor = await arrive(colorScheme, { width, height });
    const shot = (name: string) =>
      visitor.page.screenshot({
        path: join(ALL, `${name}-${width}-${colorScheme}.png`),
        fullPage: name !== 'map',
      });
    await visitor.page.goto('/cockpit/');
    await visitor.heading('Linkspan Cockpit');
    await shot('sign-in');
    await visitor.signInWithKey(ALICE);
    for (const [name, path, heading, arrived] of PAGES) {
      await settle(visitor, path(), heading, arrived);
      await shot(name);
    }
    await visitor.leave();
  });
});

function arrive(
  colorScheme: (typeof THEMES)[number],
  viewport: { width: number; height: number },
): Promise<Visitor> {
  return Visitor.arrive(browser, server, { viewport, colorScheme, reducedMotion: 'reduce' });
}

async function settle(
  visitor: Visitor,
  path: string,
  heading: string | RegExp,
  arrived?: string,
): Promise<void> {
  await visitor.open(path, heading);
  if (arrived !== undefined) {
    await visitor.page.locator(arrived).first().waitFor();
  }
  await visitor.page.getByLabel('Loading').first().waitFor({ state: 'detached' });
}
