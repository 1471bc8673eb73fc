import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SecurityGroup, Vm } from '../src/api/schema.ts';
import { launch, until, Visitor } from './browser.ts';
import { Server, Tenant } from './server.ts';

const ALICE = '111111111111';

let server: Server;
let browser: Browser;
let alice: Tenant;
let visitor: Visitor;

beforeAll(async () => {
  server = await Server.start('--dev', '--network', 'none');
  browser = await launch();
  alice = await Tenant.signIn(server, { AccessKeyId: ALICE, SecretKey: 'unchecked' });
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
