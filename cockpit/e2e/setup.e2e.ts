import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SecurityGroup, Vm } from '../src/api/schema.ts';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server, Tenant } from './server.ts';

const ALICE = '111111111111';
const BOB = '222222222222';

let server: Server;
let browser: Browser;
let alice: Tenant;
let bob: Tenant;
let visitor: Visitor;

beforeAll(async () => {
  server = await Server.start('--dev', '--network', 'none');
  browser = await launch();
  alice = await Tenant.signIn(server, { AccessKeyId: ALICE, SecretKey: 'unchecked' });
  bob = await Tenant.signIn(server, { AccessKeyId: BOB, SecretKey: 'unchecked' });
  visitor = await Visitor.arrive(browser, server);
  await visitor.signInWithKey(ALICE);
});

afterAll(async () => {
  await visitor?.leave();
  await browser?.close();
  await server?.stop();
});

async function vmIn(net: string): Promise<Vm> {
  const { Vms } = await alice.call('ReadVms', { Filters: { NetIds: [net] } });
  const vm = Vms[0];
  if (vm === undefined) {
    throw new Error(`${net} has no VM`);
  }
  return vm;
}

async function group(net: string, name: string): Promise<SecurityGroup> {
  const { SecurityGroup: made } = await alice.call('CreateSecurityGroup', {
    NetId: net,
    SecurityGroupName: name,
    Description: name,
  });
  return made;
}

const groupsOf = (vm: Vm) => vm.SecurityGroups.map((it) => it.SecurityGroupName).toSorted();

it('changes all groups of a VM in one step', async () => {
  const net = await alice.net('10.0.0.0/16', 'shop');
  await group(net, 'web');
  await group(net, 'db');
  const { VmId } = await vmIn(net);
  await visitor.open(`/vms/${VmId}`, /^VM /);
  await visitor.click('Change groups');
  const dialog = visitor.page.getByRole('dialog');
  await until(() => dialog.getByRole('checkbox', { checked: true }).count(), 1);
  await dialog.getByRole('checkbox', { name: /^default/ }).uncheck();
  await dialog.getByRole('button', { name: 'Change groups' }).click();
  await dialog.getByText('Choose at least one.').waitFor();
  await dialog.getByRole('checkbox', { name: /^web/ }).check();
  await dialog.getByRole('checkbox', { name: /^db/ }).check();
  await dialog.getByRole('button', { name: 'Show the API call' }).click();
  await dialog.getByText('UpdateVm').waitFor();
  await visitor.confirm('Change groups');
  await until(async () => groupsOf(await vmIn(net)), ['db', 'web']);
  expect(await visitor.page.getByRole('link', { name: /^sg-/ }).count()).toBe(2);
});

it('gives a new VM groups of the Net that its Subnet is in, and no other', async () => {
  const shop = await alice.net('10.1.0.0/16', 'shop');
  const lab = await alice.net('10.2.0.0/16', 'lab');
  await group(shop, 'till');
  await group(lab, 'bench');
  await group(lab, 'probe');
  const { Subnets } = await alice.call('ReadSubnets', {});
  const subnetOf = (net: string) => Subnets.find((it) => it.NetId === net)?.SubnetId ?? '';
  await visitor.open('/vms', 'VMs');
  await visitor.click('Create a VM');
  const dialog = visitor.page.getByRole('dialog');
  await dialog.getByLabel('Subnet').selectOption(subnetOf(shop));
  await dialog.getByRole('checkbox', { name: /^till/ }).check();
  await dialog.getByLabel('Subnet').selectOption(subnetOf(lab));
  await dialog.getByRole('checkbox', { name: /^till/ }).waitFor({ state: 'detached' });
  await dialog.getByRole('checkbox', { name: /^bench/ }).check();
  await dialog.getByRole('checkbox', { name: /^probe/ }).check();
  await dialog.getByRole('button', { name: 'Create a VM' }).click();
  await visitor.heading(/^VM 10\.2\./);
  const { Vms } = await alice.call('ReadVms', { Filters: { NetIds: [lab] } });
  expect(Vms.map(groupsOf)).toContainEqual(['bench', 'probe']);
});

/** An active peering between those two Nets. */
async function peered(from: string, to: string, accepter = alice): Promise<string> {
  const id = await alice.ask(from, to, accepter.account);
  await accepter.call('AcceptNetPeering', { NetPeeringId: id });
  return id;
}

