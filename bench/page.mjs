// How smooth an HTML report is: see bench/page.

import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.addInitScript(() => {
  window.tasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.tasks.push(entry.duration))).observe({ type: 'longtask', buffered: true });
});

/** Does something, and says how long the longest task was, of those above the 50 ms that browsers tell of. */
async function measure(what, act) {
  await page.evaluate(() => { window.tasks.length = 0; });
  await act();
  await page.waitForTimeout(1500);
  const longest = await page.evaluate(() => Math.max(0, ...window.tasks));
  console.log(`${what}: ${longest === 0 ? 'no task over 50 ms' : `longest task ${Math.round(longest)} ms`}`);
}

const begin = performance.now();
await page.goto(pathToFileURL(process.argv[2]).href);
await page.waitForSelector('html[data-ready]', { timeout: 120_000 });
console.log(`all there: ${Math.round(performance.now() - begin)} ms`);
await page.waitForTimeout(1000);
console.log(`first paint: ${await page.evaluate(() => Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime))} ms`);
await measure('to the findings', () => page.evaluate(() => { location.hash = '#/findings'; }));
console.log(`findings: ${(await page.locator('.shown').innerText()).split(',').slice(0, 2).join(',')}`);
await measure('scrolling', async () => {
  for (let i = 0; i < 60; ++i) {
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(30);
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
});
await page.evaluate(() => scrollTo(0, 0));
await measure('typing', async () => {
  await page.locator('#search').click();
  await page.keyboard.type('service owner', { delay: 60 });
});
await measure('sorting', () => page.getByRole('button', { name: 'Sort by Subject' }).click());
await measure('all again', () => page.locator('#search').fill(''));
await measure('grouping', () => page.getByLabel('Group', { exact: true }).selectOption('ask'));
await measure('finding a service', async () => {
  await page.locator('#finder').click();
  await page.keyboard.type('serv', { delay: 50 });
});
await measure('its sheet', () => page.keyboard.press('Enter'));
await browser.close();
