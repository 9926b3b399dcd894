// Forms that a browser sends from our own pages are taken, with all that it says of where they come
// from: the one-time link, whose page sends no referrer; signing out and in; the opt-out.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { openBrowser, press } from "../browser/chromium.mjs";
import { end, serve } from "../browser/program.mjs";

let data, service, browser;

before(async () => {
  data = await mkdtemp(join(tmpdir(), "parvis-"));
  service = await serve(join(data, "data"), []);
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  await end(service.child);
  await rm(data, { recursive: true });
});

const PASSWORD = "chaise verte sous la pluie";

test("the one-time link, signing out and signing in", async () => {
  const page = await (await browser.newContext()).newPage();
  const referrers = [];
  page.on("request", (request) => referrers.push(request.headers().referer ?? ""));
  await page.goto(service.firstLink);
  await page.fill("[name=login]", "jeanne");
  await page.fill("[name=password]", "administrator");
  await press(page, page.locator("[type=submit]"));
  assert.match(await page.textContent("[role=alert]"), /tried first/);
  await page.fill("[name=password]", PASSWORD);
  await press(page, page.locator("[type=submit]"));
  assert.match(page.url(), /\/admin$/);
  assert.ok(referrers.length > 3 && !referrers.some((referrer) => referrer.includes("token")));
  await press(page, page.locator("[action='/admin/sign-out'] button"));
  await page.goto(`${service.base}/admin/sign-in`);
  await page.fill("[name=login]", "jeanne");
  await page.fill("[name=password]", PASSWORD);
  await press(page, page.locator("[type=submit]"));
  assert.match(page.url(), /\/admin$/);
});

test("the opt-out, from here and from another site", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const marker = async () =>
    (await context.cookies()).some(({ name }) => name === "parvis-opt-out");
  await page.goto(`${service.base}/en/privacy`);
  await press(page, page.locator("form[action$='/privacy/opt-out'] button"));
  assert.match(page.url(), /\/privacy#opt-out$/);
  assert.ok(await marker());
  // The same host under another name is another site.
  const elsewhere = service.base.replace("127.0.0.1", "localhost");
  await page.goto(`${elsewhere}/healthz`);
  await page.setContent(
    `<form method="post" action="${service.base}/privacy/opt-out">
       <input name="choice" value="in"><button>Win a prize</button></form>`,
  );
  const answer = await press(page, page.locator("button"));
  assert.equal(answer.status(), 403);
  assert.ok(await marker());
});
