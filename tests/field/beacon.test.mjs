// A real browser sends with credentials, as sendBeacon always does (row 7): each message is counted
// once, and its sender reads that it was.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { READER, administrator, start, stop, until } from "../browser/service.mjs";

let service, pages, staff;

before(async () => {
  service = await start();
  pages = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>A page</title>");
  });
  pages.listen(0, "127.0.0.1");
  await once(pages, "listening");
  staff = (await administrator(service)).context;
});

after(async () => {
  pages.closeAllConnections();
  pages.close();
  await stop(service);
});

async function views() {
  const path = `${service.base}/admin/api/v1/sites/demo.localhost/totals?period=today&metrics=views`;
  const { rows } = await (await staff.request.get(path)).json();
  return rows[0]?.views ?? 0;
}

test("messages in JSON with credentials are read by their page and counted once", async () => {
  const context = await service.browser.newContext({ userAgent: READER });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(`http://demo.localhost:${pages.address().port}/sent`);
  const counted = await views();
  const sent = await page.evaluate(async (base) => {
    const address = `${base}/api/event`;
    const body = JSON.stringify({ n: "pageview", u: location.href, p: [], t: { a: 1 } });
    const type = "application/json";
    const queued = [
      navigator.sendBeacon(address, new Blob([body], { type })),
      navigator.sendBeacon(address, body),
    ];
    const statuses = [];
    for (const credentials of ["include", "omit", "same-origin"]) {
      const headers = { "content-type": type };
      const answer = await fetch(address, { method: "POST", body, headers, credentials });
      statuses.push(answer.status);
    }
    // A refusal can be read too.
    const wrong = await fetch(address, { method: "POST", body: "{}", credentials: "include" });
    return { queued, statuses, reason: (await wrong.json()).type };
  }, service.base);
  assert.deepEqual(sent.queued, [true, true]);
  assert.deepEqual(sent.statuses, [202, 202, 202]);
  assert.equal(sent.reason, "tag:parvis,2026:body_unreadable");
  await until("all five are counted", async () => (await views()) === counted + 5);
  const blocked = faults.filter((text) => !text.includes("400"));
  assert.deepEqual(blocked, []);
  await context.close();
});
