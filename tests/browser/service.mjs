// The real program and a real browser, started for one test file and stopped after it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.PARVIS_PROGRAM ?? join(root, "target/release/parvis");

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

// Waits until the whole history of the demonstration is released: then the pages are as long as they
// get. The files of all sites are made last, and of them those of yesterday.
export function released({ base }) {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() - 1);
  // The first revision: without one, a day that is not released yet is answered as it is so far.
  const file = `${base}/data/all/traffic/${date.toISOString().slice(0, 10)}-r1.csv`;
  return until("the demonstration is released", async () => (await fetch(file)).ok, 240_000);
}

// Waits until a page has sent its beacon and heard the answer.
export function counted(page) {
  return until("the page is counted", async () => {
    const sent = await page.evaluate(() => performance.getEntriesByType("resource"));
    return sent.some(({ name }) => name.endsWith("/api/event"));
  });
}

// Starts the service with its demonstration site, and a browser.
export async function start() {
  const data = await mkdtemp(join(tmpdir(), "parvis-"));
  const words = ["--data", join(data, "data"), "serve", "--listen", "127.0.0.1:0", "--demo"];
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "ignore"] });
  let firstLink, base;
  for await (const line of createInterface({ input: child.stdout })) {
    firstLink ??= line.match(/http:\S+\/admin\/first\S+/)?.[0];
    base = line.match(/publishes at (\S+)\//)?.[1];
    if (base) break;
  }
  assert.ok(base, `${program} did not start: run \`make build\``);
  child.stdout.resume();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  return { base, firstLink, browser, child, data };
}

// Stops both; the service must end well.
export async function stop({ browser, child, data }) {
  await browser.close();
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  assert.deepEqual(await ended, [0, null], "the service exits 0");
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
  await page.click("[type=submit]");
  await page.waitForURL("**/admin");
  return { context, page };
}

// Waits until a condition holds, on a machine that may be slow; returns the milliseconds it took.
export async function until(what, holds, patience = 15_000) {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > patience) assert.fail(`waited in vain: ${what}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
  return Date.now() - began;
}

// One figure of the live page, as a number.
export async function figure(page, name) {
  const text = await page.textContent(`[data-figure=${name}]`);
  return Number(text.replace(/\D/g, ""));
}

// The date in Paris, as files are named.
export function today() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format(new Date());
}
