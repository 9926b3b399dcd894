// A page is light: at most 100 kB over the wire with everything that belongs to it, and nothing of
// it comes from anywhere else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { MAIN_PAGES, reader, start, stop } from "./service.mjs";

const BYTES_MAX = 100_000;

let service;

before(async () => {
  service = await start();
});

after(() => stop(service));

// What a page brings: the bytes on the wire, and the origins that were asked.
async function load(path) {
  const context = await reader(service, "192.0.2.70");
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  const origins = new Set();
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  session.on("Network.requestWillBeSent", ({ request }) => {
    if (!request.url.startsWith("data:")) origins.add(new URL(request.url).origin);
  });
  await page.goto(service.base + path, { waitUntil: "networkidle" });
  await context.close();
  return { bytes, origins: [...origins] };
}

for (const path of MAIN_PAGES) {
  test(`${path} is light and its own`, async () => {
    const { bytes, origins } = await load(path);
    console.log(`# ${path}: ${bytes} bytes`);
    assert.ok(bytes > 1_000 && bytes <= BYTES_MAX, `${path}: ${bytes} bytes`);
    assert.deepEqual(origins, [service.base]);
  });
}

test("styles and scripts are kept by browsers until they change", async () => {
  const html = await (await fetch(`${service.base}/fr/`)).text();
  const address = html.match(/\/assets\/style\.css\?v=[0-9a-f]+/)[0];
  const kept = await fetch(service.base + address);
  assert.match(kept.headers.get("cache-control"), /immutable/);
  const other = await fetch(`${service.base}/assets/style.css?v=0`);
  assert.equal(other.headers.get("cache-control"), "no-cache");
});
