import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Vm } from '../src/api/schema.ts';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server, Tenant } from './server.ts';

const ALICE = '111111111111';
const BOB = '222222222222';
const SHOTS = new URL('../target/screenshots/', import.meta.url).pathname;

let server: Server;
let browser: Browser;
const ids: Record<string, string> = {};

/** Each page, with what its heading says and what must have arrived before it is looked at. */
const PAGES: [name: string, path: () => string, heading: string | RegExp, arrived?: string][] = [
  ['map', () => '/map', 'Map'],
  ['peerings', () => '/peerings', 'Peerings'],
  ['peering-active', () => `/peerings/${ids.active}`, 'shop to payments'],
  ['peering-own', () => `/peerings/${ids.own}`, /^pcx-/],
  ['peering-pending', () => `/peerings/${ids.pending}`, /^pcx-/],
  ['peering-rejected', () => `/peerings/${ids.rejected}`, /^pcx-/],
  ['create-peering', () => `/peerings/new?from=${ids.shop}`, 'Create a peering'],
  ['requests', () => '/requests', 'Requests to me'],
  ['path', () => '/path', 'Test a path'],
  ['event-log', () => '/event-log', 'Event log', 'VM created'],
  ['path-open', () => `/path?From=${ids.vm}&To=${ids.open}`, 'Test a path', 'It arrives, and its reply'],
  ['path-blocked', () => `/path?From=${ids.vm}&To=${ids.closed}`, 'Test a path', 'It does not get through'],
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
  ids.vm = (await machineIn(alice, shop)).VmId;
  ids.open = (await machineIn(alice, warehouse)).VmId;
  ids.closed = (await machineIn(bob, payments)).PrivateIp ?? '';
  await letPing(alice, shop, warehouse, ids.own);
}

async function machineIn(owner: Tenant, net: string): Promise<Vm> {
  const { Vms } = await owner.call('ReadVms', { Filters: { NetIds: [net] } });
  const vm = Vms[0];
  if (vm === undefined) {
    throw new Error(`${net} has no VM`);
  }
  return vm;
}

