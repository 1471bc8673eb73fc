import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server, Tenant } from './server.ts';

const ALICE = '111111111111';
const OUTSIDE = '203.0.113.1';

let server: Server;
let browser: Browser;
let alice: Tenant;
let visitor: Visitor;
let net: string;
let service: string;

beforeAll(async () => {
  server = await Server.start('--dev', '--network', 'none');
  browser = await launch();
  alice = await Tenant.signIn(server, { AccessKeyId: ALICE, SecretKey: 'unchecked' });
  net = await alice.net('10.0.0.0/16', 'shop');
  visitor = await Visitor.arrive(browser, server);
  await visitor.signInWithKey(ALICE);
});

afterAll(async () => {
  await visitor?.leave();
  await browser?.close();
  await server?.stop();
});

const dialog = () => visitor.page.getByRole('dialog');

async function theOnlyVm(): Promise<string> {
  const { Vms } = await alice.call('ReadVms', { Filters: { NetIds: [net] } });
  return Vms[0]?.VmId ?? '';
}

it('creates an internet service and links it to a Net', async () => {
  await visitor.open('/internet-services', 'Internet services');
  await visitor.click('Create an internet service');
  await visitor.confirm('Create an internet service');
  await visitor.heading('Internet service');
  service = new URL(visitor.page.url()).pathname.split('/').at(-1) ?? '';
  await visitor.click(`Link ${service}`);
  expect(await dialog().getByLabel('Net').inputValue()).toBe(net);
  await visitor.confirm('Link');
  await visitor.page
    .getByRole('main')
    .getByRole('link', { name: `shop (${net})` })
    .waitFor();
});

it('X7: leads a Net’s routes to it, as long as it is linked', async () => {
  const { RouteTables } = await alice.call('ReadRouteTables', { Filters: { NetIds: [net] } });
  await visitor.open(`/route-tables/${RouteTables[0]?.RouteTableId}`, 'Route table');
  await visitor.click('Create a route');
  expect(await dialog().getByLabel('Destination').inputValue()).toBe('0.0.0.0/0');
  await dialog().getByRole('button', { name: 'Show the API call' }).click();
  await dialog().getByText(`"GatewayId":"${service}"`).waitFor();
  await visitor.confirm('Create a route');
  const route = visitor.page.getByRole('row').filter({ hasText: '0.0.0.0/0' });
  await route.getByText('to outside').waitFor();
  await alice.call('UnlinkInternetService', { InternetServiceId: service, NetId: net });
  await route.getByText('which is not linked to this Net').waitFor();
  await route.getByText('leads nowhere').waitFor();
  await alice.call('LinkInternetService', { InternetServiceId: service, NetId: net });
  await route.getByText('active').waitFor();
});

it('X3: gives a VM a public IP, and the path to outside says so', async () => {
  const vm = await theOnlyVm();
  await visitor.open('/path', 'Test a path');
  const to = visitor.page.getByRole('combobox', { name: 'To', exact: true });
  await to.fill('outside');
  const found = visitor.page.getByRole('listbox', { name: 'To' });
  await found.getByRole('option', { name: `${OUTSIDE} outside` }).click();
  await visitor.click('Test');
  await visitor.sees('No public address stands for 10.0.1.4');
  await visitor.click('Add a public IP');
  await dialog().getByText('CreatePublicIp, LinkPublicIp').waitFor();
  await visitor.confirm('Add a public IP');
  await visitor.sees('It arrives, and its reply comes back');
  await visitor.sees(`10.0.1.4 leaves ${net} by ${service} as 203.0.113.2`);
  await visitor.page.getByLabel('From', { exact: true }).selectOption(OUTSIDE);
  await to.fill(vm);
  await visitor.click('Test');
  await visitor.sees(`203.0.113.2 comes in to ${net} by ${service} as 10.0.1.4`);
  await visitor.sees(`lets ping in from ${OUTSIDE}`);
});