/** What the groups of a Net let in: group, traffic and from whom. */
async function letIn(net: string): Promise<string[]> {
  const { SecurityGroups } = await alice.call('ReadSecurityGroups', { Filters: { NetIds: [net] } });
  return SecurityGroups.flatMap(({ SecurityGroupName, InboundRules }) =>
    InboundRules.filter((rule) => rule.IpProtocol !== '-1').map((rule) => {
      const members = (rule.SecurityGroupsMembers ?? []).map((it) => it.SecurityGroupId);
      const whom = [...(rule.IpRanges ?? []), ...members].join(', ');
      return `${SecurityGroupName} ${rule.IpProtocol} ${rule.FromPortRange} ${rule.ToPortRange} ${whom}`;
    }),
  ).toSorted();
}

it('opens the groups that machines use, for the chosen services and the peer’s range and nothing more', async () => {
  const shop = await alice.net('10.10.0.0/16', 'shop');
  const payments = await bob.net('10.11.0.0/16', 'payments');
  const web = await group(shop, 'web');
  const { VmId } = await vmIn(shop);
  await alice.call('UpdateVm', { VmId, SecurityGroupIds: [web.SecurityGroupId] });
  const id = await peered(shop, payments, bob);

  await visitor.open(`/peerings/${id}`, id);
  const own = visitor.page.getByRole('region', { name: `Your side, ${shop}` });
  await own.getByRole('checkbox', { name: 'web, 1 VM', checked: true }).waitFor();
  await own.getByRole('checkbox', { name: 'default, no VM', checked: false }).waitFor();
  await visitor.page.getByText('HTTPS (tcp 443)', { exact: true }).click();
  await visitor.click('Other ports…');
  await visitor.page.getByLabel('Port or ports').fill('8000-8099');
  expect(await visitor.axe()).toEqual([]);
  await visitor.page.getByRole('button', { name: 'Add', exact: true }).click();
  const theirs = visitor.page.getByRole('region', { name: 'Their side' });
  await theirs.getByText('"FromPortRange":8000,"ToPortRange":8099').waitFor();
  await theirs.getByText('10.11.0.0/16 may reach: Ping, HTTPS (tcp 443), tcp 8000 to 8099.').waitFor();
  await visitor.click('Do all 4');
  await visitor.sees('Your side is ready');
  const rules = ['icmp 8 -1', 'tcp 443 443', 'tcp 8000 8099'];
  expect(await letIn(shop)).toEqual(rules.map((it) => `web ${it} 10.11.0.0/16`));

  await visitor.open(`/peerings/${id}`, id);
  await visitor.sees('Your side is ready');
  const chip = visitor.page.getByRole('checkbox', { name: 'tcp 8000 to 8099', checked: true });
  await chip.waitFor({ state: 'attached' });
});

it('S5: lets in the machines of one group of another Net of one’s own', async () => {
  const shop = await alice.net('10.20.0.0/16', 'shop');
  const stock = await alice.net('10.21.0.0/16', 'stock');
  const [{ SecurityGroupId: ofStock = '' } = {}] = (await vmIn(stock)).SecurityGroups;
  const id = await peered(shop, stock);
  await visitor.open(`/peerings/${id}`, id);
  const own = visitor.page.getByRole('region', { name: `Your side, ${shop}` });
  await own.getByLabel('Who is let in').selectOption(ofStock);
  await own.getByRole('button', { name: 'Do all 2' }).click();
  await own.getByText('Your side is ready').waitFor();
  expect(await letIn(shop)).toEqual([`default icmp 8 -1 ${ofStock}`]);
});

const LEADS: [when: string, range: string, peer: string][] = [
  ['when that is there', '10.30.0.0/16', '10.31.0.0/16'],
  ['while that is still read', '10.32.0.0/16', '10.31.0.0/16'],
];

it.each(LEADS)('leads from what is missing to where it is made good, %s', async (when, range, peer) => {
  const shop = await alice.net(range, 'shop');
  const id = await peered(shop, await bob.net(peer, 'payments'), bob);
  let followed: (() => void) | undefined;
  const late = new Promise<void>((resolve) => (followed = resolve));
  await visitor.page.route('**/ReadVms', async (route) => {
    await (when.startsWith('while') ? late : undefined);
    await route.continue();
  });
  await visitor.open(`/peerings/${id}`, id);
  if (when.startsWith('when')) {
    await visitor.page.getByRole('region', { name: `Your side, ${shop}` }).waitFor();
  }
  await visitor.sees(`No rule of ${shop} lets anything in from ${peer}.`);
  await visitor.page.getByRole('link', { name: 'Finish the set-up' }).press('Enter');
  followed?.();
  const focused = () => visitor.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await until(focused, `Your side, ${shop}`);
  await visitor.page.unroute('**/ReadVms');
});

