import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StateName } from '../src/api/schema.ts';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { Server, Tenant } from './server.ts';

const ALICE = '111111111111';
const BOB = '222222222222';
const key = (account: string) => ({ AccessKeyId: account, SecretKey: 'unchecked' });

let server: Server;
let browser: Browser;
let alice: Tenant;
let bob: Tenant;
let asAlice: Visitor;
let asBob: Visitor;

beforeAll(async () => {
  server = await Server.start('--dev', '--network', 'none', '--clock', 'manual');
  browser = await launch();
  alice = await Tenant.signIn(server, key(ALICE));
  bob = await Tenant.signIn(server, key(BOB));
  asAlice = await Visitor.arrive(browser, server);
  await asAlice.signInWithKey(ALICE);
  asBob = await Visitor.arrive(browser, server);
  await asBob.signInWithKey(BOB);
});

afterAll(async () => {
  await asAlice?.leave();
  await asBob?.leave();
  await browser?.close();
  await server?.stop();
});

const range = (() => {
  let next = 0;
  return () => `10.${next++}.0.0/16`;
})();

/** A peering from Alice's Net to Bob's, or to another of hers, in that state. */
async function peering(state: StateName, accepter = bob): Promise<string> {
  const own = range();
  const source = await alice.net(own, 'source');
  const other = await accepter.net(state === 'failed' ? own : range(), 'accepter');
  const id = await alice.ask(source, other, accepter.account);
  switch (state) {
    case 'active':
      await accepter.call('AcceptNetPeering', { NetPeeringId: id });
      break;
    case 'rejected':
      await accepter.call('RejectNetPeering', { NetPeeringId: id });
      break;
    case 'deleted':
      await alice.call('DeleteNetPeering', { NetPeeringId: id });
      break;
    case 'pending-acceptance':
    case 'failed':
    case 'expired':
      break;
  }
  return id;
}

const ACTIONS = new Set(['Accept', 'Reject', 'Withdraw', 'End peering']);

async function offered(visitor: Visitor, id: string): Promise<string[]> {
  await visitor.open(`/peerings/${id}`, id);
  const buttons = await visitor.page.getByRole('button', { name: id }).allInnerTexts();
  return buttons.filter((text) => ACTIONS.has(text));
}

describe('L1: what is offered about a peering', () => {
  const matrix: [StateName, string[], string[]][] = [
    ['pending-acceptance', ['Withdraw'], ['Accept', 'Reject']],
    ['active', ['End peering'], ['End peering']],
    ['rejected', [], []],
    ['failed', [], []],
    ['deleted', [], []],
  ];

  it.each(matrix)('%s: %j to the requester, %j to the accepter', async (state, toAlice, toBob) => {
    const id = await peering(state);
    expect(await offered(asAlice, id)).toEqual(toAlice);
    expect(await offered(asBob, id)).toEqual(toBob);
  });

  it('everything about a request between two Nets of one account', async () => {
    const id = await peering('pending-acceptance', alice);
    expect(await offered(asAlice, id)).toEqual(['Accept', 'Reject', 'Withdraw']);
  });
});

describe('each action', () => {
  const actions: [string, StateName, string, StateName][] = [
    ['Accept', 'pending-acceptance', BOB, 'active'],
    ['Reject', 'pending-acceptance', BOB, 'rejected'],
    ['Withdraw', 'pending-acceptance', ALICE, 'deleted'],
    ['End peering', 'active', ALICE, 'deleted'],
    ['End peering', 'active', BOB, 'deleted'],
  ];

  it.each(actions)('%s of a peering that is %s, by %s, makes it %s', async (action, before, who, after) => {
    const id = await peering(before);
    const visitor = who === ALICE ? asAlice : asBob;
    await visitor.open(`/peerings/${id}`, id);
    await visitor.click(`${action} ${id}`);
    const dialog = visitor.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Show the API call' }).click();
    await dialog.getByText(`"NetPeeringId":"${id}"`).waitFor();
    await dialog.getByText('AWS CLI').click();
    await dialog.getByText('vpc-peering-connection-id').waitFor();
    await visitor.confirm(action);
    await until(async () => (await stateOf(id)) as string, after);
    await until(() => offered(visitor, id), after === 'active' ? ['End peering'] : []);
  });
});

async function stateOf(id: string): Promise<StateName | undefined> {
  const { NetPeerings } = await alice.call('ReadNetPeerings', { Filters: { NetPeeringIds: [id] } });
  return NetPeerings[0]?.State.Name;
}

