// A re-use is declared without script, looked at by an administrator, and then seen everywhere.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { press } from "./chromium.mjs";
import { administrator, reader, start, stop } from "./service.mjs";

let service, axe;

before(async () => {
  service = await start();
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

after(() => stop(service));

async function text(path) {
  return (await fetch(service.base + path)).text();
}

// What the list of indicators says of one of them.
async function indicator(name) {
  const lines = (await text("/data/indicators.csv")).split("\r\n").map((line) => line.split(","));
  return lines.find((cells) => cells[1] === name)[2];
}

async function fill(page, { title, url, kind, datasets, description }) {
  await page.fill("#title", title);
  await page.fill("#url", url);
  await page.selectOption("#kind", kind);
  await page.fill("#datasets", datasets);
  await page.fill("#description", description);
  await press(page, page.locator("form.long [type=submit]"));
}

// What is wrong with a page in both themes, narrow and wide.
async function inspect(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      assert.deepEqual(found, [], `${name} ${colorScheme} ${width}`);
      const [wide, view] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.ok(wide <= view, `${name} ${width} scrolls sideways: ${wide} > ${view}`);
    }
  }
}

const REUSE = {
  title: "Une carte des services lus",
  url: "https://carte.example.org/services",
  kind: "visualization",
  datasets: "/data/demo.localhost/pages\nall/traffic",
  description: "Ce que les pages des services disent de leurs lecteurs.",
};

test("a re-use is declared without script, moderated, and seen everywhere", async () => {
  const context = await reader(service, "192.0.2.80", { javaScriptEnabled: false, locale: "fr-FR" });
  const page = await context.newPage();
  await page.goto(`${service.base}/fr/reuses`);
  await press(page, page.locator("main a.button"));
  // First with faults: the summary leads to the fields, and nothing that was typed is lost.
  await fill(page, { ...REUSE, url: "carte", datasets: "/data/no.where/pages" });
  assert.match(await page.title(), /^À corriger/);
  const links = await page.locator("[role=alert] a").evaluateAll((all) =>
    all.map((link) => link.getAttribute("href")),
  );
  assert.deepEqual(links, ["#url", "#datasets"]);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "alert");
  assert.equal(await page.inputValue("#title"), REUSE.title);
  assert.equal(await page.inputValue("#kind"), REUSE.kind);
  assert.equal(await page.getAttribute("#url", "aria-invalid"), "true");
  const described = (await page.getAttribute("#url", "aria-describedby")).split(" ");
  for (const id of described) assert.equal(await page.locator(`#${id}`).count(), 1, id);
  // What people do not see is not reached with the keyboard.
  await page.focus("#description");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BUTTON");
  await fill(page, REUSE);
  assert.ok(page.url().endsWith("/fr/reuses/waiting"), page.url());
  assert.equal(await indicator("reuses_waiting"), "1");
  assert.ok(!(await text("/fr/reuses")).includes(REUSE.title));
  const staff = await administrator(service, { javaScriptEnabled: false, locale: "fr-FR" });
  await staff.page.goto(`${service.base}/admin/reuses`);
  const waiting = staff.page.locator("article").filter({ hasText: REUSE.title });
  await press(staff.page, waiting.getByRole("button", { name: "Publier" }));
  assert.match(await staff.page.locator("main [role=status]").innerText(), /publiée/);
  await page.goto(`${service.base}/fr/reuses`);
  assert.equal(await page.getAttribute("main h3 a", "href"), REUSE.url);
  assert.ok((await page.locator("main article").innerText()).includes("Visualisation"));
  // The filter works without script, too.
  await page.selectOption("#dataset", "/data/all/traffic");
  await press(page, page.locator(".filter [type=submit]"));
  assert.equal(await page.locator("main article").count(), 1);
  const csv = await text("/data/reuses.csv");
  assert.ok(csv.includes(`${REUSE.title},visualization,${REUSE.url}`), csv);
  assert.equal(await indicator("reuses_published"), "1");
  assert.equal(await indicator("reuses_waiting"), "0");
  await page.goto(`${service.base}/fr/indicators`);
  assert.match(await page.locator("#reuses_published td").innerText(), /^1$/);
  await context.close();
  await staff.context.close();
});

test("the pages that hold something are for everybody, too", async () => {
  const context = await reader(service, "192.0.2.81");
  const page = await context.newPage();
  for (const tag of ["fr", "en"]) {
    await page.goto(`${service.base}/${tag}/reuses/new`);
    await fill(page, { ...REUSE, title: "", kind: "", url: "carte", datasets: "no.where" });
    await inspect(page, `faults in ${tag}`);
    const again = { ...REUSE, title: `Another ${tag}`, url: `https://example.org/${tag}` };
    await fill(page, again);
    await inspect(page, `waiting in ${tag}`);
    await page.goto(`${service.base}/${tag}/reuses?dataset=/data/demo.localhost`);
    assert.equal(await page.locator("main article").count(), 1);
    await inspect(page, `re-uses in ${tag}`);
  }
  await context.close();
  // The one-time link is used up: sign in as the administrator whom the first test made.
  const staff = await service.browser.newContext({ locale: "en-GB" });
  const desk = await staff.newPage();
  await desk.goto(`${service.base}/admin/sign-in`);
  await desk.fill("[name=login]", "jeanne");
  await desk.fill("[name=password]", "a-long-password");
  await press(desk, desk.locator("main [type=submit]"));
  await desk.goto(`${service.base}/admin/reuses`);
  const refuse = desk.locator("article").first().getByRole("button", { name: "Refuse" });
  await inspect(desk, "moderation");
  await press(desk, refuse);
  await inspect(desk, "moderation without a reason");
  await desk.locator("article").first().getByLabel("Reason to refuse it").fill("Shows nothing.");
  await press(desk, refuse);
  assert.match(await desk.locator("main [role=status]").innerText(), /refused/);
  await inspect(desk, "moderation of all kinds");
  await staff.close();
});
