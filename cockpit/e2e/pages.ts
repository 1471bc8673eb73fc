import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { ALICE, furnish, ids, PAGES } from './furnished.ts';
import { Server } from './server.ts';

const SHOTS = new URL('../target/screenshots/', import.meta.url).pathname;

/** What fits depends on the width, what is readable on the theme: one of each goes together. */
export type Look = { width: number; height: number; colorScheme: 'light' | 'dark' };

/** What holds for each page and each dialog, at this size and in these colours. */
export function describePages({ width, height, colorScheme }: Look): void {
  let server: Server;
  let browser: Browser;
  let visitor: Visitor;
  /** The dialogs that were looked at: rows of a table have the same ones. */
  const seen = new Set<string>();

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    server = await Server.start('--dev', '--network', 'none', '--clock', 'manual');
    browser = await launch();
    await furnish(server);
    visitor = await Visitor.arrive(browser, server, {
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await visitor.page.goto('/cockpit/');
    await visitor.heading('Linkspan Cockpit');
    await look('sign-in');
    expect(await visitor.axe()).toEqual([]);
    await visitor.signInWithKey(ALICE);
  });

  afterAll(async () => {
    await visitor?.leave();
    await browser?.close();
    await server?.stop();
  });

  async function look(name: string): Promise<void> {
    const fullPage = name !== 'map';
    await visitor.page.screenshot({ path: join(SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage });
  }

  async function arrive(path: string, heading: string | RegExp, arrived?: string): Promise<void> {
    await visitor.open(path, heading);
    if (arrived !== undefined) {
      await visitor.page.locator(arrived).first().waitFor();
    }
    await visitor.page.getByLabel('Loading').first().waitFor({ state: 'detached' });
  }

  describe.each(PAGES)('%s', (name, path, heading, arrived) => {
    beforeAll(() => arrive(path(), heading, arrived));

    it('axe finds nothing, and nothing sticks out', async () => {
      await look(name);
      expect(await visitor.axe()).toEqual([]);
      const wider = await visitor.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider).toBe(0);
    });

    it('axe finds nothing in its dialogs', async () => {
      const buttons = visitor.page.locator('main [aria-haspopup=dialog]');
      const dialog = visitor.page.getByRole('dialog');
      const found: string[] = [];
      for (let index = 0; index < (await buttons.count()); index += 1) {
        await buttons.nth(index).click();
        await dialog.waitFor();
        const title = await dialog.getByRole('heading').innerText();
        if (!seen.has(title)) {
          seen.add(title);
          found.push(...(await visitor.axe('[role=dialog]')));
        }
        await visitor.page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
      expect(found).toEqual([]);
    });
  });

  it('the header shows the Region and the way out whole', async () => {
    await visitor.open('/nowhere', 'There is no such page');
    const cut = await visitor.page.evaluate(() =>
      [...document.querySelectorAll('header :is(button, select, a)')]
        .filter((it) => it.checkVisibility())
        .filter(
          (it) =>
            it.getBoundingClientRect().right > document.documentElement.clientWidth ||
            it.scrollWidth > it.clientWidth,
        )
        .map((it) => it.outerHTML),
    );
    expect(cut).toEqual([]);
  });

  it('the map opens with all of it in its frame, and keeps it there', async () => {
    await visitor.open('/map', 'Map');
    await until(() => outside(visitor), []);
    await visitor.page.setViewportSize({ width: width - 60, height: height - 100 });
    await until(() => outside(visitor), []);
    await visitor.page.setViewportSize({ width, height });
    await until(() => outside(visitor), []);
  });

  it('the map keeps all of it free of its buttons after a turn of the screen, and back', async () => {
    await visitor.open('/map', 'Map');
    await until(() => outside(visitor), []);
    // A telephone is laid out anew, also where a finger had moved the map.
    if (width < 768) {
      await drag(visitor);
      await until(async () => (await outside(visitor)).length > 0, true);
    }
    await visitor.page.setViewportSize({ width: height, height: width });
    await until(() => outside(visitor), []);
    await visitor.page.setViewportSize({ width, height });
    await until(() => outside(visitor), []);
  });

  it('changes its colours and back', async () => {
    const other = colorScheme === 'dark' ? 'light' : 'dark';
    for (const next of [other, colorScheme]) {
      await visitor.click(next === 'dark' ? 'Dark colours' : 'Light colours');
      await visitor.page.locator(`html[data-mantine-color-scheme=${next}]`).waitFor();
    }
  });

  it('a dialog: axe finds nothing', async () => {
    await visitor.open(`/peerings/${ids.active}`, 'shop to payments');
    await visitor.click(/^End peering/);
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Show the API call' }).click();
    await visitor.page.getByText('aws-sigv4').waitFor();
    await look('dialog');
    expect(await visitor.axe()).toEqual([]);
  });
}

/** Moves the map by hand, to where it hides some of its Nets. */
async function drag({ page }: Visitor): Promise<void> {
  const pane = await page.locator('.react-flow__pane').boundingBox();
  const [x, y] = [(pane?.x ?? 0) + 5, (pane?.y ?? 0) + 5];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 150, y + 250, { steps: 5 });
  await page.mouse.up();
}

/** The Nets that the frame or the map's controls hide in part; one that is outside of the frame is not even drawn. */
function outside({ page }: Visitor): Promise<string[]> {
  return page.evaluate(() => {
    const frame = document.querySelector('.react-flow')?.getBoundingClientRect();
    const controls = document.querySelector('.react-flow__controls')?.getBoundingClientRect();
    const boxes = [...document.querySelectorAll('.react-flow__node')];
    const cut = boxes.filter((box) => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      return (
        frame === undefined ||
        controls === undefined ||
        (left < controls.right && bottom > controls.top) ||
        left < frame.left ||
        right > frame.right ||
        top < frame.top ||
        bottom > frame.bottom
      );
    });
    return [
      ...cut.map((box) => box.getAttribute('aria-label') ?? ''),
      ...(boxes.length === 5 ? [] : [`${boxes.length} Nets are drawn`]),
    ];
  });
}
