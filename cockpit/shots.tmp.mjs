import { chromium } from 'playwright-core';
const [url, account, out, ...paths] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const w = Number(process.env.W ?? 1440),
  scheme = process.env.S ?? 'light';
const ctx = await browser.newContext({ viewport: { width: w, height: 900 }, colorScheme: scheme });
const page = await ctx.newPage();
page.on('console', (m) => m.type() === 'error' && console.log('console:', m.text()));
page.on('pageerror', (e) => console.log('pageerror:', e.message));
await page.goto(url + '/cockpit/');
await page.screenshot({ path: `${out}-signin.png` });
await page.getByText('Access key', { exact: true }).click();
await page.getByLabel('Access key id').fill(account);
await page.getByLabel('Secret key').fill('x');
await page.getByRole('button', { name: 'Sign in' }).click();
await page.waitForURL('**/map');
for (const p of paths) {
  await page.goto(url + '/cockpit' + p);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${out}${p.replaceAll('/', '-')}.png`, fullPage: !p.startsWith('/map') });
}
await browser.close();
