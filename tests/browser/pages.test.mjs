// Every page is for everybody: axe-core and html-validate find nothing, in both themes and widths.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";

import { HtmlValidate } from "html-validate";

import { administrator, DEMO_PAGES, reader, start, stop } from "./service.mjs";

const TAGS = [
  "wcag2a",
  "wcag2aa",
  "wcag21a",
  "wcag21aa",
  "wcag22aa",
  "RGAAv4",
  "EN-301-549",
  "best-practice",
];

// The pages that every language has.
const IN_EVERY_LANGUAGE = [
  "/",
  "/?find=nothing-is-called-so",
  "/sites/demo.localhost",
  "/sites/demo.localhost?period=today",
  "/sites/demo.localhost?period=all&compare=none&metric=visitors",
  "/sites/demo.localhost?filter=page:is:/demo/",
  "/sites/demo.localhost?period=nonsense",
  "/sites/demo.localhost/page",
  "/sites/demo.localhost/page?find=nothing-is-called-so",
  "/sites/demo.localhost/embed",
  "/embed/demo.localhost",
  "/embed/demo.localhost?by=country",
  "/compare",
  "/compare?site=demo.localhost&period=2026-01&period=28d&show=index",
  "/compare?site=demo.localhost&site=no-such-site.example",
  "/data",
  "/data?find=nothing-is-called-so",
  "/data/demo.localhost/",
  "/data/demo.localhost/pages",
  "/releases",
  "/api",
  "/indicators",
  "/reuses",
  "/reuses?dataset=/data/demo.localhost/pages",
  "/reuses/new",
  "/reuses/waiting",
  "/methodology",
  "/privacy",
  "/accessibility",
  "/no-such-page",
];

// The sign-in is shown in the language that the browser asks for.
const IN_FRENCH = [...IN_EVERY_LANGUAGE.map((path) => `/fr${path}`), "/admin/sign-in"];

const PUBLIC = [
  ...IN_FRENCH,
  ...IN_EVERY_LANGUAGE.map((path) => `/en${path}`),
  "/",
  ...DEMO_PAGES,
];

const STAFF = ["/admin", "/admin/reuses", "/admin/live?site=demo.localhost"];

let service, axe;

