// These tests make sure, in a real browser, that the tracker harms neither page nor reader.

import assert from "node:assert/strict";

import { until } from "./lab.mjs";
import {
  advance,
  CONTROL,
  hide,
  NETWORK_MESSAGE,
  NO_TRACK,
  push,
  SHORT_DELAYS,
  STAY,
  suite,
} from "./suite.mjs";

suite("what the tracker leaves behind", (bench) => {
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
    NETWORK_MESSAGE,
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
    NETWORK_MESSAGE,
  );

  bench(
    "a policy that forbids the connection gives no fault",
    {
      init: SHORT_DELAYS,
      pages: { p: { headers: { "content-security-policy": "connect-src 'none'" } } },
      body: '<b data-parvis="used">use</b>',
    },
    async (own) => {
      const page = await own.open("p");
      await page.click("b");
      await until(() => page.evaluate(() => window.lab.delays.length === 2), "the repetitions");
      await page.waitForTimeout(200);
      const delays = await page.evaluate(() => window.lab.delays.length);
      assert.equal(delays, 2, "each message is repeated once");
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
    "no current script":
      'Object.defineProperty(Document.prototype, "currentScript", { get: () => null })',
    "no scripts": `for (const name of ["currentScript", "scripts"])
      Object.defineProperty(Document.prototype, name, { get: () => undefined })`,
    "no console": `console.warn = undefined; for (const name of ["currentScript", "scripts"])
      Object.defineProperty(Document.prototype, name, { get: () => [] })`,
    "no reflection": "window.Reflect = undefined",
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
          Object.values(BREAKAGES).map((code, place) => [
            `broken-${place}`,
            { head: `<script>${code}</script>` },
          ]),
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
    /^parvis: no tag$/,
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
      body: `<script>let ${[..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$"]}</script>
        <p id="parvis"></p>`,
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
    body: (own) => `${STAY}<b id="feature" data-parvis="used">use</b>
      <a id="outbound" href="${own.other}x">away</a> <a id="download" href="file.pdf">file</a>`,
  };
  const MARKER = 'if (location.host) localStorage.setItem("parvis", "off")';

  const withInit = (init) => ({ ...EVERYTHING, init: [...EVERYTHING.init, init] });
  for (const [name, init] of Object.entries({
    "Global Privacy Control": CONTROL,
    "Do Not Track": NO_TRACK,
    "the opt-out marker": MARKER,
  }))
    bench(`nothing at all is sent to a reader with ${name}`, withInit(init), async (own) => {
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
    NETWORK_MESSAGE,
  );

  bench(
    "a message that waits to be repeated is dropped when the reader refuses meanwhile",
    {
      answers: [503],
      init: `window.setTimeout = (act, milliseconds, ...input) => {
        window.repeat = () => act(...input);
      };`,
    },
    async (own) => {
      const page = await own.open();
      await own.hears(1);
      await until(() => page.evaluate(() => !!window.repeat), "the repetition");
      await page.evaluate(() => localStorage.setItem("parvis", "off"));
      await page.evaluate(() => window.repeat());
      assert.deepEqual(await own.hears(1), ["pageview page"]);
    },
    NETWORK_MESSAGE,
  );

  bench(
    "where storage is closed to the page, it counts as usual",
    {
      pages: {
        frame: { script: "", body: '<iframe sandbox="allow-scripts" src="framed"></iframe>' },
        framed: {
          body: `<script>
            document.title = "closed";
            try { localStorage; document.title = "open" } catch {}
          </script>`,
        },
      },
    },
    async (own) => {
      const page = await own.open("frame");
      assert.deepEqual(await own.hears(1), ["pageview framed"]);
      assert.equal(await page.frames()[1].title(), "closed");
    },
  );

  const FRESH = { ...EVERYTHING, isFresh: true };
  bench("after all this, the browser has kept nothing", FRESH, async (own) => {
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
    const nothing = { cookie: "", local: 0, session: 0, databases: 0, name: "", state: "{}" };
    assert.deepEqual(kept, nothing);
    assert.deepEqual(await own.context.cookies(), []);
    assert.deepEqual((await own.context.storageState({ indexedDB: true })).origins, []);
  });
});
