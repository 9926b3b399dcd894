// From a real browser to an open file: views are seen live within seconds and stand in the files.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { administrator, counted, figure, reader, start, stop, today, until } from "./service.mjs";

// How soon a view is promised to be seen, and what a slow machine is given.
const PROMISED_MS = 2_000;

let service, live;

before(async () => {
  service = await start();
  const { page, context } = await administrator(service);
  assert.match(await page.textContent("body"), /demo\.localhost/);
  assert.match(await page.content(), /integrity="?&?.*sha384-/s);
  live = { context, page };
  await page.goto(`${service.base}/admin/live?site=demo.localhost`);
});

after(() => stop(service));

test("a newcomer clicks through the demo and the figures move", async () => {
  const context = await reader(service, "192.0.2.200");
  const page = await context.newPage();
  const before = await figure(live.page, "views_5_minutes");
  await page.goto(`${service.base}/demo/`);
  const moved = async () => (await figure(live.page, "views_5_minutes")) > before;
  const delay = await until("the first view is seen", moved);
  console.log(`# a view was seen live after ${delay} ms (promised: ${PROMISED_MS})`);
  assert.ok(delay < PROMISED_MS + 3_000);
  await page.click('a[href="/demo/news.html"]');
  await page.waitForURL("**/demo/news.html");
  await page.goto(`${service.base}/demo/single-page.html`);
  await page.click('[data-view="/demo/single-page/one"]');
  await page.click('[data-view="/demo/single-page/two"]');
  const all = async () => (await figure(live.page, "views_5_minutes")) === before + 5;
  await until("five views are seen", all);
  const pages = await live.page.textContent("[data-live-pages]");
  for (const path of ["/demo/", "/demo/news.html", "/demo/single-page/two"]) {
    assert.ok(pages.includes(path), pages);
  }
  assert.equal(await figure(live.page, "visitors_5_minutes"), 1);
  await context.close();
});

test("the live page comes back by itself", async () => {
  const before = await figure(live.page, "views_30_minutes");
  await live.context.setOffline(true);
  await live.page.evaluate(() => fetch("/healthz").catch(() => {}));
  const context = await reader(service, "192.0.2.201");
  const page = await context.newPage();
  await page.goto(`${service.base}/demo/`);
  await live.context.setOffline(false);
  const moved = async () => (await figure(live.page, "views_30_minutes")) > before;
  await until("the live page catches up", moved);
  await context.close();
});

test("twenty visitors later a page stands in the file, and one of three does not", async () => {
  const before = await figure(live.page, "views_today");
  const visit = async (number, path) => {
    const context = await reader(service, `198.18.${number}.7`);
    const page = await context.newPage();
    await page.goto(`${service.base}${path}`);
    await counted(page);
    await context.close();
  };
  for (let number = 1; number <= 20; number++) {
    await visit(number, "/demo/opening-hours.html");
  }
  for (let number = 1; number <= 3; number++) await visit(number, "/demo/services/");
  const seen = async () => (await figure(live.page, "views_today")) === before + 23;
  await until("all views are counted", seen);
  const address = `${service.base}/data/demo.localhost/pages/${today()}.csv`;
  const file = await (await fetch(address)).text();
  const day = today();
  const rule = file.match(/release-\d+/)[0];
  const page = "demo\\.localhost," + day + ",/demo/opening-hours\\.html,20,20,20,[12]0,0,,synthetic,";
  assert.match(file, new RegExp(`\r\n${page}${rule},P,F\r\n`));
  assert.ok(!file.includes("/demo/services/,"), file);
  assert.ok(file.endsWith(`demo.localhost,${day},:withheld,,,,,,,synthetic,${rule},Q,A\r\n`), file);
});

test("the page without script shows the figures of the file", async () => {
  const context = await reader(service, "192.0.2.202", { javaScriptEnabled: false });
  const page = await context.newPage();
  // The month before too: the days that are shown lie in both.
  const before = new Date(`${today().slice(0, 7)}-01T00:00:00Z`);
  before.setUTCDate(0);
  const months = [before.toISOString(), today()].map((day) => day.slice(0, 7));
  const file = async (month) => {
    const answer = await fetch(`${service.base}/data/demo.localhost/traffic/${month}.csv`);
    return (await answer.text()).trim().split("\r\n").slice(1);
  };
  const lines = async () => (await Promise.all(months.map(file))).flat();
  const final = (line) => line.split(",")[10] === "A";
  // The figures of each day of the curve's table, by its date.
  const shown = async (metric) => {
    await page.goto(`${service.base}/sites/demo.localhost?metric=${metric}`);
    const rows = await page.locator("#curve-table tbody tr").evaluateAll((rows) =>
      rows.map((row) => [row.querySelector("time").dateTime, row.cells[1].textContent]),
    );
    return new Map(rows.map(([day, text]) => [day, text.replace(/\D/g, "")]));
  };
  const tables = [await shown("views"), await shown("visitors")];
  let compared = 0;
  for (const line of await lines()) {
    if (!final(line)) continue;
    const [, day, ...figures] = line.split(",");
    if (!tables[0].has(day)) continue;
    assert.deepEqual(tables.map((table) => table.get(day)), figures.slice(0, 2), day);
    compared++;
  }
  assert.ok(compared > 25, `${compared} days compared`);
  await context.close();
});
