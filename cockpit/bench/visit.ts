import type { BrowserContext, Page } from 'playwright-core';

/** What somebody waits for who opens the map, in milliseconds from the start of the navigation. */
export type Visit = {
  /** The first thing to be seen. */
  painted: number;
  /** All Nets and peerings are there. */
  drawn: number;
  /** They are, and the page has nothing left to do that would keep it from answering. */
  interactive: number;
  /** From a click to the page that it leads to. */
  answered: number;
  /** What was asked of the server until the page was quiet, and how much came back. */
  requests: number;
  bytes: number;
};

export type Drawing = { nets: number; peerings: number };

/** No long task for so long, in milliseconds: none is to be expected. */
const QUIET = 500;

type Watch = { drawn: number; busyUntil: number; answered: number };
type Watching = typeof globalThis & { watch: Watch };

/** Runs in the page, before anything else. */
function watch({ nets, peerings }: Drawing): void {
  const seen: Watch = { drawn: 0, busyUntil: 0, answered: 0 };
  (globalThis as Watching).watch = seen;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) {
      seen.busyUntil = Math.max(seen.busyUntil, task.startTime + task.duration);
    }
  }).observe({ type: 'longtask', buffered: true });
  const isDrawn = () => {
    const parts = [...document.querySelectorAll('.react-flow__node, .react-flow__edge')];
    return parts.filter((it) => it.checkVisibility({ visibilityProperty: true })).length === nets + peerings;
  };
  const look = () => {
    if (isDrawn()) {
      // The frame that this was found in is painted before the next task.
      setTimeout(() => {
        seen.drawn = performance.now();
      });
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}

/** Runs in the page: takes the time from the next click to the heading of that name. */
function watchAnswer(heading: string): void {
  const { watch: seen } = globalThis as Watching;
  document.addEventListener(
    'pointerdown',
    (event) => {
      const look = () => {
        if (document.querySelector('h1')?.textContent === heading) {
          setTimeout(() => {
            seen.answered = performance.now() - event.timeStamp;
          });
        } else {
          requestAnimationFrame(look);
        }
      };
      look();
    },
    { capture: true, once: true },
  );
}

export async function visitMap(context: BrowserContext, drawing: Drawing): Promise<Visit> {
  const page = await context.newPage();
  await page.addInitScript(watch, drawing);
  await page.goto('/cockpit/map', { waitUntil: 'commit' });
  await page.waitForFunction((quiet) => {
    const { drawn, busyUntil } = (globalThis as Watching).watch;
    return drawn > 0 && performance.now() - Math.max(drawn, busyUntil) > quiet;
  }, QUIET);
  const { drawn, busyUntil } = await page.evaluate(() => (globalThis as Watching).watch);
  const painted = await firstPaint(page);
  const { requests, bytes } = await loaded(page);
  await page.evaluate(watchAnswer, 'Peerings');
  await page.getByRole('link', { name: 'Peerings', exact: true }).click();
  await page.waitForFunction(() => (globalThis as Watching).watch.answered > 0);
  const { answered } = await page.evaluate(() => (globalThis as Watching).watch);
  await page.close();
  return { painted, drawn, interactive: Math.max(drawn, busyUntil), answered, requests, bytes };
}

/** The smallest page that the server has, a line of text: what the browser and the way to the server take by themselves. */
export async function visitText(context: BrowserContext): Promise<number> {
  const page = await context.newPage();
  await page.goto('/cockpit/none.txt');
  const painted = await firstPaint(page);
  await page.close();
  return painted;
}

async function firstPaint(page: Page): Promise<number> {
  const entry = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  return (await entry.jsonValue()) ?? Number.NaN;
}

function loaded(page: Page): Promise<{ requests: number; bytes: number }> {
  return page.evaluate(() => {
    const entries = [
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource'),
    ] as PerformanceResourceTiming[];
    return { requests: entries.length, bytes: entries.reduce((sum, it) => sum + it.transferSize, 0) };
  });
}
