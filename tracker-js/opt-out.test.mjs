// These tests check, in a real browser, that readers see whether they count and can decide.

import assert from "node:assert/strict";
import { until } from "./lab.mjs";
import { CONTROL, NO_TRACK, suite } from "./suite.mjs";

suite("the opt-out", (add) => {
  /** A test whose pages have the script and an element for it, unless it says otherwise. */
  const bench = (what, setting, act) =>
    add(
      what,
      {
        script: "",
        head: (own) => `<script defer src="${own.site}opt-out.js"></script>`,
        body: "<div data-parvis-opt-out>needs a script</div>",
        ...setting,
      },
      act,
    );

  const stored = (page) => page.evaluate(() => ({ ...localStorage }));
  const status = (page) => page.getByRole("status").textContent();
  const SIGNALS = { "Global Privacy Control": CONTROL, "Do Not Track": NO_TRACK };

  bench("the button sets and removes the marker, and the status says so", {}, async (own) => {
    const page = await own.open();
    assert.match(await status(page), /^Your visits .* are counted/);
    assert.deepEqual(await stored(page), {}, "looking stores nothing");

    await page.getByRole("button", { name: "Do not count my visits" }).click();
    assert.deepEqual(await stored(page), { parvis: "off" });
    assert.match(await status(page), /are not counted/);

    await page.reload();
    assert.match(await status(page), /are not counted/);

    await page.getByRole("button", { name: "Count my visits again" }).click();
    assert.deepEqual(await stored(page), {});
    assert.match(await status(page), /^Your visits .* are counted/);
    assert.equal(await page.getByText("needs a script").count(), 0);
  });

  bench("the keyboard works it and stays on the button", {}, async (own) => {
    const page = await own.open();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.deepEqual(await stored(page), { parvis: "off" });
    assert.deepEqual(
      await page.evaluate(() => [document.activeElement.localName, document.activeElement.type]),
      ["button", "button"],
    );
    await page.keyboard.press("Space");
    assert.deepEqual(await stored(page), {});
  });

  bench("the status is a live region whose text alone changes", {}, async (own) => {
    const page = await own.open();
    await page.evaluate(() => {
      window.changes = [];
      window.region = document.querySelector('[role="status"]');
      const observer = new MutationObserver((list) => window.changes.push(...list));
      observer.observe(window.region, { childList: true, characterData: true, subtree: true });
    });
    await page.click("button");
    assert.ok((await page.evaluate(() => window.changes.length)) > 0);
    const isSame = () => window.region === document.querySelector('[role="status"]');
    assert.equal(await page.evaluate(isSame), true);
  });

  for (const [lang, wording] of [
    ["en", /do not count me.*Nothing else is stored to count visits/],
    ["de", /do not count me.*Nothing else is stored to count visits/],
    ["fr", /ne me comptez pas.*Rien d’autre n’est enregistré/],
    ["fr-CA", /ne me comptez pas.*Rien d’autre n’est enregistré/],
  ])
    bench(`in ${lang}, it says in the right language what the marker is`, { lang }, async (own) => {
      const page = await own.open();
      const isFrench = lang.startsWith("fr");
      assert.match(await page.textContent("[data-parvis-opt-out]"), wording);
      assert.match(
        await status(page),
        isFrench ? /^Vos visites .* sont comptées/ : /^Your visits .* are counted/,
      );
      assert.equal(
        await page.textContent("button"),
        isFrench ? "Ne pas compter mes visites" : "Do not count my visits",
      );
    });

  for (const [name, init] of Object.entries(SIGNALS)) {
    bench(`with ${name}, it says that nothing is counted anyway`, { init }, async (own) => {
      const page = await own.open();
      assert.match(await status(page), /nothing is counted anyway/);
      await page.click("button");
      assert.match(await status(page), /nothing is counted anyway/);
    });
    bench(`with ${name}, it says so in French too`, { init, lang: "fr" }, async (own) => {
      const page = await own.open();
      assert.match(await status(page), /rien n’est compté/);
    });
  }

  for (const [lang, wording] of [
    ["en", /does not let this site store anything/],
    ["fr", /ne permet pas à ce site d’enregistrer/],
  ])
    bench(
      `where storage is closed to the page, it says so (${lang})`,
      {
        pages: {
          frame: { head: "", body: '<iframe sandbox="allow-scripts" src="framed"></iframe>' },
          framed: { lang },
        },
      },
      async (own) => {
        const page = await own.open("frame");
        const frame = page.frames()[1];
        assert.match(await frame.textContent('[role="status"]'), wording);
        assert.equal(await frame.locator("button").isVisible(), false);
      },
    );

  bench(
    "where storage turns out to be full, it says so",
    { init: 'Storage.prototype.setItem = () => { throw Error("full") }' },
    async (own) => {
      const page = await own.open();
      await page.click("button");
      assert.match(await status(page), /does not let this site store anything/);
      assert.equal(await page.locator("button").isVisible(), false);
    },
  );

  bench(
    "it needs neither inline styles nor text parsed as HTML",
    {
      pages: {
        page: {
          headers: {
            "content-security-policy":
              "default-src 'none'; script-src http: 'unsafe-inline'; img-src data:; " +
              "style-src 'none'; require-trusted-types-for 'script'",
          },
        },
      },
    },
    async (own, lab) => {
      const page = await own.open("page");
      await page.click("button");
      assert.match(await status(page), /are not counted/);
      assert.equal(await page.locator("[style], style").count(), 0);
      const forbidden = /innerHTML|outerHTML|insertAdjacentHTML|\.style|cssText/;
      assert.doesNotMatch(lab.scripts.optOut, forbidden);
    },
  );

  bench(
    "several elements and several tabs agree",
    { body: "<div data-parvis-opt-out></div><section data-parvis-opt-out></section>" },
    async (own) => {
      const [one, two] = [await own.open(), await own.open()];
      await one.locator("button").first().click();
      const refusals = (page) => page.getByText("Your visits to this site are not counted").count();
      assert.equal(await refusals(one), 2);
      await until(async () => (await refusals(two)) === 2, "the other tab's agreement");
    },
  );

  bench(
    "a script that is neither deferred nor last works as well",
    { head: (bench) => `<script src="${bench.site}opt-out.js"></script>` },
    async (own) => {
      const page = await own.open();
      assert.match(await status(page), /^Your visits .* are counted/);
    },
  );

  bench("the tracker obeys at once, and resumes at once", { script: "t.js" }, async (own) => {
    const page = await own.open("page");
    await own.hears(1);
    await page.click("button");
    await page.evaluate(() => window.parvis("unheard"));
    await page.evaluate(() => history.pushState(null, "", "unheard"));
    assert.deepEqual(await own.hears(1), ["pageview page"]);
    await page.click("button");
    await page.evaluate(() => window.parvis("heard"));
    assert.equal((await own.hears(2)).at(-1).split(" ")[0], "heard");
  });

  bench(
    "the script takes no name of the page's",
    { init: "window.before = Object.getOwnPropertyNames(window).concat('before')" },
    async (own) => {
      const page = await own.open();
      await status(page);
      const added = await page.evaluate(() =>
        Object.getOwnPropertyNames(window).filter((name) => !window.before.includes(name)),
      );
      assert.deepEqual(added, []);
    },
  );
});