it('R2: shows at a glance whether anything passes, and what is in its way, while it changes', async () => {
  const shop = await alice.net('10.60.0.0/16', 'shop');
  const payments = await bob.net('10.61.0.0/16', 'payments');
  const id = await peered(shop, payments, bob);
  const other = await Visitor.arrive(browser, server);
  try {
    await other.signInWithKey(ALICE);
    await other.open('/map', 'Map');
    await visitor.open('/peerings', 'Peerings');
    await visitor.page.getByLabel('Search').fill(id);
    const told = async (words: string, obstacle: string) => {
      await visitor.page.getByRole('row').getByText(words, { exact: true }).waitFor();
      await other.page
        .getByLabel(`Peering ${id}: Active${obstacle}`, { exact: true })
        .waitFor({ state: 'attached' });
    };
    const without = (what: string) => told(what, `, but nothing can pass: ${what}`);

    await without('no route on either side, no rule that lets anything in');
    await alice.lead(shop, '10.61.0.0/16', id);
    await without('no route on their side, no rule that lets anything in');
    await bob.letPing(payments, '10.60.0.0/16');
    await without('no route on their side');
    await bob.lead(payments, '10.60.0.0/16', id);
    await told('packets can pass', '');
  } finally {
    await other.leave();
  }
});

it('says one thing of a peering through which packets pass, and leads to a test with both ends', async () => {
  const shop = await alice.net('10.80.0.0/16', 'shop');
  const payments = await bob.net('10.81.0.0/16', 'payments');
  const id = await peered(shop, payments, bob);
  await alice.lead(shop, '10.81.0.0/16', id);
  await alice.letPing(shop, '10.81.0.0/16');
  await bob.letPing(payments, '10.80.0.0/16');
  await visitor.open(`/peerings/${id}`, id);
  const theirs = visitor.page.getByRole('region', { name: 'Their side' });
  await theirs.getByText('In each route table that your Subnets use').waitFor();
  expect(await theirs.getByText('In the security groups of').count()).toBe(0);
  await bob.lead(payments, '10.80.0.0/16', id);
  await visitor.sees('Packets can pass.');
  await theirs.getByText('Nothing is left to do there').waitFor();

  await visitor.open(`/peerings/${id}`, id);
  await visitor.sees('The set-up is complete.');
  await visitor.sees('Packets can pass.');
  expect(await visitor.page.getByText(/left to do/).count()).toBe(0);
  expect(await visitor.axe()).toEqual([]);
  await visitor.click('Choose what is open');
  await visitor.page.getByRole('region', { name: `Your side, ${shop}` }).waitFor();

  await visitor.page.getByRole('main').getByRole('link', { name: 'Test a path' }).click();
  await visitor.heading('Test a path');
  await visitor.sees(/^10\.81\.0\.4 is where the first machine/);
  await visitor.sees(/^There: 10\.80\.1\.4 to 10\.81\.0\.4/);
});

it('offers to ask for a peering where no way leads to an address', async () => {
  const shop = await alice.net('10.82.0.0/16', 'shop');
  const { VmId } = await vmIn(shop);
  await visitor.open(`/path?From=${VmId}&To=10.83.1.4`, 'Test a path');
  await visitor.sees('No peering of this Net leads to 10.83.1.4.');
  expect(await visitor.axe()).toEqual([]);
  await visitor.page.getByRole('link', { name: 'Ask for a peering' }).click();
  await visitor.heading('Create a peering');
  await until(() => visitor.page.getByLabel('Your Net').inputValue(), shop);
});

it('P8: names the other Net too where it is one’s own', async () => {
  const shop = await alice.net('10.84.0.0/16', 'shop');
  const stock = await alice.net('10.85.0.0/16', 'stock');
  const [from, to] = [await vmIn(shop), await vmIn(stock)];
  await visitor.open(`/path?From=${from.VmId}&To=${to.VmId}`, 'Test a path');
  await visitor.page.getByRole('link', { name: 'Ask for a peering' }).click();
  await visitor.heading('Create a peering');
  await until(() => visitor.page.getByLabel('The other Net', { exact: true }).inputValue(), stock);
  await visitor.click('Connect the two Nets');
  await visitor.heading(/^pcx-/);
});

it('finds the other Net by an address, and asks which one is meant where several have it', async () => {
  const shop = await alice.net('10.86.0.0/16', 'shop');
  await alice.net('10.87.0.0/16', 'stock');
  const first = await alice.net('10.88.0.0/16', 'first');
  await alice.net('10.88.0.0/16', 'second');
  const { VmId } = await vmIn(shop);
  await visitor.open(`/path?From=${VmId}&To=10.87.1.4`, 'Test a path');
  await visitor.sees('There: 10.86.1.4 to 10.87.1.4');
  await visitor.sees('No peering of this Net leads to 10.87.1.4.');

  await visitor.open(`/path?From=${VmId}&To=10.88.1.4`, 'Test a path');
  await visitor.sees('Several Nets have the address 10.88.1.4');
  expect(await visitor.axe()).toEqual([]);
  await visitor.click(`first (${first})`);
  await visitor.sees('There: 10.86.1.4 to 10.88.1.4');
  const to = visitor.page.getByRole('combobox', { name: 'To', exact: true });
  expect(await to.inputValue()).toBe(`${first}/10.88.1.4`);
});

