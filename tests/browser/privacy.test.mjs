// Nothing is kept in a reader's browser and nobody else is told; who refuses is not counted.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { press } from "./chromium.mjs";
import {
  administrator,
  counted,
  DEMO_PAGES,
  figure,
  reader,
  start,
  stop,
  until,
} from "./service.mjs";

let service;

before(async () => {
  service = await start();
});

after(() => stop(service));

// What a page sent to the collector, with the answers.
function listen(page) {
  const sent = [];
  page.on("response", async (response) => {
    if (!response.url().endsWith("/api/event")) return;
    const { n: name } = JSON.parse(response.request().postData() ?? "{}");
    const dropped = response.headers()["x-parvis-dropped"];
    sent.push({ name, status: response.status(), dropped });
  });
  return sent;
}

test("no cookie, no storage, no other origin, and every message is counted", async () => {
  const context = await reader(service, "192.0.2.50");
  const page = await context.newPage();
  const foreign = [];
  await context.route(/^https:\/\/www\.example\.org\//, (route) => route.abort());
  context.on("request", (request) => {
    const own = request.url().startsWith(service.base);
    if (!own && !request.isNavigationRequest()) foreign.push(request.url());
  });
  const sent = listen(page);
  for (const path of DEMO_PAGES) {
    await page.goto(service.base + path);
    await counted(page);
  }
  for (const path of DEMO_PAGES) {
    await page.goto(service.base + path);
    await page.evaluate(() => {
      for (const link of document.querySelectorAll("a[href]")) {
        link.addEventListener("click", (event) => event.preventDefault());
      }
      document.querySelector("[data-parvis]")?.click();
      document.querySelector('a[href*="documents/"]')?.click();
      document.querySelector('a[href^="https://www.example.org"]')?.click();
      window.parvis("called");
    });
    const count = sent.length;
    await until("what was done is answered", () => sent.length > count);
  }
  const named = () => sent.map(({ name }) => name);
  for (const name of ["pageview", "missing", "download", "outbound", "call-back", "called"]) {
    await until(`${name} is sent`, () => named().includes(name));
  }
  for (const { name, status, dropped } of sent) {
    assert.deepEqual([status, dropped], [202, undefined], name);
  }
  assert.deepEqual(foreign, []);
  assert.deepEqual(await context.cookies(), []);
  const kept = await page.evaluate(async () => [
    document.cookie,
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
  ]);
  assert.deepEqual(kept, ["", 0, 0, 0, 0]);
  await context.close();
});

test("with scripts off the picture counts", async () => {
  const { page: live, context: staff } = await administrator(service);
  await live.goto(`${service.base}/admin/live?site=demo.localhost`);
  const before = await figure(live, "views_today");
  const context = await reader(service, "192.0.2.51", { javaScriptEnabled: false });
  const page = await context.newPage();
  const picture = page.waitForResponse(/\/p\.gif/);
  await page.goto(`${service.base}/demo/news.html`);
  const answer = await picture;
  assert.equal(answer.status(), 200);
  assert.equal(answer.headers()["content-type"], "image/gif");
  const moved = async () => (await figure(live, "views_today")) === before + 1;
  await until("the picture is counted", moved);
  await context.close();
  await staff.close();
});

test("nothing is sent for who sends a privacy signal", async () => {
  const context = await reader(service, "192.0.2.52");
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
  });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${service.base}/demo/`);
  await page.evaluate(() => window.parvis("called"));
  await page.goto(`${service.base}/demo/news.html`, { waitUntil: "networkidle" });
  assert.ok(asked.some((url) => url.endsWith("/t.js")));
  assert.ok(!asked.some((url) => url.includes("/api/event")), asked.join("\n"));
  await context.close();
});

test("the opt-out holds, with script and without, and can be taken back", async () => {
  const context = await reader(service, "192.0.2.53");
  const page = await context.newPage();
  const sent = listen(page);
  const choose = async (value) => {
    await press(page, page.locator(`button[name=choice][value=${value}]`));
    assert.match(page.url(), /\/privacy#opt-out$/);
  };
  await page.goto(`${service.base}/privacy`);
  await choose("out");
  await page.goto(`${service.base}/demo/`);
  await until("the beacon is answered", () => sent.length === 1);
  assert.deepEqual(sent[0], { name: "pageview", status: 202, dropped: "opt_out" });
  await page.goto(`${service.base}/privacy`);
  await choose("in");
  await page.goto(`${service.base}/demo/`);
  await until("the beacon is answered", () => sent.some(({ dropped }) => !dropped));
  // In French the form leads back to the French page.
  await page.goto(`${service.base}/fr/privacy`);
  await choose("out");
  assert.match(page.url(), /\/fr\/privacy#/);
  assert.match(await page.textContent("#opt-out form"), /vous n’êtes pas compté/);
  await choose("in");
  assert.match(page.url(), /\/fr\/privacy#/);
  sent.length = 0;
  await page.goto(`${service.base}/privacy`);
  await page.click("[data-parvis-opt-out] button");
  assert.equal(await page.evaluate(() => localStorage.getItem("parvis")), "off");
  await page.goto(`${service.base}/demo/`, { waitUntil: "networkidle" });
  assert.deepEqual(sent, []);
  await page.goto(`${service.base}/privacy`);
  await page.click("[data-parvis-opt-out] button");
  await page.goto(`${service.base}/demo/`);
  await until("the reader is counted again", () => sent.length === 1);
  await context.close();
});