before(async () => {
  service = await start();
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

after(() => stop(service));

// What axe finds on the page as it stands, in words. Of all else that it looks at, it keeps nothing.
async function findings(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (values) =>
      window.axe.run(document, {
        runOnly: { type: "tag", values },
        resultTypes: ["violations"],
      }),
    TAGS,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

// What a reader's system may ask for. The colours of a page do not depend on its language.
const THEMES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
};
const SYSTEMS = {
  ...THEMES,
  "high contrast, light": { contrast: "more", colorScheme: "light" },
  "high contrast, dark": { contrast: "more", colorScheme: "dark" },
  "the system's colours": { forcedColors: "active" },
};
const ORDINARY = { colorScheme: "light", contrast: "no-preference", forcedColors: "none" };

// Looks at each page in one width and in all of these systems. A page is loaded once, by a reader of
// the first of them: what it asks of another system it asks of the browser while it stands there.
async function inspect(context, paths, name, systems) {
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => {
    // A page that is not there is asked for on purpose.
    const isMissing = /40[04]/.test(message.text());
    if (message.type() === "error" && !isMissing) said.push(message.text());
  });
  for (const path of paths) {
    const [first] = Object.values(systems);
    await page.emulateMedia({ ...ORDINARY, ...first });
    await page.goto(service.base + path);
    for (const [system, asked] of Object.entries(systems)) {
      await page.emulateMedia({ ...ORDINARY, ...asked });
      assert.deepEqual(await findings(page), [], `${path} ${name}, ${system}`);
      const [wide, view] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.ok(wide <= view, `${path} ${name}, ${system} scrolls sideways: ${wide} > ${view}`);
    }
  }
  assert.deepEqual(said, [], name);
  await page.close();
}

// Half of the time the browser waits for the service and the service for the browser, so two
// readers come at a time.
describe("public pages", { concurrency: 2 }, () => {
  for (const [pages, which, systems] of [
    ["the pages in French", IN_FRENCH, SYSTEMS],
    ["all other pages", PUBLIC.filter((path) => !IN_FRENCH.includes(path)), THEMES],
  ]) {
    for (const width of [320, 1280]) {
      test(`${pages}, ${width} pixels`, async () => {
        const options = { viewport: { width, height: 800 } };
        const context = await reader(service, "192.0.2.60", options);
        await inspect(context, which, `${width} pixels`, systems);
        await context.close();
      });
    }
  }

  test("on paper they are dark on light, whatever the reader chose", async () => {
    const context = await reader(service, "192.0.2.67", { colorScheme: "dark" });
    await context.addInitScript(() => localStorage.setItem("parvis-theme", "dark"));
    const page = await context.newPage();
    await page.emulateMedia({ media: "print" });
    for (const path of IN_FRENCH) {
      await page.goto(service.base + path);
      assert.deepEqual(await findings(page), [], `${path} on paper`);
      const [paper, controls] = await page.evaluate(() => [
        getComputedStyle(document.body).backgroundColor,
        // Nothing can be pressed or chosen on paper.
        [...document.querySelectorAll("button:not(.sorts), input, select, nav")]
          .filter((one) => one.offsetParent !== null)
          .map((one) => one.outerHTML),
      ]);
      assert.equal(paper, "rgb(255, 255, 255)", path);
      assert.deepEqual(controls, [], path);
    }
    await context.close();
  });
});

test("the staff's pages, from the one-time link on", async () => {
  const first = await reader(service, "192.0.2.61");
  await inspect(first, [service.firstLink.replace(service.base, "")], "one-time link", THEMES);
  await first.close();
  const { context } = await administrator(service);
  const cookies = await context.cookies();
  await context.close();
  for (const width of [320, 1280]) {
    const staff = await reader(service, "192.0.2.62", { viewport: { width, height: 800 } });
    await staff.addCookies(cookies);
    await inspect(staff, STAFF, `${width} pixels`, THEMES);
    await staff.close();
  }
});

test("axe finds a fault that is put in", async () => {
  const context = await reader(service, "192.0.2.63");
  const page = await context.newPage();
  await page.goto(`${service.base}/admin/sign-in`);
  await page.evaluate(() => {
    document.documentElement.removeAttribute("lang");
    document.querySelector("label").remove();
  });
  const found = (await findings(page)).join("\n");
  assert.match(found, /html-has-lang/);
  assert.match(found, /label/);
  await context.close();
});

test("the pages are valid HTML", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      // Both ways of writing an empty element are HTML; a title's length is style.
      "void-style": "off",
      "long-title": "off",
    },
  });
  for (const path of PUBLIC) {
    const html = await (await fetch(service.base + path, {
      headers: { accept: "text/html" },
    })).text();
    const report = await validator.validateString(html, path);
    const messages = report.results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId}: ${message}`),
    );
    assert.deepEqual(messages, []);
  }
  const broken = await validator.validateString("<p><div></p>", "broken");
  assert.ok(!broken.valid);
});

// What a keyboard reaches on a page, one Tab after the other, until it comes round again.
async function walk(page) {
  const seen = [];
  for (let steps = 0; steps < 400; steps++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const all = [...document.querySelectorAll("*")];
      const one = document.activeElement;
      if (!one || one === document.body) return;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      const { left, right } = one.getBoundingClientRect();
      return {
        place: all.indexOf(one),
        shows: outlineStyle !== "none" && parseFloat(outlineWidth) > 0,
        lies: right > 0 && left < innerWidth,
        html: one.outerHTML.slice(0, 100),
      };
    });
    if (!at || at.place === seen[0]?.place) return seen;
    seen.push(at);
  }
  assert.fail("the focus does not come round");
}

test("the keyboard reaches everything, in order, with a focus that shows", async () => {
  const context = await reader(service, "192.0.2.65", { locale: "fr" });
  const page = await context.newPage();
  for (const path of ["/methodology", "/privacy", "/api", "/accessibility", "/admin/sign-in"]) {
    await page.goto(service.base + path);
    const seen = await walk(page);
    const places = seen.map(({ place }) => place);
    assert.deepEqual(places, [...places].sort((one, other) => one - other), path);
    for (const { shows, lies, html } of seen) assert.ok(shows && lies, `${path}: ${html}`);
    // A frame that scrolls may be reached though nothing in it is.
    const reached = await page.evaluate((places) => {
      const all = [...document.querySelectorAll("*")];
      const wanted = [...document.querySelectorAll("main a[href], main button, main input")];
      const isShown = (one) => one.offsetParent !== null && one.type !== "hidden";
      const missing = wanted.filter((one) => isShown(one) && !places.includes(all.indexOf(one)));
      return missing.map((one) => one.outerHTML);
    }, places);
    assert.deepEqual(reached, [], path);
  }
  await context.close();
});

test("every page speaks the language that is asked for, and no key is left unsaid", async () => {
  for (const [tag, words] of [["fr", "Aller au contenu"], ["en", "Skip to the content"]]) {
    for (const path of ["methodology", "privacy", "api", "accessibility"]) {
      const html = await (await fetch(`${service.base}/${tag}/${path}`)).text();
      assert.ok(html.includes(`<html lang="${tag}">`) && html.includes(words), `${tag} ${path}`);
      const text = html.replace(/<(script|style).*?<\/\1>|<[^>]+>/gs, " ");
      const unsaid = /(methodology|privacy|accessibility|api)-[a-z]+(-[a-z]+)+/;
      assert.doesNotMatch(text, unsaid, `${tag} ${path}`);
    }
    const answer = await fetch(`${service.base}/admin/sign-in`, {
      headers: { "accept-language": tag, accept: "text/html" },
    });
    assert.ok((await answer.text()).includes(words), `sign-in in ${tag}`);
  }
});

test("the pages are whole without script, and the keyboard skips to the content", async () => {
  const context = await reader(service, "192.0.2.64", { javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of PUBLIC) {
    await page.goto(service.base + path);
    assert.equal(await page.locator("h1:visible").count(), 1, path);
    assert.ok((await page.locator("main").innerText()).length > 60, path);
  }
  await page.goto(`${service.base}/sites/demo.localhost`);
  await page.locator("summary").first().press("Enter");
  assert.ok((await page.locator("tbody tr:visible").count()) >= 30);
  await page.goto(`${service.base}/sites/demo.localhost`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#content$/);
  await context.close();
});
