import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server } from './server.ts';

const PASSWORD = 'a long enough password';
const isRoot = process.getuid?.() === 0;

/** What the way from two sign-ins to the first packet may take of both together, at most. */
const MOST_CLICKS = 16;

async function signIn(visitor: Visitor, email: string): Promise<void> {
  await visitor.open('/');
  await visitor.giveCredentials(email, PASSWORD);
  await visitor.sees('Your map is empty');
}

/** From the empty map to a Net with a machine in it; answers the machine's address. */
async function furnish(visitor: Visitor, range: string): Promise<string> {
  await visitor.click('Create a Net');
  await visitor.page.getByRole('dialog').getByLabel('Range').fill(range);
  await visitor.confirm('Create a Net');
  await visitor.heading(`Net ${range}`);
  const machine = visitor.page.getByRole('table', { name: 'VMs' }).locator('tbody tr');
  await machine.getByText('running').waitFor();
  return /\d+\.\d+\.\d+\.\d+/.exec(await machine.innerText())?.[0] ?? '';
}

/** What the owner of the Net whose page is shown copies, to send it to somebody. */
async function handOut(visitor: Visitor): Promise<string> {
  const ids = visitor.page.getByText(/^vpc-\w+ of account \d+$/);
  await visitor.page.getByRole('button', { name: /^Copy vpc-\w+ of account/ }).click();
  return ids.innerText();
}

/**
 * Two people who have never used this, side by side, from the sign-in to a packet that arrives. They type no address of a
 * page: what they click is all that leads them.
 */
describe.skipIf(!isRoot)('two tenants', () => {
  let server: Server;
  let browser: Browser;
  let alice: Visitor;
  let bob: Visitor;
  let bobHandsOut: string;
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
    await server.account('bob@example.com', PASSWORD);
    await signIn(alice, 'alice@example.com');
    await signIn(bob, 'bob@example.com');
    await furnish(alice, '10.0.0.0/16');
    bobAddress = await furnish(bob, '10.1.0.0/16');
    bobHandsOut = await handOut(bob);
    expect(bobAddress).toBe('10.1.0.4');
  });

  it('one asks, the other sees it at once, accepts, and is led to the set-up', async () => {
    await bob.page.getByRole('link', { name: /^Requests to me/ }).click();
    await bob.sees('Nobody waits for your answer');
    await alice.page.getByRole('link', { name: 'Peer this Net' }).click();
    const ids = alice.page.getByLabel('Their Net’s id');
    await until(() => ids.evaluate((field) => field === document.activeElement), true);
    await ids.fill(bobHandsOut);
    await alice.click('Ask for the peering');
    await alice.heading(/^pcx-/);
    peering = await alice.page.getByRole('heading', { level: 1 }).innerText();
    await alice.sees('It is their turn');
    await bob.page.getByRole('article', { name: `Request ${peering}` }).waitFor();
    await bob.click(`Accept ${peering}`);
    await bob.confirm('Accept');
    await bob.heading(peering);
    await bob.sees('Accepted: 10.1.0.0/16 and 10.0.0.0/16 are peers now');
    await until(() => alice.page.getByText('It is their turn').count(), 0);
  });

  it('both finish the set-up, each for their own side', async () => {
    for (const visitor of [alice, bob]) {
      await visitor.click(/^Do all/);
      await visitor.sees('Your side is ready');
    }
  });

  it('and a packet arrives, after as few clicks as may be', async () => {
    await alice.sees('Packets can pass.');
    await alice.page.getByRole('link', { name: 'Test a path' }).last().click();
    await alice.heading('Test a path');
    expect(await alice.page.getByRole('combobox', { name: 'To', exact: true }).inputValue()).toBe(bobAddress);
    await alice.click('Send a real packet');
    await alice.sees(/^An answer came back/);
    const clicks = (await alice.clicks()) + (await bob.clicks());
    console.info(`clicks from the sign-in to the first packet, of both together: ${clicks}`);
    expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
  });

  it('until one of them ends the peering', async () => {
    await bob.click(`End peering ${peering}`);
    await bob.confirm('End peering');
    await alice.click('Send a real packet');
    await alice.sees('No answer came back');
  });
});