describe('what others do', () => {
  it('is seen without a reload, on the page and in the inbox', async () => {
    const source = await alice.net(range(), 'source');
    const accepter = await bob.net(range(), 'accepter');
    const visitor = asBob;
    await visitor.open('/requests', 'Requests to me');
    const id = await alice.ask(source, accepter, BOB);
    const request = visitor.page.getByRole('article', { name: `Request ${id}` });
    await request.waitFor();
    await request.getByText('Nothing: no rule of your groups').waitFor();
    await request.getByRole('link').first().click();
    await visitor.heading(id);
    await alice.call('DeleteNetPeering', { NetPeeringId: id });
    await visitor.sees(`Deleted by ${ALICE}`);
  });

  it('carries the name and the words of who asks, to the two owners alone', async () => {
    const source = await alice.net(range(), 'source');
    const accepter = await bob.net(range(), 'accepter');
    await alice.call('UpdateOwnAccount', { Name: 'Shop & sons' });
    const words = 'For the till. <b>Please</b>!\nAnn, room 7';
    await asAlice.open(`/peerings/new?from=${source}`, 'Create a peering');
    await asAlice.page.getByLabel('Their Net’s id').fill(`${accepter} of account ${BOB}`);
    await asAlice.page.getByLabel('Message').fill(words);
    await asAlice.click('Show the API call');
    await asAlice.sees('/linkspan/v1/AskForPeering');
    expect(await asAlice.axe()).toEqual([]);
    await asAlice.click('Ask for the peering');
    await asAlice.heading(/^pcx-/);
    const id = await asAlice.page.getByRole('heading', { level: 1 }).innerText();
    expect(await asAlice.page.getByLabel('Message of the requester').innerText()).toBe(words);
    await asBob.open('/requests', 'Requests to me');
    const request = asBob.page.getByRole('article', { name: `Request ${id}` });
    await request.getByText(`Shop & sons (account ${ALICE}) asks for`).waitFor();
    expect(await request.getByLabel('Message of the requester').innerText()).toBe(words);
    await request.getByRole('link').first().click();
    await asBob.heading(id);
    await asBob.sees(`Only Shop & sons (account ${ALICE}) can do and see this.`);
    await alice.call('UpdateOwnAccount', { Name: '' });
  });

  it('who accepts in the inbox is led to the peering and its set-up, with a word of confirmation', async () => {
    const id = await peering('pending-acceptance');
    await asBob.open('/requests', 'Requests to me');
    await asBob.click(`Accept ${id}`);
    await asBob.confirm('Accept');
    await asBob.heading(id);
    await asBob.sees(/^Accepted: .* are peers now$/);
    await asBob.page.getByRole('link', { name: 'Finish the set-up of your side' }).click();
    const focused = () => asBob.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await until(async () => (await focused()).startsWith('Your side'), true);
    expect(await asBob.axe()).toEqual([]);
    await asBob.open(`/peerings/${id}`, id);
    expect(await asBob.page.getByText(/^Accepted:/).count()).toBe(0);
  });

  it('L2: a request expires before one’s eyes when the clock is moved', async () => {
    const id = await peering('pending-acceptance');
    const visitor = asBob;
    await visitor.open(`/peerings/${id}`, id);
    await visitor.page.getByRole('button', { name: `Accept ${id}` }).waitFor();
    await server.advance('P7D');
    await visitor.sees('Expired: not accepted within 7 days');
    await until(() => visitor.page.getByRole('button', { name: `Accept ${id}` }).count(), 0);
  });
});

describe('asking', () => {
  it('tells beforehand that ranges overlap, and asks nothing', async () => {
    const same = range();
    await alice.net(same, 'twin one');
    await alice.net(same, 'twin two');
    const visitor = asAlice;
    await visitor.open('/peerings/new', 'Create a peering');
    await visitor.page
      .getByLabel('Your Net')
      .selectOption({ label: await optionOf(visitor, 'Your Net', 'twin one') });
    await visitor.page.getByText('Mine too').click();
    await visitor.page
      .getByLabel('The other Net', { exact: true })
      .selectOption({ label: await optionOf(visitor, 'The other Net', 'twin two') });
    await visitor.sees('overlap: the peering would be born failed');
    expect(await visitor.page.getByRole('button', { name: 'Connect the two Nets' }).isDisabled()).toBe(true);
  });

  it('P8: connects two Nets of one account in the same step', async () => {
    const one = await alice.net(range(), 'left');
    await alice.net(range(), 'right');
    const visitor = asAlice;
    await visitor.open(`/peerings/new?from=${one}`, 'Create a peering');
    await visitor.page.getByText('Mine too').click();
    await visitor.page
      .getByLabel('The other Net', { exact: true })
      .selectOption({ label: await optionOf(visitor, 'The other Net', 'right') });
    await visitor.click('Connect the two Nets');
    await visitor.heading(/^pcx-/);
    const id = await visitor.page.getByRole('heading', { level: 1 }).innerText();
    await until(async () => (await stateOf(id)) as string, 'active');
  });

  it('takes the ids out of a pasted text, and shows the server’s refusal in its words', async () => {
    await alice.net(range(), 'asking');
    const visitor = asAlice;
    await visitor.open('/peerings/new', 'Create a peering');
    await visitor.page
      .getByLabel('Their Net’s id')
      .fill(`Please use vpc-0badcafe of account ${BOB}, thanks!`);
    await until(() => visitor.page.getByLabel('Their account id').inputValue(), BOB);
    await visitor.click('Ask for the peering');
    await visitor.sees(/The AccepterNetId 'vpc-0badcafe' doesn't exist/);
  });
});

/** What the choice of that name says, as soon as there is one. */
function optionOf(visitor: Visitor, label: string, name: string): Promise<string> {
  const options = visitor.page.getByLabel(label, { exact: true }).locator('option');
  return options.filter({ hasText: name }).first().innerText();
}

it('marks what is missing where somebody asks before both Nets are named', async () => {
  const own = range();
  const [source, target] = [await alice.net(own, 'hasty'), await bob.net(range(), 'patient')];
  await asAlice.open(`/peerings/new?from=${source}`, 'Create a peering');
  await asAlice.click('Ask for the peering');
  const ids = asAlice.page.getByLabel('Their Net’s id');
  const owner = asAlice.page.getByLabel('Their account id');
  const invalid = (field: typeof ids) => field.getAttribute('aria-invalid');
  await until(() => invalid(ids), 'true');
  await until(() => invalid(owner), 'true');
  expect(await asAlice.axe()).toEqual([]);
  await ids.fill(target);
  await until(() => invalid(ids), null);
  await owner.fill(BOB);
  await asAlice.click('Ask for the peering');
  await asAlice.heading(/^pcx-/);
});
