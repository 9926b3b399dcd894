// A browser whose scripts are switched off loads the picture, and each page is counted under its own
// path when the picture names it (row 16).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { until } from "../browser/program.mjs";
import { openField } from "./field.mjs";

let field, withPath, withoutPath, context;

before(async () => {
  field = await openField();
  // Both forms as an administrator copies them; they name the address that the service knows of.
  const page = await field.staff("/admin");
  const shown = page.replaceAll("&#60;", "<").replaceAll("&#62;", ">").replaceAll("&#34;", '"')
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&#38;", "&").replaceAll("&amp;amp;", "&amp;");
  const pictures = shown.match(/<noscript><img src="http:\/\/[^"]*site\.test[^>]*><\/noscript>/gs);
  const ofService = (text) => text.replace(/http:\/\/[^/]+\//, "SERVICE/");
  withPath = ofService(pictures.find((one) => one.includes("u=/the/path/of/this/page")));
  withoutPath = ofService(pictures.find((one) => !one.includes("u=")));
  context = await field.browser.newContext({ javaScriptEnabled: false });
});

after(() => field?.close());

// The views of each page so far, as an administrator reads them.
async function views() {
  const path = "/admin/api/v1/sites/site.test/breakdown/page?period=today&metrics=views";
  const { rows } = JSON.parse(await field.staff(path));
  return Object.fromEntries(rows.map(({ page, views }) => [page, views]));
}

// Opens a page in this context, and says which pages got views.
async function gains(page, expected, options = { context }) {
  const before = await views();
  const seen = await field.open(page, options);
  const gained = async () => {
    const now = Object.entries(await views());
    const more = now.map(([path, views]) => [path, views - (before[path] ?? 0)]);
    return Object.fromEntries(more.filter(([, views]) => views));
  };
  const sum = (gains) => Object.values(gains).reduce((all, one) => all + one, 0);
  await until("the view is counted", async () => sum(await gained()) >= sum(expected));
  assert.deepEqual(await gained(), expected);
  await seen.close();
}

const named = (path) => withPath.replace("/the/path/of/this/page", path);

test("row 16: the picture with u counts each page under its own path", async () => {
  for (const [path, counted] of [
    ["/services/passeport", "/services/passeport"],
    ["/", "/"],
    ["/démarches/état civil", "/démarches/état civil"],
    ["/d%C3%A9marches/%C3%A9tat%20civil", "/démarches/état civil"],
    // In a query a plus is a space, as forms write it.
    ["/a%2Bb", "/a+b"],
    ["/a+b", "/a b"],
    ["/100%25", "/100%"],
  ]) {
    await gains({ path: "/where/it/stands", script: "", body: named(path) }, { [counted]: 1 });
  }
});

test("row 16: it does so whatever the page lets the browser say of where it stands", async () => {
  for (const policy of ["no-referrer", "origin", "same-origin", "unsafe-url"]) {
    const headers = { "referrer-policy": policy };
    await gains({ script: "", body: named(`/with/${policy}`), headers }, { [`/with/${policy}`]: 1 });
  }
});

test("row 16: the picture without u counts what the browser says", async () => {
  await gains({ path: "/told/by/browser", script: "", body: withoutPath }, { "/told/by/browser": 1 });
  const silent = withoutPath.replace(/\s*referrerpolicy="[^"]*"/, "");
  assert.notEqual(silent, withoutPath);
  await gains({ path: "/not/told", script: "", body: silent }, { ":unknown": 1 });
});

test("row 16: a browser with scripts counts the page once, by the script", async () => {
  await gains({ path: "/with/script", body: named("/with/picture") }, { "/with/script": 1 }, {});
});
