// What a real browser shows of the pages of figures: nothing is cut off, and what the pointer finds is
// written as the language writes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { READER } from "../browser/service.mjs";
import { openField } from "./field.mjs";

const READERS = 30;

let field;

before(async () => {
  field = await openField();
  for (let reader = 1; reader <= READERS; reader += 1) {
    const send = (message) =>
      fetch(`${field.service}/api/event`, {
        method: "POST",
        headers: { "user-agent": READER, "x-forwarded-for": `198.18.${reader}.7` },
        body: JSON.stringify({ u: "http://site.test/", k: `${message.n}${reader}`, ...message }),
      });
    const url = "https://www.example.org/codes/article/LEGIARTI000006900785/2016-08-10/a-path-without-end";
    const pdf = "http://site.test/documents/a-report-with-a-rather-long-name-of-its-own-2026.pdf";
    const messages = [{ n: "pageview" }, { n: "outbound", p: { url } }, { n: "download", p: { url: pdf } }];
    for (const message of messages) assert.equal((await send(message)).status, 202);
  }
  // Today's figures of everybody are made once in a quarter of an hour: not before all is counted.
  const path = "/admin/api/v1/sites/site.test/totals?period=today&metrics=events";
  let events;
  while (events !== 2 * READERS) events = JSON.parse(await field.staff(path)).rows?.[0]?.events;
});

after(() => field.close());

async function opened(path, width) {
  const page = await field.browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(field.service + path);
  return page;
}

for (const width of [1280, 1024, 390])
  test(`no column of outbound links or downloads is cut off at ${width} pixels`, async () => {
    for (const language of ["fr", "en"]) {
      const page = await opened(`/${language}/sites/site.test?period=today`, width);
      for (const name of ["outlink", "download"]) {
        const box = page.locator(`section.scroll[aria-labelledby="${name}-caption"]`);
        const [inside, outside] = await box.evaluate((one) => [one.scrollWidth, one.clientWidth]);
        assert.ok(inside <= outside, `${name} in ${language}: ${inside} > ${outside}`);
      }
      await page.close();
    }
  });

test("what stands under the pointer has the colon of its language", async () => {
  for (const [language, colon] of [["fr", "\u00a0: "], ["en", ": "]]) {
    const page = await opened(`/${language}/sites/site.test?period=today`, 1280);
    const drawing = page.locator(".drawing.wide-only").first();
    await drawing.scrollIntoViewIfNeeded();
    const box = await drawing.boundingBox();
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.move(box.x + 120, box.y + 100);
    const tip = (await page.locator(".tip").first().innerText()).split("\n")[1];
    assert.match(tip, new RegExp(`\\d{4}${colon}\\S`), `${language}: ${JSON.stringify(tip)}`);
    await page.close();
  }
});