it('asks how the other side is for as long as somebody is there, and no longer', async () => {
  const shop = await alice.net('10.70.0.0/16', 'shop');
  const id = await peered(shop, await bob.net('10.71.0.0/16', 'till'), bob);
  const other = await Visitor.arrive(browser, server);
  try {
    const { page } = other;
    await other.signInWithKey(ALICE);
    await page.clock.install();
    let asked = 0;
    page.on('request', (request) => (asked += request.url().endsWith('ReadPeeringHealth') ? 1 : 0));
    const askedIn = async (time: string) => {
      const before = asked;
      await page.clock.runFor(time);
      return asked - before;
    };
    await other.open(`/peerings/${id}`, id);
    await other.sees('Nothing can pass yet.');
    await until(async () => (await askedIn('06')) > 0, true);
    await page.clock.runFor('16:00');
    expect(await askedIn('01:00')).toBe(0);
    await page.mouse.move(10, 10);
    await page.mouse.move(20, 20);
    await until(async () => (await askedIn('06')) > 0, true);
  } finally {
    await other.leave();
  }
});

it('tests a path from a machine’s page, to another one that is found by its name', async () => {
  const net = await alice.net('10.40.0.0/16', 'shop');
  const { Subnets } = await alice.call('ReadSubnets', { Filters: { NetIds: [net] } });
  const { Vms } = await alice.call('CreateVms', {
    ImageId: 'ami-00000001',
    SubnetId: Subnets[0]?.SubnetId ?? '',
  });
  const [{ VmId: till = '', PrivateIp = '' } = {}] = Vms;
  await alice.call('CreateTags', { ResourceIds: [till], Tags: [{ Key: 'Name', Value: 'Till' }] });
  const from = await vmIn(net);
  await visitor.open(`/vms/${from.VmId}`, /^VM /);
  const interfaces = visitor.page.getByRole('table', { name: 'Network interfaces' });
  await interfaces.getByText(from.Nics[0]?.NicId ?? '').waitFor();
  await visitor.page.getByRole('link', { name: 'Test a path from here' }).click();
  await visitor.heading('Test a path');
  expect(await visitor.page.getByLabel('From', { exact: true }).inputValue()).toBe(from.VmId);
  await visitor.page.getByRole('combobox', { name: 'To', exact: true }).fill('till');
  const found = visitor.page.getByRole('listbox', { name: 'To' });
  await found.getByRole('option', { name: `${PrivateIp} Till (${till})` }).click();
  await visitor.click('Test');
  await visitor.sees('It arrives, and its reply');
});

it('L9: says which rule, route and tag changed', async () => {
  const shop = await alice.net('10.90.0.0/16', 'shop');
  const id = await peered(shop, await bob.net('10.91.0.0/16', 'till'), bob);
  await alice.lead(shop, '10.91.0.0/16', id);
  await alice.letPing(shop, '10.91.0.0/16');
  await visitor.open(`/event-log?resource=${shop}`, 'Event log');
  await visitor.sees('added icmp type 8 from 10.91.0.0/16');
  await visitor.sees(`10.91.0.0/16 through ${id}`);
  await visitor.sees('set Name: shop');
});

it('L9: shows what happened, narrowed down, as far back as one asks, and as it happens', async () => {
  const net = await alice.net('10.50.0.0/16', 'noted');
  const tag = async (value: number) =>
    alice.call('CreateTags', { ResourceIds: [net], Tags: [{ Key: 'turn', Value: `${value}` }] });
  for (let turn = 0; turn < 60; turn += 1) {
    await tag(turn);
  }
  await visitor.open('/event-log', 'Event log');
  await visitor.sees(/^Tags changed/);
  await visitor.page.getByLabel('About').selectOption('Nets');
  await visitor.sees(/^Net created/);
  expect(await visitor.page.getByText(/^Tags changed/).count()).toBe(0);
  await visitor.page.getByLabel('About').selectOption('Everything');
  await visitor.page.getByLabel('That names').fill(net);
  await visitor.click('Show');
  await visitor.heading('Event log');
  const lines = visitor.page.getByRole('list', { name: 'Events' }).getByRole('listitem');
  await until(() => lines.count(), 50);
  await visitor.click('Show older events');
  await until(() => visitor.page.getByText(/^Net created/).count(), 1);
  const before = await lines.count();
  await tag(60);
  await until(() => lines.count(), before + 1);
});