it('X1: says before what keeps the internet service linked, and in the server’s words afterwards', async () => {
  await visitor.open(`/nets/${net}`, 'shop');
  await visitor.click(`Unlink ${service}`);
  await dialog()
    .getByText('It is refused while public addresses are linked in the Net: 203.0.113.2')
    .waitFor();
  await dialog().getByRole('button', { name: 'Unlink' }).click();
  await dialog().getByText('while public addresses are linked in it: 203.0.113.2').waitFor();
  await visitor.page.keyboard.press('Escape');
});

it('X2: unlinks and releases a public IP, and a VM gets one of its own at its start', async () => {
  await visitor.open(`/vms/${await theOnlyVm()}`, /^VM /);
  await visitor.click('Unlink 203.0.113.2');
  await visitor.confirm('Unlink');
  await visitor.page.getByRole('button', { name: 'Link a public IP 10.0.1.4' }).waitFor();
  await visitor.open('/public-ips', 'Public IPs');
  await visitor.click('Release 203.0.113.2');
  await visitor.confirm('Release');
  await visitor.sees('No public IPs yet');
  await visitor.open(`/nets/${net}`, 'shop');
  const atStart = visitor.page.getByRole('switch', { name: /^Public IPs for new VMs of subnet-/ });
  await atStart.click();
  await dialog().getByText('VMs that are there already stay as they are.').waitFor();
  expect(await visitor.axe('[role=dialog]')).toEqual([]);
  await visitor.confirm('Switch it on');
  await until(() => atStart.isChecked(), true);
  const { Subnets } = await alice.call('ReadSubnets', { Filters: { NetIds: [net] } });
  await alice.call('CreateVms', { ImageId: 'ami-00000001', SubnetId: Subnets[0]?.SubnetId ?? '' });
  await visitor.sees(/^203\.0\.113\.2 for 10\.0\.1\.5 of/);
});

it('X4, X7: makes a NAT service, leads routes to it, and says when it is gone', async () => {
  await visitor.open('/nat-services', 'NAT services');
  await visitor.click('Create a NAT service');
  await dialog().getByText('follows the routes of this Subnet').waitFor();
  await visitor.confirm('Create a NAT service');
  await visitor.heading('NAT service');
  const nat = new URL(visitor.page.url()).pathname.split('/').at(-1) ?? '';
  await visitor.sees('available');
  await visitor.sees('none has a route to it');
  await visitor.open('/public-ips', 'Public IPs');
  await visitor.page.getByRole('link', { name: nat }).waitFor();

  const { RouteTables } = await alice.call('ReadRouteTables', { Filters: { NetIds: [net] } });
  await visitor.open(`/route-tables/${RouteTables[0]?.RouteTableId}`, 'Route table');
  await visitor.click('Create a route');
  await dialog().getByLabel('Leads to').selectOption(nat);
  await dialog().getByLabel('Destination').fill('198.51.100.0/24');
  await visitor.confirm('Create a route');
  const route = visitor.page.getByRole('row').filter({ hasText: '198.51.100.0/24' });
  await route.getByText('active').waitFor();

  await visitor.open(`/nat-services/${nat}`, 'NAT service');
  await visitor.click(`Delete ${nat}`);
  await visitor.confirm('Delete');
  await visitor.heading('NAT services');
  await visitor.sees('deleted');
  await visitor.open(`/route-tables/${RouteTables[0]?.RouteTableId}`, 'Route table');
  await route.getByText('leads nowhere').waitFor();
});

it('shows on the map which Nets have a way outside', async () => {
  await alice.net('10.1.0.0/16', 'stock');
  await visitor.open('/map', 'Map');
  await visitor.page.getByLabel(/^Net 10\.0\.0\.0\/16 shop, yours, with a way outside$/).waitFor();
  await visitor.page.getByLabel(/^Net 10\.1\.0\.0\/16 stock, yours$/).waitFor();
});
