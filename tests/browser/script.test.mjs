// What script adds: choices without loading the page anew, figures under the pointer, and light or dark
// as the reader chooses. Nothing is stored before a choice.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { reader, start, stop, until } from "./service.mjs";

let service;

before(async () => {
  service = await start();
});

after(() => stop(service));

const SITE = "/en/sites/demo.localhost";

test("a period, a filter and a search are shown without loading the page anew", async () => {
  const context = await reader(service, "192.0.2.90");
  const page = await context.newPage();
  await page.goto(service.base + SITE);
  await page.evaluate(() => (window.isSamePage = true));
  const lead = () => page.textContent("main .lead");
  const before = await lead();
  await page.click(".picker .choice a >> text=7 days");
  await until("seven days are shown", async () => (await lead()) !== before);
  assert.match(page.url(), /period=7d/);
  const focused = await page.evaluate(() => document.activeElement.textContent);
  assert.match(focused, /7 days/, "the focus stays where it was");
  assert.match(await page.textContent("[data-swapped]"), /Figures for/);
  await page.fill("#from", "2026-11-02");
  await page.fill("#to", "2026-11-03");
  await page.click(".days button");
  await until("two days are shown", async () => (await lead()).includes("3 November 2026"));
  assert.ok(!page.url().includes("interval="), page.url());
  await page.goBack();
  await until("seven days are shown again", async () => /period=7d/.test(page.url()) &&
    !(await lead()).includes("2 November 2026 to 3 November"));
  assert.ok(await page.evaluate(() => window.isSamePage), "the page was loaded anew");
  await context.close();
});

test("the figures under the pointer are those of the table", async () => {
  const context = await reader(service, "192.0.2.91");
  const page = await context.newPage();
  await page.goto(`${service.base}${SITE}?compare=none`);
  const drawing = page.locator(".drawing:visible").first();
  await drawing.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await drawing.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.move(x + width / 2 + 2, y + height / 2);
  const tip = await page.textContent(".tip:visible");
  const rows = await page.locator("#curve-table tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())),
  );
  const row = rows.find(([day]) => tip.startsWith(day));
  assert.ok(row, tip);
  assert.ok(tip.includes(row[1]), `${tip} has not ${row[1]}`);
  await context.close();
});

test("light or dark is the reader's choice, kept from then on, and taken back", async () => {
  const context = await reader(service, "192.0.2.92", { colorScheme: "light" });
  const page = await context.newPage();
  const stored = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
  const tokens = () =>
    page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const names = ["--paper", "--ink", "--ink-soft", "--accent", "--line", "--series-1"];
      return names.map((name) => style.getPropertyValue(name));
    });
  await page.goto(`${service.base}/en/`);
  assert.equal(await stored(), "{}");
  const light = await tokens();
  await page.click("[data-theme-choice] button[value=dark]");
  await page.goto(`${service.base}/fr/methodology`);
  const dark = await tokens();
  assert.notDeepEqual(dark, light);
  assert.equal(await stored(), '{"parvis-theme":"dark"}');
  const pressed = await page.getAttribute("[data-theme-choice] button[value=dark]", "aria-pressed");
  assert.equal(pressed, "true");
  await page.click("[data-theme-choice] button[value=device]");
  assert.equal(await stored(), "{}");
  assert.deepEqual(await tokens(), light);
  // What the device says has the same colours as what the reader chooses.
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await tokens(), dark);
  await page.click("[data-theme-choice] button[value=light]");
  assert.deepEqual(await tokens(), light);
  await context.close();
});