/** Routes both ways through the peering, and a rule that lets pings from one Net into the other. */
async function letPing(owner: Tenant, from: string, to: string, peering: string): Promise<void> {
  const { Nets } = await owner.call('ReadNets', {});
  const rangeOf = (id: string) => Nets.find((net) => net.NetId === id)?.IpRange ?? '';
  const lead = async (net: string, peer: string) => {
    const { RouteTables } = await owner.call('ReadRouteTables', { Filters: { NetIds: [net] } });
    await owner.call('CreateRoute', {
      RouteTableId: RouteTables[0]?.RouteTableId ?? '',
      DestinationIpRange: rangeOf(peer),
      NetPeeringId: peering,
    });
  };
  await lead(from, to);
  await lead(to, from);
  const { SecurityGroups } = await owner.call('ReadSecurityGroups', { Filters: { NetIds: [to] } });
  await owner.call('CreateSecurityGroupRule', {
    SecurityGroupId: SecurityGroups[0]?.SecurityGroupId ?? '',
    Flow: 'Inbound',
    IpProtocol: 'icmp',
    FromPortRange: 8,
    ToPortRange: -1,
    IpRange: rangeOf(from),
  });
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

/** Each width and each theme once: what fits depends on the one, what is readable on the other. */
const LOOKS = [
  { width: 1920, height: 1080, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

describe.each(LOOKS)('at $width pixels, $colorScheme', ({ width, height, colorScheme }) => {
  let visitor: Visitor;
  /** The dialogs that were looked at: rows of a table have the same ones. */
  const seen = new Set<string>();

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

  it.each(PAGES)('%s: axe finds nothing, and nothing sticks out', async (name, path, heading, arrived) => {
    await visitor.open(path(), heading);
    if (arrived !== undefined) {
      await visitor.sees(arrived);
    }
    await visitor.page.getByLabel('Loading').first().waitFor({ state: 'detached' });
    await look(name);
    expect(await visitor.axe()).toEqual([]);
    const wider = await visitor.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
  });

  it('the header shows the Region and the way out whole', async () => {
    await visitor.open('/nowhere', 'There is no such page');
    const cut = await visitor.page.evaluate(() =>
      [...document.querySelectorAll('header :is(button, select, a)')]
        .filter((it) => it.checkVisibility())
        .filter(
          (it) =>
            it.getBoundingClientRect().right > document.documentElement.clientWidth ||
            it.scrollWidth > it.clientWidth,
        )
        .map((it) => it.outerHTML),
    );
    expect(cut).toEqual([]);
  });

  it('the map opens with all of it in its frame, and keeps it there', async () => {
    await visitor.open('/map', 'Map');
    await until(outside, []);
    await visitor.page.setViewportSize({ width: width - 60, height: height - 100 });
    await until(outside, []);
    await visitor.page.setViewportSize({ width, height });
    await until(outside, []);
  });

  /** The Nets that the frame or the map's controls hide in part; one that is outside of the frame is not even drawn. */
  function outside(): Promise<string[]> {
    return visitor.page.evaluate(() => {
      const frame = document.querySelector('.react-flow')?.getBoundingClientRect();
      const controls = document.querySelector('.react-flow__controls')?.getBoundingClientRect();
      const boxes = [...document.querySelectorAll('.react-flow__node')];
      const cut = boxes.filter((box) => {
        const { left, right, top, bottom } = box.getBoundingClientRect();
        return (
          frame === undefined ||
          controls === undefined ||
          (left < controls.right && bottom > controls.top) ||
          left < frame.left ||
          right > frame.right ||
          top < frame.top ||
          bottom > frame.bottom
        );
      });
      return [
        ...cut.map((box) => box.getAttribute('aria-label') ?? ''),
        ...(boxes.length === 5 ? [] : [`${boxes.length} Nets are drawn`]),
      ];
    });
  }

  it('changes its colours and back', async () => {
    const other = colorScheme === 'dark' ? 'light' : 'dark';
    for (const next of [other, colorScheme]) {
      await visitor.click(next === 'dark' ? 'Dark colours' : 'Light colours');
      await visitor.page.locator(`html[data-mantine-color-scheme=${next}]`).waitFor();
    }
  });

  it.each(PAGES)('the dialogs of %s: axe finds nothing', async (_, path, heading, arrived) => {
    await visitor.open(path(), heading);
    if (arrived !== undefined) {
      await visitor.sees(arrived);
    }
    await visitor.page.getByLabel('Loading').first().waitFor({ state: 'detached' });
    const buttons = visitor.page.locator('main [aria-haspopup=dialog]');
    const dialog = visitor.page.getByRole('dialog');
    const found: string[] = [];
    for (let index = 0; index < (await buttons.count()); index += 1) {
      await buttons.nth(index).click();
      await dialog.waitFor();
      const title = await dialog.getByRole('heading').innerText();
      if (!seen.has(title)) {
        seen.add(title);
        found.push(...(await visitor.axe()));
      }
      await visitor.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
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

it('takes no style and no script that somebody put into the page', async () => {
  const page = await browser.newPage({ baseURL: server.url });
  await page.goto('/cockpit/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const refused = await page.evaluate(async () => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', (it) => directives.push(it.effectiveDirective));
    for (const name of ['style', 'script']) {
      const planted = document.createElement(name);
      planted.textContent = name === 'style' ? 'h1 { display: none }' : 'document.title = "taken"';
      document.head.append(planted);
    }
    document.querySelector('h1')?.setAttribute('style', 'display: none');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return directives;
  });
  expect(refused).toEqual(['style-src-elem', 'script-src-elem', 'style-src-attr']);
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  await page.close();
});
