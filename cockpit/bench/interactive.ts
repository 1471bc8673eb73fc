/**
 * How long it takes until the map can be used, in Chromium, by somebody who is signed in: with nothing in the browser's cache,
 * and with everything in it. By turns with the smallest page of the same server, as a machine is never the same twice.
 */
import { availableParallelism, loadavg } from 'node:os';
import type { Browser, BrowserContext } from 'playwright-core';
import { launch } from '../e2e/chromium.ts';
import { Server, Tenant } from '../e2e/server.ts';
import { figureOf, table, written } from './figures.ts';
import { type Drawing, type Visit, visitMap, visitText } from './visit.ts';

const ALICE = { AccessKeyId: '111111111111', SecretKey: 'unchecked' };
const BOB = { AccessKeyId: '222222222222', SecretKey: 'unchecked' };
const ROUNDS = 20;

/** A browser has compiled what it keeps in its cache after some visits, and not at once. */
const WARMING_VISITS = 5;

/** How often the smallest page is visited before each visit of the map: its median is what that is compared with. */
const TEXT_VISITS = 3;

/** A visit, and the first paint of the smallest page before it. */
type Sample = { visit: Visit; text: number };
/** Makes a visit with a cache of its own that is empty, or with one that is kept. */
type Within = <T>(visit: (context: BrowserContext) => Promise<T>) => Promise<T>;
type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

export async function main([rounds = String(ROUNDS)]: readonly string[]): Promise<void> {
  const before = load();
  const server = await Server.start('--dev', '--network', 'none');
  const browser = await launch();
  try {
    const drawing = await furnish(server);
    const { cold, warm } = await measure(browser, server, drawing, Number(rounds));
    console.log(report({ cold, warm }));
    console.log(
      `\n${rounds} rounds, ${browser.version()}. Load average ${before} before, ${load()} after, ` +
        `of ${availableParallelism()} processors.`,
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}

function load(): string {
  return (loadavg()[0] ?? Number.NaN).toFixed(1);
}

/** Six Nets of one's own with a VM each, one of them peered with all others and with two of somebody else's. */
async function furnish(server: Server): Promise<Drawing> {
  const alice = await Tenant.signIn(server, ALICE);
  const bob = await Tenant.signIn(server, BOB);
  const hub = await alice.net('10.0.0.0/16', 'hub');
  for (let index = 1; index <= 7; index += 1) {
    const owner = index <= 5 ? alice : bob;
    const other = await owner.net(`10.${index}.0.0/16`, `spoke ${index}`);
    const id = await alice.ask(hub, other, owner.account);
    await owner.call('AcceptNetPeering', { NetPeeringId: id });
  }
  return { nets: 8, peerings: 7 };
}

async function measure(browser: Browser, server: Server, drawing: Drawing, rounds: number) {
  const signedIn = await signIn(browser, server);
  const open = () => browser.newContext({ baseURL: server.url, storageState: signedIn });
  const fresh: Within = async (visit) => {
    const context = await open();
    const seen = await visit(context);
    await context.close();
    return seen;
  };
  const kept = await open();
  const same: Within = (visit) => visit(kept);
  for (let visits = 0; visits < WARMING_VISITS; visits += 1) {
    await visitMap(kept, drawing);
  }
  const cold: Sample[] = [];
  const warm: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    cold.push(await sample(fresh, drawing));
    warm.push(await sample(same, drawing));
  }
  return { cold, warm };
}

async function signIn(browser: Browser, server: Server): Promise<SignedIn> {
  const context = await browser.newContext({ baseURL: server.url });
  await context.request.post('/cockpit/session', { headers: { 'X-Linkspan-Cockpit': '1' }, data: ALICE });
  const state = await context.storageState();
  await context.close();
  return state;
}

async function sample(within: Within, drawing: Drawing): Promise<Sample> {
  const texts: number[] = [];
  while (texts.length < TEXT_VISITS) {
    texts.push(await within(visitText));
  }
  return { text: figureOf(texts).median, visit: await within((context) => visitMap(context, drawing)) };
}

const ROWS: readonly [string, (visit: Visit) => number][] = [
  ['first contentful paint', (visit) => visit.painted],
  ['map drawn', (visit) => visit.drawn],
  ['interactive', (visit) => visit.interactive],
  ['a click answered', (visit) => visit.answered],
];

function report(caches: Record<string, readonly Sample[]>): string {
  const rows = Object.entries(caches).flatMap(([cache, samples]) => rowsOf(cache, samples));
  return table(['cache', 'figure', 'median and 10 to 90 %', 'against the line of text, by turns'], rows);
}

function rowsOf(cache: string, samples: readonly Sample[]): string[][] {
  const figure = (of: (sample: Sample) => number) => figureOf(samples.map(of));
  return [
    [
      cache,
      'a line of text, painted',
      written(
        figure((it) => it.text),
        'ms',
      ),
      '',
    ],
    ...ROWS.map(([name, of]) => [
      '',
      name,
      written(
        figure(({ visit }) => of(visit)),
        'ms',
      ),
      written(
        figure(({ visit, text }) => of(visit) / text),
        'x',
        1,
      ),
    ]),
    ['', 'requests', written(figure(({ visit }) => visit.requests)), ''],
    [
      '',
      'transferred',
      written(
        figure(({ visit }) => visit.bytes / 1000),
        'kB',
      ),
      '',
    ],
  ];
}
