import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server } from './server.ts';

const PASSWORD = 'a long enough password';
const isRoot = process.getuid?.() === 0;

async function signIn(visitor: Visitor, email: string): Promise<void> {
  await visitor.open('/');
  await visitor.giveCredentials(email, PASSWORD);
  await visitor.sees('Your map is empty');
}

/** From the empty map to a Net with a machine in it; answers the Net's id and the machine's address. */
async function furnish(visitor: Visitor, range: string): Promise<{ net: string; address: string }> {
  await visitor.click('Create a Net');
  await visitor.page.getByRole('dialog').getByLabel('Range').fill(range);
  await visitor.confirm('Create a Net');
  await visitor.heading(`Net ${range}`);
  await visitor.click('Create a Subnet');
  await visitor.confirm('Create a Subnet');
  await visitor.click('Create a VM');
  await visitor.confirm('Create a VM');
  const machine = visitor.page.getByRole('table', { name: 'VMs' }).locator('tbody tr');
  await machine.getByText('running').waitFor();
  const address = /\d+\.\d+\.\d+\.\d+/.exec(await machine.innerText())?.[0] ?? '';
  return { net: new URL(visitor.page.url()).pathname.split('/').pop() ?? '', address };
}

/** Two people who have never used this, side by side, from the sign-in to a packet that arrives. */
describe.skipIf(!isRoot)('two tenants', () => {
  let server: Server;
  let browser: Browser;
  let alice: Visitor;
  let bob: Visitor;
  let bobAccount: string;
  let bobNet: string;
  let bobAddress: string;
  let peering: string;

  beforeAll(async () => {
    server = await Server.start('--network', 'netns', '--clock', 'manual');
    browser = await launch();
    alice = await Visitor.arrive(browser, server);
    bob = await Visitor.arrive(browser, server);
  });

  afterAll(async () => {
    await alice?.leave();
    await bob?.leave();
    await browser?.close();
    await server?.stop();
  });

  it('sign in, and make a Net with a machine each', async () => {
    await server.account('alice@example.com', PASSWORD);
    ({ account: bobAccount } = await server.account('bob@example.com', PASSWORD));
    await signIn(alice, 'alice@example.com');
    await signIn(bob, 'bob@example.com');
    await furnish(alice, '10.0.0.0/16');
    ({ net: bobNet, address: bobAddress } = await furnish(bob, '10.1.0.0/16'));
    expect(bobAddress).toBe('10.1.0.4');
  });

  it('one asks, the other sees it at once and accepts', async () => {
    await bob.open('/requests', 'Requests to me');
    await bob.sees('Nobody waits for your answer');
    await alice.open('/peerings', 'Peerings');
    await alice.page.getByRole('link', { name: 'Create a peering' }).first().click();
    await alice.page.getByLabel('Their Net’s id').fill(`${bobNet} of account ${bobAccount}`);
    await alice.click('Ask for the peering');
    await alice.heading(/^pcx-/);
    peering = await alice.page.getByRole('heading', { level: 1 }).innerText();
    await alice.sees('It is their turn');
    await bob.page.getByRole('article', { name: `Request ${peering}` }).waitFor();
    await bob.click(`Accept ${peering}`);
    await bob.confirm('Accept');
    await bob.sees('Nobody waits for your answer');
    await until(() => alice.page.getByText('It is their turn').count(), 0);
  });

  it('both finish the set-up, each for their own side', async () => {
    await bob.open(`/peerings/${peering}`, peering);
    for (const visitor of [alice, bob]) {
      await visitor.click(/^Do all/);
      await visitor.sees('Your side is ready');
    }
  });

  it('and a packet arrives', async () => {
    await alice.open('/path', 'Test a path');
    await alice.page.getByRole('combobox', { name: 'To', exact: true }).fill(bobAddress);
    await alice.page.keyboard.press('Escape');
    await alice.page.getByRole('button', { name: 'Test', exact: true }).click();
    await alice.click('Send a real packet');
    await alice.sees(/^An answer came back/);
  });

  it('until one of them ends the peering', async () => {
    await bob.click(`End peering ${peering}`);
    await bob.confirm('End peering');
    await alice.click('Send a real packet');
    await alice.sees('No answer came back');
  });
});
