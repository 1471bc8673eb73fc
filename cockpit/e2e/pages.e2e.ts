import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, Visitor } from './browser.ts';
import { Server, Tenant } from './server.ts';

const ALICE = '111111111111';
const BOB = '222222222222';
const SHOTS = new URL('../target/screenshots/', import.meta.url).pathname;

let server: Server;
let browser: Browser;
const ids: Record<string, string> = {};

/** Each page, with what its heading says and what must have arrived before it is looked at. */
const PAGES: [string, () => string, string | RegExp][] = [
  ['map', () => '/map', 'Map'],
  ['peerings', () => '/peerings', 'Peerings'],
  ['peering-active', () => `/peerings/${ids.active}`, 'shop to payments'],
  ['peering-own', () => `/peerings/${ids.own}`, /^pcx-/],
  ['peering-pending', () => `/peerings/${ids.pending}`, /^pcx-/],
  ['peering-rejected', () => `/peerings/${ids.rejected}`, /^pcx-/],
  ['create-peering', () => `/peerings/new?from=${ids.shop}`, 'Create a peering'],
  ['requests', () => '/requests', 'Requests to me'],
  ['path', () => '/path', 'Test a path'],
  ['nets', () => '/nets', 'Nets'],
  ['net', () => `/nets/${ids.shop}`, 'shop'],
  ['route-tables', () => '/route-tables', 'Route tables'],
  ['route-table', () => `/route-tables/${ids.table}`, 'Route table'],
  ['security-groups', () => '/security-groups', 'Security groups'],
  ['security-group', () => `/security-groups/${ids.group}`, 'Group default'],
  ['vms', () => '/vms', 'VMs'],
  ['vm', () => `/vms/${ids.vm}`, /^VM /],
  ['nowhere', () => '/nowhere', 'There is no such page'],
];

async function furnish(): Promise<void> {
  const alice = await Tenant.signIn(server, { AccessKeyId: ALICE, SecretKey: 'unchecked' });
  const bob = await Tenant.signIn(server, { AccessKeyId: BOB, SecretKey: 'unchecked' });
  const shop = await alice.net('10.0.0.0/16', 'shop');
  const warehouse = await alice.net('10.1.0.0/16', 'warehouse');
  const lab = await alice.net('10.9.0.0/16', 'lab');
  const payments = await bob.net('10.2.0.0/16', 'payments');
  const ledger = await bob.net('10.3.0.0/16', 'ledger');
  ids.shop = shop;
  ids.active = await alice.ask(shop, payments, BOB);
  await bob.call('AcceptNetPeering', { NetPeeringId: ids.active });
  ids.own = await alice.ask(shop, warehouse, ALICE);
  await alice.call('AcceptNetPeering', { NetPeeringId: ids.own });
  ids.pending = await bob.ask(ledger, shop, ALICE);
  ids.rejected = await bob.ask(ledger, lab, ALICE);
  await alice.call('RejectNetPeering', { NetPeeringId: ids.rejected });
  const tags = [
    { Key: 'Name', Value: 'shop to payments' },
    { Key: 'team', Value: 'checkout' },
  ];
  await alice.call('CreateTags', { ResourceIds: [ids.active], Tags: tags });
  const tables = await alice.call('ReadRouteTables', { Filters: { NetIds: [shop] } });
  ids.table = tables.RouteTables[0]?.RouteTableId ?? '';
  const route = { RouteTableId: ids.table, DestinationIpRange: '10.2.0.0/16', NetPeeringId: ids.active };
  await alice.call('CreateRoute', route);
  const groups = await alice.call('ReadSecurityGroups', { Filters: { NetIds: [shop] } });
  ids.group = groups.SecurityGroups[0]?.SecurityGroupId ?? '';
  const vms = await alice.call('ReadVms', { Filters: { NetIds: [shop] } });
  ids.vm = vms.Vms[0]?.VmId ?? '';
}

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  server = await Server.start('--dev', '--network', 'none', '--clock', 'manual');
  browser = await launch();
  await furnish();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const LOOKS = [
  { width: 1920, height: 1080, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 1920, height: 1080, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

describe.each(LOOKS)('at $width pixels, $colorScheme', ({ width, height, colorScheme }) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await Visitor.arrive(browser, server, {
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await visitor.page.goto('/cockpit/');
    await visitor.heading('Linkspan Cockpit');
    await look('sign-in');
    expect(await visitor.axe()).toEqual([]);
    await visitor.signInWithKey(ALICE);
  });

  afterAll(() => visitor.leave());

  async function look(name: string): Promise<void> {
    const fullPage = name !== 'map';
    await visitor.page.screenshot({ path: join(SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage });
  }

  it.each(PAGES)('%s: axe finds nothing, and nothing sticks out', async (name, path, heading) => {
    await visitor.open(path(), heading);
    await visitor.page.getByLabel('Loading').first().waitFor({ state: 'detached' });
    await look(name);
    expect(await visitor.axe()).toEqual([]);
    const wider = await visitor.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
  });

  it('a dialog: axe finds nothing', async () => {
    await visitor.open(`/peerings/${ids.active}`, 'shop to payments');
    await visitor.click(/^End peering/);
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Show the API call' }).click();
    await visitor.page.getByText('aws-sigv4').waitFor();
    await look('dialog');
    expect(await visitor.axe()).toEqual([]);
  });
});
