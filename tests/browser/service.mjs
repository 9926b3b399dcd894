// The real program and a real browser, started for one test file and stopped after it.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openBrowser, press } from "./chromium.mjs";
import { copyDemo, released, today } from "./demo.mjs";
import { end, serve, until } from "./program.mjs";

export { today, until };

// Headless Chromium calls itself a robot, and robots are not counted.
export const READER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/131.0.0.0 Safari/537.36";

export const PASSWORD = "a-long-password";

// Every page of the demonstration site, the missing one included.
export const DEMO_PAGES = [
  "/demo/",
  "/demo/news.html",
  "/demo/services/",
  "/demo/services/passport.html",
  "/demo/opening-hours.html",
  "/demo/single-page.html",
  "/demo/no-such-page.html",
];

// The main pages, in one of the languages, with long periods where they can be chosen.
export const MAIN_PAGES = [
  "/fr/",
  "/fr/sites/demo.localhost",
  "/fr/sites/demo.localhost?period=all&interval=day",
  "/fr/sites/demo.localhost/page",
  "/fr/compare?site=demo.localhost&period=2026-09&period=2026-10&period=28d",
  "/fr/data",
  "/fr/data/demo.localhost/pages",
  "/fr/releases",
  "/fr/indicators",
  "/fr/reuses",
  "/fr/methodology",
  "/fr/privacy",
  "/fr/api",
];

// Waits until a page has sent its beacon and heard the answer.
export function counted(page) {
  return until("the page is counted", async () => {
    const sent = await page.evaluate(() => performance.getEntriesByType("resource"));
    return sent.some(({ name }) => name.endsWith("/api/event"));
  });
}

// Starts the service with its demonstration site, whose history is released, and a browser.
export async function start() {
  const data = await mkdtemp(join(tmpdir(), "parvis-"));
  await copyDemo(join(data, "data"));
  const service = await serve(join(data, "data"), ["--demo"]);
  // At once, unless midnight has just passed.
  await released(service);
  return { ...service, browser: await openBrowser(), data };
}

// Stops both.
export async function stop({ browser, child, data }) {
  await browser.close();
  await end(child);
  await rm(data, { recursive: true });
}

// A reader with an address of their own: loopback is a trusted proxy.
export async function reader({ browser }, address, options = {}) {
  return browser.newContext({
    userAgent: READER,
    extraHTTPHeaders: { "x-forwarded-for": address },
    ...options,
  });
}

// Makes the first administrator through the one-time link, in the browser.
export async function administrator(service, options = {}) {
  const context = await service.browser.newContext(options);
  const page = await context.newPage();
  await page.goto(service.firstLink);
  await page.fill("[name=login]", "jeanne");
  await page.fill("[name=password]", PASSWORD);
  await press(page, page.locator("[type=submit]"));
  return { context, page };
}

// One figure of the live page, as a number.
export async function figure(page, name) {
  const text = await page.textContent(`[data-figure=${name}]`);
  return Number(text.replace(/\D/g, ""));
}
