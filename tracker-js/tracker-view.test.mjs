// These tests watch, in a real browser, when a page counts and how long it is read.

import assert from "node:assert/strict";

import { until } from "./lab.mjs";
import { advance, hide, push, suite } from "./suite.mjs";

suite("when the tracker counts a page", (bench) => {
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

  const FEATURE = { body: '<b data-parvis="used">use</b>' };
  bench("a page that is never shown tells nothing", FEATURE, async (own) => {
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
            `<script type="speculationrules">{"prerender": [
              {"source": "list", "eagerness": "immediate", "urls": ["${own.site}second"]}
            ]}</script>`,
          body: `<script>
            const isReady = async () => (await (await fetch("state")).text()).includes("ready");
            const go = () => (location.href = "second");
            const wait = async () => (await isReady() ? go() : setTimeout(wait, 50));
            wait();
          </script>`,
        },
        state: { script: "", body: (own) => (own.isReady ? "ready" : "") },
        // A module runs after the tracker, so its request tells that the tracker had its occasion.
        second: {
          body: '<script type="module">fetch("prepared?" + document.visibilityState)</script>',
        },
      },
    },
    async (own, lab) => {
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
        // The service drops what a browser says it sends in advance.
        for (const { headers } of own.messages) assert.equal(headers["sec-purpose"], undefined);
      } finally {
        await reader.close();
      }
    },
  );

  bench("a single-page navigation counts, with the previous page as referrer", {}, async (own) => {
    const page = await own.open("one?x=1");
    await own.hears(1);
    await push(page, "two?y=1#z");
    await page.evaluate(() => history.replaceState(null, "", "three"));
    await page.evaluate(() => history.back());
    await own.hears(4);
    const trail = own.events.map(({ u, r }) => [u, r].map((url) => url.replace(own.site, "")));
    assert.deepEqual(trail, [
      ["one", ""],
      ["two", "one"],
      ["three", "two"],
      ["one", "three"],
    ]);
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
        history.replaceState = function (...input) {
          original.apply(this, input);
          return "returned";
        };`,
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
    await page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false })),
    );
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

  bench("reading time is told when the page is hidden, and stops meanwhile", {}, async (own) => {
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

  bench("a single-page navigation ends the reading of the page it leaves", {}, async (own) => {
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
    const expected = ["pageview one", "pageview two", "time one 11s", "time two 3s"];
    assert.deepEqual(own.story.sort(), expected);
    const { r } = own.events.find(({ p }) => p?.seconds === 11);
    assert.equal(r, "", "the time belongs to the old page");
  });

  bench("reading time is the browser's own", { init: "window.lab.thaw()" }, async (own) => {
    const page = await own.open();
    const start = Date.now();
    await page.waitForTimeout(1100);
    await hide(page, true);
    const longest = (Date.now() - start) / 1000 + 1;
    await own.hears(2);
    const { seconds } = own.events[1].p;
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= longest, `${seconds} s`);
  });

  const END = { pages: { end: { script: "" } } };
  bench("reading time survives the end of the page", END, async (own) => {
    const page = await own.open();
    await own.hears(1);
    await advance(page, 12);
    await page.evaluate(() => (location.href = "end"));
    assert.deepEqual(await own.hears(2), ["pageview page", "time page 12s"]);
  });
});
