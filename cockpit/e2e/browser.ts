import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page, Response } from 'playwright-core';
import { expect } from 'vitest';
import { faultsOf, isDescribed } from './description.ts';
import type { Server } from './server.ts';

/** How long a page may take for what it is asked for, in milliseconds, on a machine that is busy with other things. */
const PATIENCE = 45_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Somebody in front of a browser. Every answer of the API that their pages get is held against the shapes that the types
 * come from, and nothing may go wrong in the page unnoticed.
 */
export class Visitor {
  readonly page: Page;
  private readonly troubles: string[] = [];
  private readonly checking: Promise<void>[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.troubles.push(`${error.message}\n${error.stack}`));
    page.on('console', (message) => {
      // The browser itself reports refusals, which are part of what is tested.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.troubles.push(message.text());
      }
    });
    page.on('response', (response) => this.checking.push(this.check(response)));
  }

  static async arrive(
    browser: Browser,
    server: Server,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    // As a line on the console, where all troubles are looked for.
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', (it) =>
        console.error(`Against the policy: ${it.effectiveDirective} ${it.blockedURI} ${it.sample}`),
      ),
    );
    await context.addInitScript(countClicks, CLICKS);
    return new Visitor(await context.newPage());
  }

  async signInWithKey(key: string, secret = 'unchecked'): Promise<void> {
    await this.page.goto('/cockpit/');
    await this.page.getByText('Access key', { exact: true }).click();
    await this.page.getByLabel('Access key id').fill(key);
    await this.page.getByLabel('Secret key').fill(secret);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.heading('Map');
  }

  /** Fills in the sign-in that is shown, wherever that is. */
  async giveCredentials(email: string, password: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await this.page.locator('input[autocomplete=current-password]').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async open(path: string, heading?: string | RegExp): Promise<void> {
    await this.page.goto(`/cockpit${path}`);
    if (heading !== undefined) {
      await this.heading(heading);
    }
  }

  async heading(name: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  async click(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click();
  }

  /** Presses the button of the dialog that is open, and waits until it has closed. */
  async confirm(name: string | RegExp): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** How often the pointer's button was pressed, on all pages since the visitor came. */
  clicks(): Promise<number> {
    return this.page.evaluate((name) => Number(sessionStorage.getItem(name)), CLICKS);
  }

  /** What axe finds on the page, or in a part of it, by the rules of WCAG 2.2 A and AA, in words. */
  async axe(part = 'html'): Promise<string[]> {
    if (!(await this.page.evaluate(() => 'axe' in window))) {
      await this.page.evaluate(AXE);
    }
    // What is well is a thousand times as much, and not described.
    const violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] =
      await this.page.evaluate(
        `axe.run('${part}', {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          resultTypes: ['violations'],
        }).then((found) => found.violations)`,
      );
    return violations.flatMap((it) =>
      it.nodes.map((node) => `${it.id}: ${node.html}\n${node.failureSummary ?? ''}`),
    );
  }

  /** Goes, and fails the test where anything went wrong meanwhile. */
  async leave(): Promise<void> {
    await Promise.allSettled(this.checking);
    await this.page.context().close();
    expect(this.troubles).toEqual([]);
  }

  private async check(response: Response): Promise<void> {
    const path = new URL(response.url()).pathname;
    const method = response.request().method();
    if (!response.ok() || !isDescribed(method, path)) {
      return;
    }
    // A page that is left takes the bodies of its answers along.
    const body: unknown = await response.json().catch(() => undefined);
    const faults = body === undefined ? [] : faultsOf(method, path, body);
    if (faults.length > 0) {
      this.troubles.push(`${path} answers otherwise: ${faults.join('; ')}`);
    }
  }
}

/** Where a tab keeps how often somebody clicked. */
const CLICKS = 'test.clicks';

/** Runs in the page. A button that a key presses is clicked zero times; a label passes its click on to its field. */
function countClicks(name: string): void {
  document.addEventListener(
    'click',
    (it) => {
      if (it.isTrusted && it.detail > 0) {
        sessionStorage.setItem(name, `${Number(sessionStorage.getItem(name)) + 1}`);
      }
    },
    { capture: true },
  );
}

/** Waits until it is so, and says what it was otherwise. */
export async function until<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  let last = await read();
  while (JSON.stringify(last) !== JSON.stringify(expected) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    last = await read();
  }
  expect(last).toEqual(expected);
}
