import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until, Visitor } from './browser.ts';
import { launch } from './chromium.ts';
import { type NewAccount, Server, Tenant } from './server.ts';

const PASSWORD = 'correct horse battery';
const EMAIL = 'alice@example.com';

let server: Server;
let browser: Browser;
let accessKey: NewAccount['key'];

beforeAll(async () => {
  server = await Server.start('--network', 'none');
  browser = await launch();
  ({ key: accessKey } = await server.account(EMAIL, PASSWORD));
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('loads at most 300 kB at first, compressed', async () => {
  const visitor = await Visitor.arrive(browser, server);
  await visitor.open('/', 'Linkspan Cockpit');
  const loaded = await visitor.page.evaluate(() =>
    performance
      .getEntries()
      .reduce((sum, it) => sum + ((it as PerformanceResourceTiming).transferSize ?? 0), 0),
  );
  expect(loaded).toBeGreaterThan(0);
  expect(loaded).toBeLessThan(300_000);
  await visitor.leave();
});

it('lets in by e-mail and password, greets an empty account, and signs out', async () => {
  const visitor = await Visitor.arrive(browser, server);
  await visitor.open('/');
  await visitor.giveCredentials(EMAIL, PASSWORD);
  await visitor.heading('Map');
  await visitor.sees('Your map is empty');
  await visitor.sees(EMAIL);
  await visitor.click('Sign out');
  await visitor.heading('Linkspan Cockpit');
  await visitor.open('/nets');
  await visitor.heading('Linkspan Cockpit');
  await visitor.leave();
});

it('says no to a wrong password, in words, and keeps what was typed', async () => {
  const visitor = await Visitor.arrive(browser, server);
  await visitor.open('/');
  await visitor.giveCredentials(EMAIL, 'a wrong one');
  await visitor.page.getByRole('alert').waitFor();
  await visitor.sees('Wrong e-mail or wrong password');
  expect(await visitor.page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe(EMAIL);
  await visitor.giveCredentials(EMAIL, PASSWORD);
  await visitor.heading('Map');
  await visitor.leave();
});

it('says no to a wrong secret key, in words', async () => {
  const visitor = await Visitor.arrive(browser, server);
  await visitor.open('/');
  await visitor.page.getByText('Access key', { exact: true }).click();
  await visitor.page.getByLabel('Access key id').fill(accessKey.AccessKeyId);
  await visitor.page.getByLabel('Secret key').fill('a wrong one');
  await visitor.click('Sign in');
  await visitor.sees('Wrong access key or wrong secret key');
  await visitor.leave();
});

it('lets in by an access key', async () => {
  const visitor = await Visitor.arrive(browser, server);
  await visitor.signInWithKey(accessKey.AccessKeyId, accessKey.SecretKey);
  await visitor.leave();
});

it('loses nothing when the session ends: signs in above the page, and the call that waited is made', async () => {
  const visitor = await Visitor.arrive(browser, server);
  await visitor.open('/');
  await visitor.giveCredentials(EMAIL, PASSWORD);
  await visitor.heading('Map');
  await visitor.open('/nets', 'Nets');
  await visitor.click('Create a Net');
  const dialog = visitor.page.getByRole('dialog', { name: 'Create a Net' });
  await dialog.getByLabel('Range').fill('10.77.0.0/16');
  await visitor.page.context().clearCookies();
  // Not by the pointer: what Cockpit reads by itself may have asked to sign in already, above the page.
  await dialog.getByRole('button', { name: 'Create a Net' }).dispatchEvent('click');
  await visitor.sees('Your session is over');
  await visitor.giveCredentials(EMAIL, PASSWORD);
  await visitor.heading('Net 10.77.0.0/16');
  const tenant = await Tenant.signIn(server, { Email: EMAIL, Password: PASSWORD });
  await until(
    async () => (await tenant.call('ReadNets', {})).Nets.map((net) => net.IpRange),
    ['10.77.0.0/16'],
  );
  await visitor.leave();
});

it('shows each Region by itself', async () => {
  const visitor = await Visitor.arrive(browser, server);
  await visitor.signInWithKey(accessKey.AccessKeyId, accessKey.SecretKey);
  await visitor.open('/nets', 'Nets');
  await visitor.sees('10.77.0.0/16');
  await visitor.page.getByLabel('Region').selectOption('us-east-2');
  await visitor.sees('No Nets yet');
  await visitor.page.getByLabel('Region').selectOption('eu-west-2');
  await visitor.sees('10.77.0.0/16');
  await visitor.leave();
});

it('reads a list once when a page is opened, and once more when it has changed', async () => {
  const tenant = await Tenant.signIn(server, { Email: EMAIL, Password: PASSWORD });
  const visitor = await Visitor.arrive(browser, server);
  await visitor.signInWithKey(accessKey.AccessKeyId, accessKey.SecretKey);
  const reads: string[] = [];
  visitor.page.on('request', (request) => {
    if (request.url().endsWith('/ReadNets')) {
      reads.push(request.url());
    }
  });
  await visitor.open('/nets', 'Nets');
  await visitor.sees('10.77.0.0/16');
  await tenant.call('CreateNet', { IpRange: '10.78.0.0/16' });
  await visitor.sees('10.78.0.0/16');
  expect(reads).toHaveLength(2);
  await visitor.leave();
});

it('takes no style and no script that somebody put into the page', async () => {
  const page = await browser.newPage({ baseURL: server.url });
  await page.goto('/cockpit/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const refused = await page.evaluate(async () => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', (it) => directives.push(it.effectiveDirective));
    for (const name of ['style', 'script']) {
      const planted = document.createElement(name);
      planted.textContent = name === 'style' ? 'h1 { display: none }' : 'document.title = "taken"';
      document.head.append(planted);
    }
    document.querySelector('h1')?.setAttribute('style', 'display: none');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return directives;
  });
  expect(refused).toEqual(['style-src-elem', 'script-src-elem', 'style-src-attr']);
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  await page.close();
});
