import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server, Tenant } from './server.ts';

const NETS = 300;
/** Of one of them, the hub. */
const PEERS = 40;
const ALICE = { AccessKeyId: '111111111111', SecretKey: 'unchecked' };

let server: Server;
let browser: Browser;
let alice: Tenant;
let visitor: Visitor;

beforeAll(async () => {
  server = await Server.start('--dev', '--network', 'none', '--peering-requires-vm', 'false');
  browser = await launch();
  alice = await Tenant.signIn(server, ALICE);
  const nets: string[] = [];
  for (let index = 0; index < NETS; index += 1) {
    const { Net } = await alice.call('CreateNet', { IpRange: `10.${index % 256}.0.0/16` });
    nets.push(Net.NetId);
    for (let subnet = 0; subnet < index % 3; subnet += 1) {
      await alice.call('CreateSubnet', {
        NetId: Net.NetId,
        IpRange: `10.${index % 256}.${subnet}.0/24`,
        SubregionName: `eu-west-2${subnet === 0 ? 'a' : 'b'}`,
      });
    }
  }
  const [hub = '', ...others] = nets;
  for (const other of others.slice(0, PEERS)) {
    const id = await alice.ask(hub, other, alice.account);
    await alice.call('AcceptNetPeering', { NetPeeringId: id });
  }
  await alice.call('CreateTags', {
    ResourceIds: [nets[222] ?? ''],
    Tags: [{ Key: 'Name', Value: 'needle' }],
  });
  visitor = await Visitor.arrive(browser, server);
  await visitor.signInWithKey(ALICE.AccessKeyId);
});

afterAll(async () => {
  await visitor?.leave();
  await browser?.close();
  await server?.stop();
});

/** In pixels, from the top of a line to its foot. */
const SMALLEST_LETTERS = 8;

/** The height in pixels of the smallest letters in which a Net's range is written on the map; 0 where one is cut off. */
function smallestLabel(): Promise<number> {
  return visitor.page.evaluate(() =>
    Math.min(
      ...[...document.querySelectorAll<HTMLElement>('.react-flow__node strong')]
        .filter((range) => range.checkVisibility({ visibilityProperty: true }))
        .map((range) => (range.scrollWidth > range.clientWidth ? 0 : range.getBoundingClientRect().height)),
    ),
  );
}

it(`draws ${NETS} Nets, and finds one of them`, async () => {
  await visitor.open('/map', 'Map');
  await visitor.sees(`${NETS} Nets`);
  await until(() => visitor.page.locator('.react-flow__node').count(), NETS);
  await until(() => visitor.page.getByTitle(/nothing can pass/).count(), PEERS);
  expect(await smallestLabel()).toBeGreaterThan(SMALLEST_LETTERS);
  await visitor.page.screenshot({
    path: new URL('../target/screenshots/map-300.png', import.meta.url).pathname,
  });
  await visitor.page.getByLabel('Find a Net').fill('needle');
  await visitor.sees(`1 of ${NETS} Nets found`);
  const found = visitor.page.getByLabel(/^Net 10\.222\.0\.0\/16 needle, yours/);
  await until(async () => ((await found.boundingBox())?.width ?? 0) > 150, true);
  await visitor.page.screenshot({
    path: new URL('../target/screenshots/map-found.png', import.meta.url).pathname,
  });
  await found.focus();
  await visitor.page.keyboard.press('Enter');
  await visitor.heading('needle');
});

it('draws a Net that somebody makes meanwhile, without a reload', async () => {
  await visitor.open('/map', 'Map');
  await visitor.sees(`${NETS} Nets`);
  await alice.call('CreateNet', { IpRange: '172.16.0.0/16' });
  await visitor.sees(`${NETS + 1} Nets`);
});

it('lists them in pages, and searches all of them', async () => {
  await visitor.open('/nets', 'Nets');
  const rows = visitor.page.getByRole('table', { name: 'Nets' }).locator('tbody tr');
  await until(() => rows.count(), 25);
  await visitor.click('next page');
  await until(() => rows.count(), 25);
  await visitor.page.getByLabel('Search').fill('10.255.0.0');
  await until(() => rows.count(), 1);
  expect(await rows.first().innerText()).toContain('10.255.0.0/16');
});
