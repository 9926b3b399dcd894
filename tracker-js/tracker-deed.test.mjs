// These tests watch, in a real browser, which clicks on links and features are told.

import assert from "node:assert/strict";

import { clickAll, STAY, suite } from "./suite.mjs";

suite("what the tracker tells of a page's use", (bench) => {
  // Links.

  bench(
    "a click on a link to another host is told, without its query",
    {
      body: (own) => `${STAY}
        <a id="plain" href="${own.other}plain?secret=1#secret">away</a>
        <a id="nested" href="${own.other}nested"><span>
        <svg width="20" height="20"><g><rect width="20" height="20"/></g></svg>
      </span></a>
        <a id="middle" href="${own.other}middle">away</a>
        <a id="password" href="${own.other.replace("//", "//me:secret@")}password">away</a>
        <div onclick="event.stopPropagation(); event.preventDefault()">
        <a id="stopped" href="${own.other}stopped">away</a>
      </div>`,
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
      const names = ["middle", "nested", "password", "plain", "stopped"];
      const expected = names.map((name) => `outbound p ${own.other}${name}`);
      assert.deepEqual(own.story.slice(1).sort(), expected);
      assert.doesNotMatch(own.messages.map(({ body }) => body).join(), /secret/);
      assert.deepEqual(Object.keys(own.events[1].p), ["url"]);
    },
  );

  bench(
    "links within the site, to other protocols or to nowhere are not outbound",
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

  const BUILT_IN =
    "7z csv doc docx epub gpkg gz iso mp3 mp4 odp ods odt pdf ppt pptx rar tar txt xls xlsx zip";
  const FILES = `${BUILT_IN} json sav`.split(" ").map((extension) => `file.${extension}`);

  bench(
    "a link to a file is a download, on any host, and not outbound as well",
    {
      tag: 'data-downloads="json,sav"',
      body: (own) => `${STAY}
        ${FILES.map((file) => `<a href="${file}">${file}</a>`).join(" ")}
        <a href="FILE.PDF">upper case</a> <a href="data.tar.gz?secret#secret">two</a>
        <a href="${own.other}else.pdf?secret">elsewhere</a>
        <a href="export?secret" download>made on demand</a>
        <a href="${own.other}export" download="name"><b>elsewhere</b></a>`,
    },
    async (own) => {
      const page = await own.open("p");
      await own.hears(1);
      const count = await clickAll(page, "a");
      await own.hears(1 + count);
      const expected = [
        ...FILES,
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
      body: `${STAY}<a href="pdf">no dot</a> <a href="a.pdf/b">folder</a>
        <a href="page.html">page</a> <a href="a?file=b.pdf">query</a> <a href="a#b.pdf">part</a>
        <a href="file.sav">undeclared</a> <a href="a.">dot</a>`,
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
      const used = ["inner p", "outer p", "partner p", "plain p", "search p", "share p"];
      const expected = [...used, `outbound p ${own.other}x`].sort();
      assert.deepEqual(own.story.slice(1).sort(), expected);
      assert.deepEqual(own.events.find(({ n }) => n === "share").p, { by: "mail" });
      assert.equal("p" in own.events.find(({ n }) => n === "plain"), false);
    },
  );
});
