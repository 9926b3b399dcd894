// How soon a page can be used on a slow machine: the real program and a real Chromium whose
// processor is slowed down four times. Machines are shared and noisy, so nothing is asserted; each
// figure is the median of several visits by somebody who was never there.

import { after, before, test } from "node:test";

import { MAIN_PAGES, reader, start, stop } from "../browser/service.mjs";

const SLOWER = 4;
const VISITS = process.env.PARVIS_BENCH_SHORT ? 1 : 7;
const GOAL_MS = 1_000;

let service;

before(async () => {
  service = await start();
});

after(() => stop(service));

// From the request to the moment at which the page is painted, its scripts have run, and the browser has
// nothing left to do before it answers a press of a key: that is when it can be used.
async function usable(path, width) {
  const context = await reader(service, "192.0.2.71", { viewport: { width, height: 800 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(() => {
    const painted = new Promise((resolve) => {
      const seen = (list) => {
        const paint = list.getEntriesByName("first-contentful-paint")[0];
        if (paint) resolve(paint.startTime);
      };
      new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
    });
    const ready = new Promise((resolve) => {
      addEventListener("load", () => {
        // Two frames later whatever was left to lay out and paint is painted.
        const soon = () => setTimeout(() => resolve(performance.now()));
        requestAnimationFrame(() => requestAnimationFrame(soon));
      });
    });
    window.answered = Promise.all([painted, ready]).then(([paint, moment]) => {
      const [{ responseStart }] = performance.getEntriesByType("navigation");
      return [responseStart, paint, Math.max(paint, moment)];
    });
  });
  await page.goto(service.base + path);
  const figures = await page.evaluate(() => window.answered);
  await context.close();
  return figures;
}

const median = (figures) => figures.toSorted((one, other) => one - other)[figures.length >> 1];

for (const width of [360, 1280]) {
  test(`usable at ${SLOWER} times slower, ${width} pixels`, async () => {
    console.log(`\n${width} pixels, medians of ${VISITS} visits, ms: answer, first paint, usable`);
    for (const path of MAIN_PAGES) {
      const visits = [];
      for (let visit = 0; visit < VISITS; visit++) visits.push(await usable(path, width));
      const [answer, paint, ready] = [0, 1, 2].map((place) =>
        Math.round(median(visits.map((figures) => figures[place]))),
      );
      const verdict = ready <= GOAL_MS ? "met" : "MISSED";
      console.log(
        `  ${path.padEnd(76)}${String(answer).padStart(6)}${String(paint).padStart(6)}` +
          `${String(ready).padStart(6)}  goal ${GOAL_MS}  ${verdict}`,
      );
    }
  });
}
