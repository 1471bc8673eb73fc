import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server, Tenant } from './server.ts';

const ALICE = '111111111111';

let server: Server;
let browser: Browser;
let alice: Tenant;
let visitor: Visitor;
let net: string;
let acl: string;

beforeAll(async () => {
  server = await Server.start('--dev', '--network', 'none');
  browser = await launch();
  alice = await Tenant.signIn(server, { AccessKeyId: ALICE, SecretKey: 'unchecked' });
  net = await alice.net('10.0.0.0/16', 'shop');
  await alice.openNet(net);
  visitor = await Visitor.arrive(browser, server);
  await visitor.signInWithKey(ALICE);
});

afterAll(async () => {
  await visitor?.leave();
  await browser?.close();
  await server?.stop();
});

const dialog = () => visitor.page.getByRole('dialog');
const rows = (table: string) => visitor.page.getByRole('table', { name: table }).getByRole('row');

/** The entries in the order in which they stand there, without the heading: number and verdict. */
async function entries(table: string): Promise<string[]> {
  const cells = await rows(table).evaluateAll((all) =>
    all.slice(1).map((row) => [...row.querySelectorAll('td')].slice(0, 3).map((it) => it.textContent)),
  );
  return cells.map((it) => it.join(' '));
}

it('N1: shows the ACL that a Net is born with, and makes another one, which lets nothing through', async () => {
  await visitor.open('/network-acls', 'Network ACLs');
  await rows('Network ACLs').filter({ hasText: 'of its Net' }).waitFor();
  await visitor.click('Create a network ACL');
  expect(await dialog().getByLabel('Net').inputValue()).toBe(net);
  await dialog().getByRole('button', { name: 'Show the API call' }).click();
  await dialog().getByText('Action=CreateNetworkAcl').waitFor();
  await visitor.confirm('Create a network ACL');
  await visitor.heading('Network ACL');
  acl = new URL(visitor.page.url()).pathname.split('/').at(-1) ?? '';
  await visitor.sees('No Subnet has it.');
  expect(await entries('Inbound entries')).toEqual(['last drops all traffic']);
  expect(await entries('Outbound entries')).toEqual(['last drops all traffic']);
});

async function add(direction: string, values: Record<string, string>): Promise<void> {
  await visitor.click(`Add an entry ${direction}`);
  const { Protocol = 'tcp', Verdict = 'allow', ...typed } = values;
  await dialog().getByLabel('Protocol').selectOption(Protocol);
  await dialog().getByLabel('Verdict').selectOption(Verdict);
  for (const [label, text] of Object.entries(typed)) {
    await dialog().getByLabel(label).fill(text);
  }
  await visitor.confirm(`Add an entry ${direction}`);
}

it('N2: adds, changes and deletes entries, which stand in the order in which they are asked', async () => {
  await add('in', { 'Ports, or ICMP type': '1024-65535', From: '0.0.0.0/0' });
  await until(
    () => entries('Inbound entries'),
    ['100 lets through tcp 1024 to 65535', 'last drops all traffic'],
  );
  await visitor.click('Add an entry in');
  expect(await dialog().getByLabel('Number').inputValue()).toBe('200');
  await visitor.page.keyboard.press('Escape');
  await add('in', {
    Protocol: 'icmp',
    Verdict: 'deny',
    Number: '50',
    'Ports, or ICMP type': '8',
    From: '10.9.0.0/16',
  });
  await until(
    () => entries('Inbound entries'),
    ['50 drops icmp, type 8', '100 lets through tcp 1024 to 65535', 'last drops all traffic'],
  );
  await visitor.click('Change entry 50 in');
  expect(await dialog().getByLabel('From').inputValue()).toBe('10.9.0.0/16');
  await dialog().getByLabel('Verdict').selectOption('allow');
  await visitor.confirm('Change');
  await until(async () => (await entries('Inbound entries'))[0], '50 lets through icmp, type 8');
  await visitor.click('Delete entry 50 in');
  await visitor.confirm('Delete');
  await until(async () => (await entries('Inbound entries')).length, 2);
});

it('says in the server’s words that a number is taken', async () => {
  await visitor.click('Add an entry in');
  await dialog().getByLabel('Number').fill('100');
  await dialog().getByLabel('From').fill('0.0.0.0/0');
  await dialog().getByRole('button', { name: 'Add an entry in' }).click();
  await dialog().getByText('It was refused').waitFor();
  await visitor.page.keyboard.press('Escape');
});

it('N3: gives it to a Subnet, whose page says so, and a path names it, with a button for what is missing', async () => {
  await visitor.click('Give it to a Subnet');
  await visitor.confirm('Give it to a Subnet');
  await rows('Subnets').filter({ hasText: '10.0.1.0/24' }).waitFor();
  await visitor.open(`/nets/${net}`, 'shop');
  await rows('Subnets').getByRole('link', { name: acl }).waitFor();

  const { Vms } = await alice.call('ReadVms', { Filters: { NetIds: [net] } });
  await visitor.open(`/path?From=${Vms[0]?.VmId}&To=203.0.113.1`, 'Test a path');
  const stop = visitor.page.getByRole('listitem').filter({ hasText: acl }).first();
  expect(await stop.getByRole('link', { name: acl }).first().getAttribute('href')).toContain(acl);
  await stop.getByRole('button', { name: 'Add the entry' }).first().click();
  await visitor.confirm('Add the entry');
  await stop.getByRole('link', { name: acl }).first().click();
  await visitor.heading('Network ACL');
  await until(async () => (await entries('Outbound entries')).length, 2);
});

it('is refused a deletion while a Subnet has it, and is deleted after that', async () => {
  await visitor.open(`/network-acls/${acl}`, 'Network ACL');
  await visitor.click('Delete');
  await dialog().getByText('It is refused while 1 Subnet has it').waitFor();
  await visitor.page.keyboard.press('Escape');
  await visitor.open('/network-acls', 'Network ACLs');
  await rows('Network ACLs').filter({ hasText: 'of its Net' }).getByRole('link').first().click();
  await visitor.heading('Default network ACL');
  await visitor.click('Give it to a Subnet');
  await visitor.confirm('Give it to a Subnet');
  await visitor.open(`/network-acls/${acl}`, 'Network ACL');
  await visitor.sees('No Subnet has it.');
  await visitor.page.getByRole('button', { name: 'Delete', exact: true }).click();
  await visitor.confirm('Delete');
  await visitor.heading('Network ACLs');
  await until(() => rows('Network ACLs').count(), 2);
});
