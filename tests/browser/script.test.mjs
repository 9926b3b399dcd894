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

test("a table is put in order by its heads, and the curve keeps its own", async () => {
  const context = await reader(service, "192.0.2.93");
  const page = await context.newPage();
  await page.goto(`${service.base}${SITE}?period=2026-10&compare=none`);
  await page.locator("summary").first().click();
  const rows = page.locator("#curve-table tbody tr");
  const days = () => rows.locator("th").allTextContents();
  const figures = async () => {
    const texts = await rows.locator("td:nth-child(2)").allTextContents();
    return texts.map((text) => Number(text.replace(/\D/g, "")));
  };
  const came = await days();
  const heads = page.locator("#curve-table thead button");
  await heads.nth(1).click();
  const falling = await figures();
  assert.deepEqual(falling, [...falling].sort((one, other) => other - one));
  assert.ok(falling[0] > falling.at(-1));
  assert.equal(await page.getAttribute("#curve-table th >> nth=1", "aria-sort"), "descending");
  await heads.nth(1).press("Enter");
  assert.deepEqual(await figures(), [...falling].sort((one, other) => one - other));
  assert.equal(await page.getAttribute("#curve-table th >> nth=1", "aria-sort"), "ascending");
  // The last day of the curve is the last of the month still.
  const drawing = page.locator(".drawing:visible").first();
  await drawing.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await drawing.boundingBox();
  for (const step of [20, 16]) await page.mouse.move(x + width - step, y + height / 2);
  assert.match(await page.textContent(".tip:visible"), /31 October 2026/);
  await heads.nth(0).click();
  assert.deepEqual(await days(), came);
  await context.close();
});

test("a breakdown is put in order by the service, and stays where it is", async () => {
  const context = await reader(service, "192.0.2.94");
  const page = await context.newPage();
  await page.goto(`${service.base}${SITE}?period=2026-10`);
  await page.evaluate(() => (window.isSamePage = true));
  const block = page.locator("section.block", { has: page.locator("h2#page") });
  const names = () => block.locator("tbody th code").allTextContents();
  const before = await names();
  await block.locator("thead a").first().click();
  await until("the pages are in the order of their names", () =>
    block.locator("thead th").first().getAttribute("aria-sort"),
  );
  const after = await names();
  assert.deepEqual(after, [...after].sort());
  assert.notDeepEqual(after, before);
  assert.match(page.url(), /sort\.page=value/);
  const focused = await page.evaluate(() => document.activeElement.id);
  assert.equal(focused, "sort-page-0", "the focus stays where it was");
  // What the block offers to download is in the same order.
  const csv = await block.locator(".ways a").first().getAttribute("href");
  const lines = (await (await fetch(service.base + csv)).text()).split("\r\n");
  const paths = lines.slice(1).map((line) => line.match(/,(\/[^,]*),/)?.[1]).filter(Boolean);
  assert.deepEqual(paths, after);
  await block.locator("thead a").first().click();
  await until("the other way", () => page.url().includes("sort.page=-value"));
  assert.ok(await page.evaluate(() => window.isSamePage), "the page was loaded anew");
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
