// These tests watch, in a real browser, what the tracker tells the service and what it leaves behind.

import assert from "node:assert/strict";
import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { openLab, until } from "./lab.mjs";

let lab;

/** A test with a bench of its own, which must end without a fault or a complaint that it did not announce. */
const bench = (name, setting, act, allowed) =>
  test(name, async () => {
    const own = await lab.openBench(setting);
    try {
      await act(own);
      const complaints = own.complaints.filter((text) => !allowed?.test(text));
      assert.deepEqual(complaints, [], "nothing is said in the console");
      for (const page of own.context.pages())
        assert.deepEqual(await page.evaluate(() => window.lab?.faults ?? []), [], "no fault reaches the page");
    } finally {
      await own.close();
    }
  });

/** The page's own code that keeps clicked links from leading away, so that one page serves many clicks. */
const STAY = `<script>for (const kind of ["click", "auxclick"])
  document.addEventListener(kind, (event) => event.preventDefault());</script>`;

const push = (page, url) => page.evaluate((to) => history.pushState({}, "", to), url);
const hide = (page, isHidden) => page.evaluate((hidden) => window.lab.hide(hidden), isHidden);
const advance = (page, seconds) => page.evaluate((by) => window.lab.advance(by), seconds);
const RUNNING_CLOCK = "window.lab.thaw()";
/** Clicks on many elements at once, and returns how many there were. */
const clickAll = (page, selector) =>
  page.evaluate((which) => {
    const elements = document.querySelectorAll(which);
    for (const element of elements) element.click();
    return elements.length;
  }, selector);
const SHORT_DELAYS = "window.lab.hasten()";

