// These tests read, in a real browser, what one message of the tracker says of a page.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { until } from "./lab.mjs";
import { push, suite } from "./suite.mjs";

suite("what one message of the tracker says", (bench) => {
  // The message.

  bench("a page view is one plain message that needs no preflight", {}, async (own) => {
    const page = await own.open("page");
    assert.deepEqual(await own.hears(1), ["pageview page"]);
    const [message] = own.messages;
    assert.equal(message.method, "POST");
    assert.match(message.headers["content-type"], /^text\/plain(;|$)/);
    assert.equal(message.headers.origin, `http://${own.host}`);
    assert.equal(own.requests.filter(({ method }) => method === "OPTIONS").length, 0);

    const [event] = own.events;
    assert.deepEqual(Object.keys(event).sort(), ["k", "n", "r", "t", "u", "w"]);
    assert.equal(event.u, `${own.site}page`);
    assert.equal(event.r, "");
    assert.equal(event.w, await page.evaluate(() => innerWidth));
    assert.equal(event.t, await page.title());
  });

  bench("each message has a random key, even where the page is not secure", {}, async (own) => {
    const page = await own.open();
    assert.equal(await page.evaluate(() => isSecureContext), false);
    await page.evaluate(() => {
      for (let count = 0; count < 40; count += 1) window.parvis("again");
    });
    await own.hears(41);
    const keys = own.events.map(({ k }) => k);
    assert.equal(new Set(keys).size, 41);
    // A part of one, of whose first 52 bits none is always set or always clear.
    const numbers = keys.map((key) => BigInt(Math.floor(Number(key) * 2 ** 52)));
    const all = (1n << 52n) - 1n;
    assert.equal(numbers.reduce((sum, number) => sum | number), all);
    assert.equal(numbers.reduce((common, number) => common & number), 0n);
  });

  bench(
    "each request is one that outlives its page",
    {
      init: `const original = fetch;
        window.kept = [];
        window.fetch = (...input) => {
          window.kept.push(new Request(...input).keepalive);
          return original(...input);
        };`,
    },
    async (own) => {
      const page = await own.open();
      await page.evaluate(() => window.parvis("used"));
      await own.hears(2);
      assert.deepEqual(await page.evaluate(() => window.kept), [true, true]);
    },
  );

  const ENDPOINTS = {
    "t.js": "api/event",
    "t-1a2b3c4d5e6f.js": "api/event",
    "a/prefix/t.js": "a/prefix/api/event",
    "another/t-1a2b3c4d5e6f.js?x=/y/#/z": "another/api/event",
  };
  const PAGES = Object.fromEntries(
    Object.keys(ENDPOINTS).map((script, place) => [`page-${place}`, { script }]),
  );
  bench(
    "the service is next to the script, wherever that is",
    { pages: PAGES },
    async (own) => {
      const endpoints = Object.values(ENDPOINTS);
      for (const place of endpoints.keys()) await own.open(`page-${place}`);
      await own.hears(endpoints.length);
      for (const [place, endpoint] of endpoints.entries()) {
        const message = own.messages.find(({ body }) => body.includes(`page-${place}"`));
        assert.equal(message.path, endpoint);
      }
    },
  );

  bench("the site's name on the tag is sent", { tag: 'data-site="example.org"' }, async (own) => {
    await own.open();
    await own.hears(1);
    assert.equal(own.events[0].d, "example.org");
  });

  bench(
    "a service within the site's own origin learns no more of the page's address",
    { isSameOrigin: true, head: '<meta name="referrer" content="unsafe-url">' },
    async (own) => {
      await own.open("page?secret=1");
      await own.hears(1);
      assert.equal(own.messages[0].headers.origin, `http://${own.host}`);
      assert.equal(own.messages[0].headers.referer, `http://${own.host}/`);
      assert.doesNotMatch(own.messages[0].body, /secret/);
    },
  );

  // The address.

  bench("the query, the fragment and any password stay in the browser", {}, async (own) => {
    await own.open("page?a=1&secret=2#part");
    await own.open(own.site.replace("//", "//reader:secret@") + "other?=secret&undefined=secret");
    assert.deepEqual(await own.hears(2), ["pageview page", "pageview other"]);
    assert.doesNotMatch(own.messages.map(({ body }) => body).join(), /secret/);
  });

  const TWO_PARAMETERS = { tag: 'data-params="page,lang"' };
  bench("only the declared parameters stay in the address", TWO_PARAMETERS, async (own) => {
    const page = await own.open("p?page=2&secret=1&lang=fr#part");
    await own.hears(1);
    for (const query of [
      "?secret=1&lang=fr",
      "?secret=1",
      "?xpage=1&page2=1&pag=1&Page=1&lang",
      "?&&page=a%26b&=secret&page=3",
      "?%70age=1&undefined=secret",
    ])
      await push(page, query);
    assert.deepEqual(await own.hears(6), [
      "pageview p?page=2&lang=fr",
      "pageview p?lang=fr",
      "pageview p",
      "pageview p?lang",
      "pageview p?page=a%26b&page=3",
      "pageview p",
    ]);
  });

  bench("an empty list of parameters keeps none", { tag: 'data-params=""' }, async (own) => {
    await own.open("p?=secret&a=1");
    assert.deepEqual(await own.hears(1), ["pageview p"]);
  });

  bench("with hash routing, the address has the fragment", { tag: "data-hash" }, async (own) => {
    const page = await own.open("p?x=1#/one");
    await own.hears(1);
    await page.evaluate(() => (location.hash = "/two"));
    await own.hears(2);
    await page.evaluate(() => (location.hash = "/two"));
    await page.goBack();
    assert.deepEqual(await own.hears(3), ["pageview p#/one", "pageview p#/two", "pageview p#/one"]);
    assert.equal(own.events[1].r, `${own.site}p#/one`);
  });

  bench(
    "hash routing also works where only hashchange tells of it",
    {
      tag: "data-hash",
      init: 'addEventListener("popstate", (event) => event.stopImmediatePropagation(), true)',
    },
    async (own) => {
      const page = await own.open("p#/one");
      await own.hears(1);
      await page.evaluate(() => (location.hash = "/two"));
      assert.deepEqual(await own.hears(2), ["pageview p#/one", "pageview p#/two"]);
    },
  );

  bench("without hash routing, a change of the fragment is no page view", {}, async (own) => {
    const page = await own.open("p#one");
    await own.hears(1);
    await page.evaluate(() => (location.hash = "two"));
    await page.goBack();
    assert.deepEqual(await own.hears(1), ["pageview p"]);
  });

  bench(
    "the referrer comes without query and fragment",
    {
      pages: {
        from: {
          script: "",
          head: '<meta name="referrer" content="unsafe-url">',
          body: (own) => `<a href="${own.other}to">next</a>`,
        },
      },
    },
    async (own) => {
      const page = await own.open("from?secret=1#part");
      await page.click("a");
      await own.hears(1);
      assert.match(await page.evaluate(() => document.referrer), /secret/);
      assert.equal(own.events[0].r, `${own.site}from`);
      assert.equal(own.events[0].u, `${own.other}to`);
    },
  );

  bench(
    "a referrer with a fragment loses it as well",
    { init: 'Object.defineProperty(Document.prototype, "referrer", { value: "https://a.example/b#c?d" })' },
    async (own) => {
      await own.open();
      await own.hears(1);
      assert.equal(own.events[0].r, "https://a.example/b");
    },
  );

  bench("a missing page is told, and only that one", { tag: "data-missing" }, async (own) => {
    const page = await own.open("nowhere");
    await own.hears(1);
    await push(page, "somewhere");
    assert.deepEqual(await own.hears(2), ["missing nowhere", "pageview somewhere"]);
  });

  bench("a page that does not come from the web is not counted", {}, async (own) => {
    const folder = await mkdtemp(join(tmpdir(), "parvis-saved-"));
    try {
      const file = join(folder, "saved.html");
      await writeFile(file, `<script defer src="${own.service}t.js"></script>`);
      const page = await own.context.newPage();
      await page.goto(pathToFileURL(file).href);
      await until(() => page.evaluate(() => typeof window.parvis === "function"));
      assert.deepEqual(await own.hears(0), []);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
