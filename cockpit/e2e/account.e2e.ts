import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server, Tenant } from './server.ts';

const EMAIL = 'alice@example.com';
const PASSWORD = 'correct horse battery';
const OTHER = 'a whole other one';

let server: Server;
let browser: Browser;
let visitor: Visitor;
let account: string;

beforeAll(async () => {
  server = await Server.start('--network', 'none', '--peering-requires-vm', 'false');
  browser = await launch();
  ({ account } = await server.account(EMAIL, PASSWORD));
  visitor = await Visitor.arrive(browser, server);
  await visitor.open('/');
  await visitor.giveCredentials(EMAIL, PASSWORD);
  await visitor.heading('Map');
});

afterAll(async () => {
  await visitor?.leave();
  await browser?.close();
  await server?.stop();
});

async function openDialog(name: string) {
  await visitor.click(name);
  return visitor.page.getByRole('dialog');
}

it('gives the account a name, which is shown at once and goes with requests', async () => {
  await visitor.page.getByRole('link', { name: EMAIL }).click();
  await visitor.heading('Account');
  const dialog = await openDialog('Change the name');
  await dialog.getByLabel('Name').fill('x'.repeat(65));
  await dialog.getByText('At most 64 characters').waitFor();
  await dialog.getByLabel('Name').fill('Shop & sons');
  await visitor.confirm('Save');
  await visitor.page.getByRole('banner').getByRole('link', { name: 'Shop & sons' }).waitFor();
});

it('says what the ids to hand out are, and whose', async () => {
  const tenant = await Tenant.signIn(server, { Email: EMAIL, Password: PASSWORD });
  const { Net } = await tenant.call('CreateNet', { IpRange: '10.5.0.0/16' });
  await visitor.sees(`${Net.NetId} of account ${account}`);
});

it('changes the password, and goes on without another sign-in', async () => {
  const dialog = await openDialog('Change the password');
  const fill = async (now: string, next: string, again = next) => {
    await dialog.getByLabel('Your password now').fill(now);
    await dialog.getByLabel(/^New password/).fill(next);
    await dialog.getByLabel('The new password again').fill(again);
  };
  await fill(PASSWORD, OTHER, 'something else');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('It is not the same.').waitFor();
  await fill('a wrong guess', OTHER);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('The value of CurrentPassword is not the account').first().waitFor();
  expect(await dialog.getByText('Show the API call').count()).toBe(0);
  expect(await visitor.axe()).toEqual([]);
  await fill(PASSWORD, OTHER);
  await visitor.confirm('Save');
  await visitor.open('/account', 'Account');
  await expect(Tenant.signIn(server, { Email: EMAIL, Password: PASSWORD })).rejects.toThrow('wrong');
  await Tenant.signIn(server, { Email: EMAIL, Password: OTHER });
});

it('changes the e-mail with the password only', async () => {
  const dialog = await openDialog('Change the e-mail');
  await dialog.getByLabel('E-mail').fill('shop@example.com');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('This is needed.').waitFor();
  await dialog.getByLabel('Your password now').fill(OTHER);
  await visitor.confirm('Save');
  await visitor.page.getByText('shop@example.com', { exact: true }).waitFor();
});

it('A1: makes an access key, shows its secret once, and takes it away again', async () => {
  const dialog = await openDialog('Create an access key');
  await dialog.getByLabel('Tag').fill('for the till');
  await visitor.confirm('Create an access key');
  const alert = visitor.page.getByRole('status').filter({ hasText: 'Copy the secret key now' });
  const [AccessKeyId = '', SecretKey = ''] = await alert.locator('dd').allInnerTexts();
  await Tenant.signIn(server, { AccessKeyId, SecretKey });
  expect(await visitor.axe()).toEqual([]);
  await visitor.click('I have copied it');
  await until(() => visitor.page.getByText(SecretKey).count(), 0);
  const row = visitor.page.getByRole('table', { name: 'Access keys' }).locator('tbody tr', {
    hasText: 'for the till',
  });
  await visitor.click(`Deactivate ${AccessKeyId}`);
  await visitor.confirm('Deactivate');
  await row.getByText('inactive').waitFor();
  await expect(Tenant.signIn(server, { AccessKeyId, SecretKey })).rejects.toThrow(
    `${AccessKeyId}' is inactive or has expired`,
  );
  await visitor.click(`Delete ${AccessKeyId}`);
  await visitor.confirm('Delete');
  await until(() => row.count(), 0);
});

it('proposes a range to a new Net that differs from what one has, takes a name, and warns', async () => {
  await visitor.open('/nets', 'Nets');
  const dialog = await openDialog('Create a Net');
  const range = dialog.getByLabel('Range');
  expect(await range.inputValue()).toMatch(/^10\.\d+\.0\.0\/16$/);
  expect(await range.inputValue()).not.toBe('10.5.0.0/16');
  await range.fill('8.8.0.0/16');
  await dialog.getByText('somebody’s on the Internet').waitFor();
  expect(await visitor.axe('[role=dialog]')).toEqual([]);
  await range.fill('10.5.128.0/17');
  await dialog.getByText('It overlaps 10.5.0.0/16').waitFor();
  await range.fill('10.6.0.0/16');
  await until(() => dialog.getByText('It overlaps').count(), 0);
  await dialog.getByLabel('Name').fill('till');
  await dialog.getByLabel('With a Subnet and a VM in it').check();
  await visitor.confirm('Create a Net');
  await visitor.heading('till');
  await visitor.page.getByRole('table', { name: 'VMs' }).getByText('running').waitFor();
});

it('says what was done where a later step is refused, and does nothing twice', async () => {
  await server.operator('UpdateQuota', { AccountId: account, Name: 'vms', MaxValue: 1 });
  await visitor.open('/nets', 'Nets');
  const dialog = await openDialog('Create a Net');
  await dialog.getByLabel('Range').fill('10.8.0.0/16');
  await dialog.getByLabel('With a Subnet and a VM in it').check();
  await dialog.getByRole('button', { name: 'Create a Net' }).click();
  await dialog.getByText('Before that was done: CreateNet, CreateSubnet.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Create a Net' }).count()).toBe(0);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await visitor.sees('10.8.0.0/16');
});