// Most of a test's time is spent waiting for what must not happen, so a few run side by side.
describe("the tracker", { concurrency: 3 }, () => {
  before(async () => (lab = await openLab()));
  after(() => lab?.close());

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
    assert.deepEqual(Object.keys(event).sort(), ["k", "n", "r", "u", "w"]);
    assert.equal(event.u, `${own.site}page`);
    assert.equal(event.r, "");
    assert.equal(event.w, await page.evaluate(() => innerWidth));
  });

  bench("each message has a random key of 64 bits or more, even where the page is not secure", {}, async (own) => {
    const page = await own.open();
    assert.equal(await page.evaluate(() => isSecureContext), false);
    await page.evaluate(() => {
      for (let count = 0; count < 40; count += 1) window.parvis("again");
    });
    await own.hears(41);
    const keys = own.events.map(({ k }) => k);
    assert.equal(new Set(keys).size, 41);
    // Three numbers of 32 bits each, of which no bit is always set or always clear.
    for (const place of [0, 1, 2]) {
      const numbers = keys.map((key) => BigInt(key.split(",")[place]));
      const all = (1n << 32n) - 1n;
      assert.equal(numbers.reduce((sum, number) => sum | number), all);
      assert.equal(numbers.reduce((common, number) => common & number), 0n);
    }
  });

  const ENDPOINTS = {
    "t.js": "api/event",
    "t-1a2b3c4d5e6f.js": "api/event",
    "a/prefix/t.js": "a/prefix/api/event",
    "another/t-1a2b3c4d5e6f.js?x=/y/#/z": "another/api/event",
  };
  bench(
    "the service is next to the script, wherever that is",
    { pages: Object.fromEntries(Object.keys(ENDPOINTS).map((script, place) => [`page-${place}`, { script }])) },
    async (own) => {
      const endpoints = Object.values(ENDPOINTS);
      for (const place of endpoints.keys()) await own.open(`page-${place}`);
      await own.hears(endpoints.length);
      for (const [place, endpoint] of endpoints.entries())
        assert.equal(own.messages.find(({ body }) => body.includes(`page-${place}"`)).path, endpoint);
    },
  );

  bench("the site's name on the tag is sent along", { tag: 'data-site="example.org"' }, async (own) => {
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
    await own.open(own.site.replace("//", "//reader:secret@") + "other?=secret");
    assert.deepEqual(await own.hears(2), ["pageview page", "pageview other"]);
    assert.doesNotMatch(own.messages.map(({ body }) => body).join(), /secret/);
  });

  bench("only the declared parameters stay in the address", { tag: 'data-params="page,lang"' }, async (own) => {
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

  bench("with hash routing, the fragment is part of the address", { tag: "data-hash" }, async (own) => {
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
    { tag: "data-hash", init: 'addEventListener("popstate", (event) => event.stopImmediatePropagation(), true)' },
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
    { init: 'Object.defineProperty(document, "referrer", { get: () => "https://a.example/b#c?d" })' },
    async (own) => {
      await own.open();
      await own.hears(1);
      assert.equal(own.events[0].r, "https://a.example/b");
    },
  );

  bench("a missing page is told as such, and those navigated to are not", { tag: "data-missing" }, async (own) => {
    const page = await own.open("nowhere");
    await own.hears(1);
    await push(page, "somewhere");
    assert.deepEqual(await own.hears(2), ["missing nowhere", "pageview somewhere"]);
  });

  test("a page that does not come from the web is not counted", async () => {
    const own = await lab.openBench();
    const folder = await mkdtemp(join(tmpdir(), "parvis-saved-"));
    try {
      await writeFile(join(folder, "saved.html"), `<script defer src="${own.service}t.js"></script>`);
      const page = await own.context.newPage();
      await page.goto(pathToFileURL(join(folder, "saved.html")).href);
      await until(() => page.evaluate(() => typeof window.parvis === "function"));
      assert.deepEqual(await own.hears(0), []);
    } finally {
      await own.close();
      await rm(folder, { recursive: true });
    }
  });

  // When a page is counted.

  bench("a page opened in the background counts once it is shown", {}, async (own) => {
    const page = await own.open("page", { isHidden: true });
    assert.deepEqual(await own.hears(0), []);
    await hide(page, false);
    assert.deepEqual(await own.hears(1), ["pageview page"]);
    await hide(page, true);
    await hide(page, false);
    assert.deepEqual(await own.hears(1), ["pageview page"]);
  });

  bench("a page that is never shown tells nothing", { body: '<b data-parvis="used">use</b>' }, async (own) => {
    const page = await own.open("page", { isHidden: true });
    await page.evaluate(() => window.parvis("early"));
    await push(page, "next");
    await page.click("b");
    await page.goto("about:blank");
    assert.deepEqual(await own.hears(0), []);
  });

  bench(
    "a page that the browser prepares in advance counts when it is really opened",
    {
      isSecure: true,
      pages: {
        first: {
          head: (own) =>
            `<script type="speculationrules">{"prerender":[{"source":"list","eagerness":"immediate","urls":["${own.site}second"]}]}</script>`,
          body: `<script>
            const isReady = async () => (await (await fetch("state")).text()).includes("ready");
            const wait = async () => (await isReady()) ? (location.href = "second") : setTimeout(wait, 50);
            wait();
          </script>`,
        },
        state: { script: "", body: (own) => (own.isReady ? "ready" : "") },
        // A module runs after the tracker, so its request tells that the tracker had its occasion.
        second: { body: '<script type="module">fetch("prepared?" + document.visibilityState)</script>' },
      },
    },
    async (own) => {
      const views = () => own.story.filter((line) => !line.startsWith("time"));
      const asked = (path) => own.requests.filter((request) => request.path === path);
      const reader = await lab.openReader(`${own.site}first`);
      try {
        await until(() => asked("prepared").length, "the preparation of the second page");
        assert.match(asked("second")[0].headers["sec-purpose"], /prerender/);
        assert.match(asked("prepared")[0].url, /hidden$/);
        await own.hears(1);
        assert.deepEqual(views(), ["pageview first"]);
        own.isReady = true;
        await own.hears(2);
        await until(() => views().length === 2, "the second page's view");
        assert.deepEqual(views(), ["pageview first", "pageview second"]);
        assert.equal(asked("prepared").length, 1, "the prepared page is the one that was shown");
      } finally {
        await reader.close();
      }
    },
  );

  bench("single-page navigations count, each with the previous page as referrer", {}, async (own) => {
    const page = await own.open("one?x=1");
    await own.hears(1);
    await push(page, "two?y=1#z");
    await page.evaluate(() => history.replaceState(null, "", "three"));
    await page.evaluate(() => history.back());
    assert.deepEqual(await own.hears(4), ["pageview one", "pageview two", "pageview three", "pageview one"]);
    assert.deepEqual(
      own.events.map(({ r }) => r.replace(own.site, "")),
      ["", "one", "two", "three"],
    );
  });

  bench("a navigation that only changes what is stripped does not count", {}, async (own) => {
    const page = await own.open("one?x=1");
    await push(page, "one?x=2");
    await push(page, "?x=3#part");
    await page.evaluate(() => history.replaceState(1, ""));
    await page.goBack();
    assert.deepEqual(await own.hears(1), ["pageview one"]);
  });

  bench("navigations in the background count when the page is shown again", {}, async (own) => {
    const page = await own.open("one");
    await own.hears(1);
    await hide(page, true);
    await push(page, "two");
    await push(page, "three");
    assert.deepEqual(await own.hears(1), ["pageview one"]);
    await hide(page, false);
    assert.deepEqual(await own.hears(2), ["pageview one", "pageview three"]);
    assert.equal(own.events[1].r, `${own.site}one`);
  });

  bench(
    "the wrapped functions of the history behave as the original ones",
    {
      init: `const original = history.replaceState;
        history.replaceState = function (...input) { original.apply(this, input); return "returned"; };`,
    },
    async (own) => {
      const page = await own.open("one");
      const seen = await page.evaluate(() => {
        const failure = (act) => {
          try {
            return act();
          } catch (error) {
            return error.name;
          }
        };
        const { pushState } = history;
        return {
          returned: history.replaceState(null, "", "two"),
          nothing: history.pushState({ kept: 7 }, "", "three"),
          state: history.state,
          path: location.pathname.split("/").pop(),
          unclonable: failure(() => history.pushState(() => {}, "", "four")),
          foreign: failure(() => history.pushState(null, "", "https://elsewhere.test/")),
          detached: failure(() => pushState.call({}, null, "", "five")),
          few: failure(() => history.pushState()),
        };
      });
      assert.deepEqual(seen, {
        returned: "returned",
        nothing: undefined,
        state: { kept: 7 },
        path: "three",
        unclonable: "DataCloneError",
        foreign: "SecurityError",
        detached: "TypeError",
        few: "TypeError",
      });
      assert.deepEqual(await own.hears(3), ["pageview one", "pageview two", "pageview three"]);
    },
  );

  bench(
    "a page brought back by the back button counts again",
    { pages: { second: { script: "" } }, body: '<a href="second">next</a>' },
    async (own) => {
      const page = await own.open("first");
      await own.hears(1);
      await page.click("a");
      await page.waitForURL("**/second");
      await page.evaluate(() => void history.back());
      await page.waitForURL("**/first", { waitUntil: "commit" });
      assert.deepEqual(await own.hears(2), ["pageview first", "pageview first"]);
      const asked = own.requests.filter(({ path }) => path === "first").length;
      assert.equal(asked, 1, "the page came from the browser's own memory");
    },
  );

  bench("an ordinary load's pageshow does not count again", {}, async (own) => {
    const page = await own.open();
    await own.hears(1);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false })));
    assert.deepEqual(await own.hears(1), ["pageview page"]);
  });

  bench(
    "a script included twice counts once",
    {
      head: (own) => `<script defer src="${own.service}t.js"></script>`,
      body: '<b data-parvis="used">use</b>',
    },
    async (own) => {
      const page = await own.open("one");
      await page.addScriptTag({ url: `${own.service}t-1a2b3c4d5e6f.js` });
      await page.click("b");
      await push(page, "two");
      assert.deepEqual(await own.hears(3), ["pageview one", "used one", "pageview two"]);
    },
  );

  // Reading time.

  bench("reading time is told when the page is hidden, without the time in the background", {}, async (own) => {
    const page = await own.open();
    await advance(page, 7.4);
    await hide(page, true);
    await advance(page, 100);
    await hide(page, false);
    await advance(page, 2.5);
    await hide(page, true);
    await hide(page, true);
    assert.deepEqual(await own.hears(3), ["pageview page", "time page 7s", "time page 3s"]);
  });

  bench("reading time that rounds to nothing is not told", {}, async (own) => {
    const page = await own.open();
    await advance(page, 0.4);
    await hide(page, true);
    await hide(page, false);
    await hide(page, true);
    assert.deepEqual(await own.hears(1), ["pageview page"]);
  });

  bench("a page opened in the background is read from when it is shown", {}, async (own) => {
    const page = await own.open("page", { isHidden: true });
    await advance(page, 50);
    await hide(page, false);
    await advance(page, 4);
    await hide(page, true);
    assert.deepEqual(await own.hears(2), ["pageview page", "time page 4s"]);
  });

  bench("a single-page navigation tells the reading time of the page it leaves", {}, async (own) => {
    const page = await own.open("one");
    await own.hears(1);
    await advance(page, 5);
    await push(page, "one?still=here");
    await advance(page, 6);
    await push(page, "two");
    await own.hears(3);
    await advance(page, 3);
    await hide(page, true);
    await push(page, "three");
    await own.hears(4);
    assert.deepEqual(own.story.sort(), ["pageview one", "pageview two", "time one 11s", "time two 3s"]);
    assert.equal(own.events.find(({ p }) => p?.seconds === 11).r, "", "the time belongs to the old page");
  });

  bench("reading time is that of the browser's clock", { init: RUNNING_CLOCK }, async (own) => {
    const page = await own.open();
    const start = Date.now();
    await page.waitForTimeout(1100);
    await hide(page, true);
    const longest = (Date.now() - start) / 1000 + 1;
    await own.hears(2);
    const { seconds } = own.events[1].p;
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= longest, `${seconds} s`);
  });

  bench("reading time survives the end of the page", { pages: { end: { script: "" } } }, async (own) => {
    const page = await own.open();
    await own.hears(1);
    await advance(page, 12);
    await page.evaluate(() => (location.href = "end"));
    assert.deepEqual(await own.hears(2), ["pageview page", "time page 12s"]);
  });

  // Links.

  bench(
    "a click on a link to another host is told, without its query",
    {
      body: (own) => `${STAY}
        <a id="plain" href="${own.other}plain?secret=1#secret">away</a>
        <a id="nested" href="${own.other}nested"><span><svg width="20" height="20"><g><rect width="20" height="20"/></g></svg></span></a>
        <a id="middle" href="${own.other}middle">away</a>
        <a id="password" href="${own.other.replace("//", "//me:secret@")}password">away</a>
        <div onclick="event.stopPropagation(); event.preventDefault()"><a id="stopped" href="${own.other}stopped">away</a></div>`,
    },
    async (own) => {
      const page = await own.open("p");
      await own.hears(1);
      await page.click("#plain");
      await page.click("#nested rect");
      await page.click("#middle", { button: "middle" });
      await page.click("#password");
      await page.click("#stopped");
      await own.hears(6);
      assert.deepEqual(
        own.story.slice(1).sort(),
        ["middle", "nested", "password", "plain", "stopped"].map((name) => `outbound p ${own.other}${name}`),
      );
      assert.doesNotMatch(own.messages.map(({ body }) => body).join(), /secret/);
      assert.deepEqual(Object.keys(own.events[1].p), ["url"]);
    },
  );

  bench(
    "links within the site, to other protocols or to nowhere are not outbound, nor is the right button",
    {
      body: (own) => `${STAY}
        <a href="inside">inside</a> <a href="#part">part</a> <a>nowhere</a> <a href="">here</a>
        <a href="mailto:someone@elsewhere.test">mail</a> <a href="tel:+3310000">call</a>
        <a href="javascript:void 0">script</a> <a href="data:text/plain,secret" download>data</a>
        <a href="ftp://elsewhere.test/x">ftp</a> <a href="http://">broken</a> <b>none</b>
        <i><a href="${own.other}">menu</a></i>`,
    },
    async (own) => {
      const page = await own.open("p");
      await own.hears(1);
      assert.equal(await clickAll(page, "body > a, b"), 11);
      await page.click("i a", { button: "right" });
      assert.deepEqual(await own.hears(1), ["pageview p"]);
    },
  );

  bench(
    "a link that really leads away is told even though the page ends",
    { pages: { away: { script: "" } }, body: (own) => `<a href="${own.other}away">away</a>` },
    async (own) => {
      const page = await own.open("p");
      await own.hears(1);
      await page.click("a");
      await page.waitForURL("**/away");
      assert.deepEqual(await own.hears(2), ["pageview p", `outbound p ${own.other}away`]);
    },
  );

  const EXTENSIONS =
    "pdf zip csv xls xlsx doc docx ppt pptx ods odt odp 7z gz rar tar json xml epub mp3 mp4 txt".split(" ");

  bench(
    "a link to a file is a download, on any host, and not outbound as well",
    {
      tag: 'data-downloads="gpkg,sav"',
      body: (own) => `${STAY}
        ${[...EXTENSIONS, "gpkg", "sav"].map((kind) => `<a href="file.${kind}">${kind}</a>`).join(" ")}
        <a href="FILE.PDF">upper case</a> <a href="data.tar.gz?secret#secret">two</a>
        <a href="${own.other}else.pdf?secret">elsewhere</a> <a href="export?secret" download>made on demand</a>
        <a href="${own.other}export" download="name"><b>elsewhere</b></a>`,
    },
    async (own) => {
      const page = await own.open("p");
      await own.hears(1);
      const count = await clickAll(page, "a");
      await own.hears(1 + count);
      const expected = [
        ...[...EXTENSIONS, "gpkg", "sav"].map((kind) => `file.${kind}`),
        "FILE.PDF",
        "data.tar.gz",
        `${own.other}else.pdf`,
        "export",
        `${own.other}export`,
      ].map((url) => `download p ${url}`);
      assert.deepEqual(own.story.slice(1).sort(), expected.sort());
      assert.doesNotMatch(own.messages.map(({ body }) => body).join(), /secret/);
    },
  );

  bench(
    "a link that only resembles a file is no download",
    {
      body: `${STAY}<a href="pdf">no dot</a> <a href="a.pdf/b">folder</a> <a href="page.html">page</a>
        <a href="a?file=b.pdf">query</a> <a href="a#b.pdf">part</a> <a href="file.gpkg">undeclared</a>
        <a href="a.">dot</a>`,
    },
    async (own) => {
      const page = await own.open("p");
      await own.hears(1);
      assert.equal(await clickAll(page, "a"), 7);
      assert.deepEqual(await own.hears(1), ["pageview p"]);
    },
  );

  // Features.

  bench(
    "the use of a declared feature is told, by clicks and by the page's code",
    {
      body: (own) => `${STAY}<button data-parvis="search"><span>find</span></button>
        <div data-parvis="outer"><b data-parvis="inner">in</b><i>out</i></div>
        <u data-parvis="">unnamed</u> <s data-parvis-opt-out>other</s>
        <a data-parvis="partner" href="${own.other}x">both</a>`,
    },
    async (own) => {
      const page = await own.open("p");
      await own.hears(1);
      await page.click("span");
      await page.click("b");
      await page.click("i");
      await page.click("s");
      // The middle button follows a link, but it uses nothing else.
      await page.click("button", { button: "middle" });
      await page.evaluate(() => window.parvis("share", { by: "mail" }));
      assert.equal(await page.evaluate(() => window.parvis("plain")), undefined);
      await own.hears(6);
      await page.click("a");
      await own.hears(8);
      assert.deepEqual(
        own.story.slice(1).sort(),
        ["inner p", "outer p", `outbound p ${own.other}x`, "partner p", "plain p", "search p", "share p"].sort(),
      );
      assert.deepEqual(own.events.find(({ n }) => n === "share").p, { by: "mail" });
      assert.equal("p" in own.events.find(({ n }) => n === "plain"), false);
    },
  );

  // Failures.

  bench(
    "a failure is tried once more with the same text, a refusal is final",
    { init: SHORT_DELAYS },
    async (own) => {
      const page = await own.open();
      await own.hears(1);
      for (const [status, repeats] of [
        [500, 1],
        [503, 1],
        [429, 1],
        ["dead", 1],
        [202, 0],
        [400, 0],
        [404, 0],
        [413, 0],
      ]) {
        await page.evaluate(() => (window.lab.delays.length = 0));
        own.messages.length = 0;
        own.answers.push(...Array(1 + repeats).fill(status));
        await page.evaluate(() => window.parvis("used"));
        await own.hears(1 + repeats);
        const bodies = own.messages.map(({ body }) => body);
        assert.equal(bodies.length, 1 + repeats, `after ${status}`);
        assert.equal(new Set(bodies).size, 1, `after ${status}`);
        const delays = await page.evaluate(() => window.lab.delays);
        assert.equal(delays.length, repeats, `after ${status}`);
        for (const delay of delays) assert.ok(delay >= 2000 && delay <= 8000, `${delay} ms`);
      }
    },
    /Failed to load resource/,
  );

  bench(
    "repeated messages are spread over time",
    { answers: Array(20).fill(503), init: SHORT_DELAYS },
    async (own) => {
      const page = await own.open();
      await page.evaluate(() => [1, 2, 3, 4].forEach(() => window.parvis("again")));
      await own.hears(10);
      assert.equal(new Set(await page.evaluate(() => window.lab.delays)).size, 5);
    },
    /Failed to load resource/,
  );

  bench(
    "a policy that forbids the connection gives no fault",
    { init: SHORT_DELAYS, pages: { p: { headers: { "content-security-policy": "connect-src 'none'" } } }, body: '<b data-parvis="used">use</b>' },
    async (own) => {
      const page = await own.open("p");
      await page.click("b");
      await until(() => page.evaluate(() => window.lab.delays.length === 2), "the repetitions");
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => window.lab.delays.length), 2, "each message is repeated once");
      assert.deepEqual(await own.hears(0), []);
    },
    /Content Security Policy|Fetch API cannot load/,
  );

  const BREAKAGES = {
    "no fetch": "window.fetch = undefined",
    "a fetch that throws": 'window.fetch = () => { throw Error("broken") }',
    "a fetch that returns nothing": "window.fetch = () => {}",
    "a fetch that rejects": "window.fetch = () => Promise.reject()",
    "no JSON": 'JSON.stringify = () => { throw Error("broken") }',
    "no random numbers": "Crypto.prototype.getRandomValues = undefined",
    "no URL": "window.URL = undefined",
    "no closest": "Element.prototype.closest = undefined",
    "no clock": "performance.now = undefined",
    "a frozen history": "Object.freeze(history)",
    "broken arrays": "Array.prototype.includes = Array.prototype.map = undefined",
    "broken strings": "String.prototype.split = String.prototype.replace = undefined",
    "a script that is not the current one": 'Object.defineProperty(document, "currentScript", { value: null })',
  };
  bench(
    "a page that breaks what the tracker needs lives on",
    {
      init: SHORT_DELAYS,
      body: '<b data-parvis="used">use</b>',
      pages: {
        all: {
          script: "",
          body: Object.keys(BREAKAGES)
            .map((name, place) => `<iframe title="${name}" src="broken-${place}"></iframe>`)
            .join(""),
        },
        ...Object.fromEntries(
          Object.values(BREAKAGES).map((code, place) => [`broken-${place}`, { head: `<script>${code}</script>` }]),
        ),
      },
    },
    async (own) => {
      const page = await own.open("all");
      const frames = page.frames().slice(1);
      assert.equal(frames.length, Object.keys(BREAKAGES).length);
      for (const [place, name] of Object.keys(BREAKAGES).entries()) {
        const lives = () => {
          document.querySelector("b").click();
          document.dispatchEvent(new MouseEvent("click"));
          window.parvis?.("used");
          history.pushState(1, "", "elsewhere");
          window.lab.hide(true);
          return history.state === 1 && location.pathname.endsWith("/elsewhere");
        };
        assert.equal(await frames[place].evaluate(lives), true, name);
      }
      await page.waitForTimeout(100);
      for (const [place, name] of Object.keys(BREAKAGES).entries())
        assert.deepEqual(await frames[place].evaluate(() => window.lab.faults), [], name);
    },
  );

  bench("properties that cannot be written down do no harm", {}, async (own) => {
    const page = await own.open("p");
    await page.evaluate(() => {
      const loop = {};
      loop.loop = loop;
      window.parvis("loop", loop);
      window.parvis("big", { number: 1n });
    });
    assert.deepEqual(await own.hears(1), ["pageview p"]);
  });

  bench(
    "clicks keep their effect, and the page's own listeners hear them untouched",
    { body: '<label><input type="checkbox" data-parvis="box"> tick</label>' },
    async (own) => {
      const page = await own.open("p");
      const untouched = await page.evaluate(() => {
        let prevented;
        addEventListener("click", (event) => (prevented = event.defaultPrevented));
        document.querySelector("input").click();
        return prevented === false && document.querySelector("input").checked;
      });
      assert.equal(untouched, true);
      assert.deepEqual(await own.hears(2), ["pageview p", "box p"]);
    },
  );

  bench(
    "the tracker takes no name of the page's, and works next to an element called parvis",
    {
      init: "window.before = Object.getOwnPropertyNames(window).concat('before')",
      body: `<script>let ${[..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$"].join()}</script><p id="parvis"></p>`,
    },
    async (own) => {
      const page = await own.open("p");
      assert.deepEqual(await own.hears(1), ["pageview p"]);
      const added = await page.evaluate(() =>
        Object.getOwnPropertyNames(window).filter((name) => !window.before.includes(name)),
      );
      assert.deepEqual(added, ["parvis"]);
      assert.equal(await page.evaluate(() => typeof window.parvis), "function");
    },
  );

  // Refusal and privacy.

  /** Does everything that the tracker tells of, and waits until the page is over. */
  const doEverything = async (own, page) => {
    await page.evaluate(() => window.parvis("code", { a: 1 }));
    await page.click("#feature");
    await page.click("#outbound");
    await page.click("#download");
    await advance(page, 9);
    await push(page, "two");
    await advance(page, 9);
    await hide(page, true);
    await hide(page, false);
  };
  const EVERYTHING = {
    init: [SHORT_DELAYS],
    body: (own) => `${STAY}<b id="feature" data-parvis="used">use</b> <a id="outbound" href="${own.other}x">away</a>
      <a id="download" href="file.pdf">file</a>`,
  };
  const CONTROL = 'Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true })';
  const NO_TRACK = 'Object.defineProperty(Navigator.prototype, "doNotTrack", { get: () => "1" })';
  const MARKER = 'if (location.host) localStorage.setItem("parvis", "off")';

  for (const [name, init] of Object.entries({
    "Global Privacy Control": CONTROL,
    "Do Not Track": NO_TRACK,
    "the opt-out marker": MARKER,
  }))
    bench(`nothing at all is sent to a reader with ${name}`, { ...EVERYTHING, init: [...EVERYTHING.init, init] }, async (own) => {
      const page = await own.open("one");
      assert.equal(await page.evaluate(() => typeof window.parvis), "function");
      await doEverything(own, page);
      await page.goto("about:blank");
      assert.deepEqual(await own.hears(0), []);
      assert.equal(own.requests.filter(({ path }) => path.endsWith("api/event")).length, 0);
    });

  bench(
    "other values of these settings are no refusal",
    {
      init: [
        CONTROL.replace("true", "false"),
        NO_TRACK.replace('"1"', '"0"'),
        'localStorage.setItem("parvis", "on")',
      ],
    },
    async (own) => {
      await own.open();
      assert.deepEqual(await own.hears(1), ["pageview page"]);
    },
  );

  bench(
    "a refusal holds from the moment it is expressed, even for what was to be repeated",
    { answers: [503], init: SHORT_DELAYS },
    async (own) => {
      const page = await own.open();
      await page.evaluate(() => localStorage.setItem("parvis", "off"));
      // The page's view may have been repeated before the refusal, hence the count at this point.
      await own.hears(1);
      const count = own.messages.length;
      await page.evaluate(() => window.parvis("used"));
      await push(page, "next");
      await page.waitForTimeout(100);
      assert.equal((await own.hears(1)).length, count);
      await page.evaluate(() => localStorage.removeItem("parvis"));
      await page.evaluate(() => window.parvis("used"));
      await own.hears(count + 1);
      assert.equal(own.events.at(-1).n, "used");
    },
    /Failed to load resource/,
  );

  bench(
    "a message that waits to be repeated is dropped when the reader refuses meanwhile",
    {
      answers: [503],
      init: `window.setTimeout = (act, milliseconds, ...input) => { window.repeat = () => act(...input) }`,
    },
    async (own) => {
      const page = await own.open();
      await own.hears(1);
      await until(() => page.evaluate(() => !!window.repeat), "the repetition");
      await page.evaluate(() => localStorage.setItem("parvis", "off"));
      await page.evaluate(() => window.repeat());
      assert.deepEqual(await own.hears(1), ["pageview page"]);
    },
    /Failed to load resource/,
  );

  bench(
    "where storage is closed to the page, it counts as usual",
    {
      pages: {
        frame: { script: "", body: '<iframe sandbox="allow-scripts" src="framed"></iframe>' },
        framed: {
          body: `<script>try { localStorage; document.title = "open" } catch { document.title = "closed" }</script>`,
        },
      },
    },
    async (own) => {
      const page = await own.open("frame");
      assert.deepEqual(await own.hears(1), ["pageview framed"]);
      assert.equal(await page.frames()[1].title(), "closed");
    },
  );

  bench("after all this, the browser has kept nothing", EVERYTHING, async (own) => {
    const page = await own.open("one");
    await doEverything(own, page);
    await own.hears(8);
    assert.deepEqual(
      new Set(own.events.map(({ n }) => n)),
      new Set(["pageview", "time", "outbound", "download", "used", "code"]),
    );
    const kept = await page.evaluate(async () => ({
      cookie: document.cookie,
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      name: window.name,
      state: JSON.stringify(history.state),
    }));
    assert.deepEqual(kept, { cookie: "", local: 0, session: 0, databases: 0, name: "", state: "{}" });
    assert.deepEqual(await own.context.cookies(), []);
    assert.deepEqual((await own.context.storageState({ indexedDB: true })).origins, []);
  });
});
