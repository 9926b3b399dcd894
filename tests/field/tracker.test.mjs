// What the tracker meets on real pages: pages that readers reported to other audience tools, in
// Chromium against the real program. Cases carry the numbers of the rows where they were reported.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openField } from "./field.mjs";

let field;

before(async () => {
  field = await openField();
});

after(() => field?.close());

// Opens a page of this body, acts, and compares what the service was sent with what is expected;
// each message must have been counted.
async function holds(page, expected, act = async () => {}) {
  const seen = await field.open(page);
  try {
    await act(seen.page, seen);
    const heard = await seen.hears(expected.length);
    // Frames come in any order.
    assert.deepEqual(page.frames ? heard.sort() : heard, expected);
    for (const { status, dropped } of seen.answers) assert.deepEqual([status, dropped], [202, null]);
    assert.deepEqual(seen.complaints, []);
    return seen.messages;
  } finally {
    await seen.close();
  }
}

// Row 4. Every property that the script reads, and some that it could read, under which elements
// hide it: a document shows forms, frames, pictures, objects and embedded files by their names.
const HIDDEN_NAMES =
  "title referrer hidden prerendering currentScript scripts location history addEventListener " +
  "visibilityState querySelector documentElement baseURI URL cookie navigation parvis closest";
const HIDING = {
  form: (name) => `<form name="${name}"></form>`,
  "two forms": (name) => `<form name="${name}"></form>`.repeat(2),
  img: (name) => `<img name="${name}" alt="">`,
  "img with an id": (name) => `<img id="${name}" name="other" alt="">`,
  iframe: (name) => `<iframe name="${name}"></iframe>`,
  object: (name) => `<object name="${name}"></object>`,
  embed: (name) => `<embed name="${name}">`,
  id: (name) => `<p id="${name}"></p>`,
};

for (const [element, write] of Object.entries(HIDING))
  test(`row 4: ${element} of a name that the script reads`, async () => {
    const names = HIDDEN_NAMES.split(" ");
    const page = { script: "", path: "/outer", body: "", frames: {} };
    for (const [number, name] of names.entries()) {
      // Beside the tag, and far from it.
      const place = number % 2 ? "head" : "body";
      page.frames[`/${name}`] = { [place]: write(name) };
      page.body += `<iframe title="${name}" src="/${name}"></iframe>`;
    }
    const sent = await holds(page, names.map((name) => `pageview /${name}`).sort());
    for (const { u, t, r } of sent) assert.deepEqual([t, r], ["Field", `${field.site}/outer`], u);
  });

test("row 4: all these names on one page, and what is done there", async () => {
  const all = HIDDEN_NAMES.split(" ").map(HIDING.form).join("");
  const link = '<a href="https://elsewhere.example/x">away</a><b data-parvis="use">use</b>';
  const expected = [
    "pageview /page",
    "outbound /page https://elsewhere.example/x",
    "use /page",
    "pageview /next",
  ];
  await holds({ body: all + link }, expected, (page) =>
    page.evaluate(() => {
      EventTarget.prototype.addEventListener.call(window, "click", (event) => event.preventDefault());
      for (const name of ["a", "b"]) Document.prototype.querySelector.call(document, name).click();
      window.history.pushState(null, "", "/next");
    }),
  );
});

test("row 4: a hidden page with an element of that name waits until it is shown", async () => {
  const head = `<script>
    let isHidden = true;
    Object.defineProperty(Document.prototype, "hidden", { get: () => isHidden });
    const show = () => {
      isHidden = false;
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    };</script>`;
  for (const body of ['<img name="hidden" alt="">', '<form name="hidden"></form>'])
    await holds({ head, body }, ["pageview /page"], async (page, seen) => {
      assert.deepEqual(await seen.hears(0), []);
      await page.evaluate("show()");
    });
});

test("row 8: a sandboxed page is refused under its own reason, and counts with its origin", async () => {
  const frame = (sandbox) => ({ script: "", body: `<iframe sandbox="${sandbox}" src="/page"></iframe>` });
  for (const page of [
    frame("allow-scripts"),
    frame("allow-scripts allow-forms"),
    { headers: { "content-security-policy": "sandbox allow-scripts" } },
  ]) {
    const seen = await field.open(page.body ? { ...page, path: "/outer" } : page);
    assert.deepEqual(await seen.hears(1), ["pageview /page"]);
    const [{ status, problem }] = seen.answers;
    assert.deepEqual([status, problem.type], [400, "tag:parvis,2026:sandboxed_page"]);
    assert.match(problem.detail, /allow-same-origin/);
    await seen.close();
  }
  await holds({ ...frame("allow-scripts allow-same-origin"), path: "/outer" }, ["pageview /page"]);
});

// Row 9. How the script may come to a page, with the attributes of its tag where it has one.
const SITE = 'data-site="site.test" data-params="lang"';
const FETCHED = (use) => `<script>
  fetch("${"SERVICE"}/t.js").then((answer) => answer.text()).then((code) => { ${use} });</script>`;
const WAYS = {
  module: `<script type="module" src="SERVICE/t.js" ${SITE}></script>`,
  "a pinned module": `<script type="module" src="SERVICE/PINNED" ${SITE}></script>`,
  "a module with a query": `<script type="module" src="SERVICE/t.js?v=/2.js" ${SITE}></script>`,
  "a module beside scripts of similar names": `<script src="/t-shirts/app.js"></script>
    <script src="//t.site.test:PORT/first.js"></script><script src="/t.min.js"></script>
    <script type="module" src="SERVICE/t.js" ${SITE}></script>`,
  "an injected script": `<script>
    const tag = Object.assign(document.createElement("script"), { src: "SERVICE/t.js" });
    Object.assign(tag.dataset, { site: "site.test", params: "lang" });
    document.head.append(tag);</script>`,
  "an injected script that is taken out at once": `<script>
    const tag = Object.assign(document.createElement("script"), { src: "SERVICE/t.js" });
    Object.assign(tag.dataset, { site: "site.test", params: "lang" });
    document.head.append(tag);
    tag.remove();</script>`,
  "an injected module": `<script>
    const tag = document.createElement("script");
    Object.assign(tag, { type: "module", src: "SERVICE/t.js" });
    Object.assign(tag.dataset, { site: "site.test", params: "lang" });
    document.head.append(tag);</script>`,
  "an async script": `<script async src="SERVICE/t.js" ${SITE}></script>`,
  "a script of another name": `<script defer src="/stats/count.js" ${SITE}></script>`,
};
for (const [way, head] of Object.entries(WAYS))
  test(`row 9: ${way} counts, with its attributes`, async () => {
    const page = { script: "", head, path: "/page?lang=fr&secret=1" };
    const [{ d }] = await holds(page, ["pageview /page?lang=fr"]);
    assert.equal(d, "site.test");
  });

const UNKNOWN_WAYS = {
  "import()": '<script>import("SERVICE/t.js")</script>',
  "import() in a module": '<script type="module">await import("SERVICE/t.js")</script>',
  "code that is fetched and evaluated": FETCHED("eval(code)"),
  "code that is evaluated by another name": FETCHED("(0, eval)(code)"),
  "code of a new function": FETCHED("new Function(code)()"),
  "code put into a script of the page": FETCHED(
    'document.head.append(Object.assign(document.createElement("script"), { text: code }))',
  ),
  "a script in a shadow root": `<script>addEventListener("DOMContentLoaded", () => {
    const root = document.body.attachShadow({ mode: "open" });
    root.append(Object.assign(document.createElement("script"), { src: "SERVICE/t.js" }));
  });</script>`,
};
for (const [way, head] of Object.entries(UNKNOWN_WAYS))
  test(`row 9: ${way} says in the console that there is no tag`, async () => {
    const seen = await field.open({ script: "", head });
    await seen.waits(() => seen.complaints.length);
    assert.deepEqual([await seen.hears(0), seen.complaints], [[], ["parvis: no tag"]]);
    await seen.close();
  });

test("a page whose router uses the Navigation API counts each page once", async () => {
  const body = `<script>navigation.addEventListener("navigate", (event) => {
    if (!event.hashChange && event.canIntercept && !event.info?.isPlain)
      event.intercept({ handler: () => new Promise((done) => setTimeout(done, 20)) });
  });</script><a href="/three">three</a>`;
  const paths = ["/page", "/one", "/two", "/three", "/two", "/four", "/five"];
  await holds({ body }, paths.map((path) => `pageview ${path}`), async (page) => {
    const go = (act) => page.evaluate(act).then(() => page.waitForTimeout(60));
    await go(() => void navigation.navigate("/one"));
    await go(() => void navigation.navigate("/two", { history: "replace" }));
    await page.click("a");
    await page.waitForTimeout(60);
    await go(() => void navigation.back());
    await go(() => void navigation.navigate("/two#part"));
    await go(() => void navigation.navigate("/two?query=1"));
    await go(() => history.pushState(null, "", "/four"));
    await go(() => history.replaceState(null, "", "/five"));
    await go(() => history.replaceState(1, ""));
  });
});

// Row 14. What is clicked, and what is sent for it.
const AWAY = "https://elsewhere.example/";
const TEXT = '<rect width="30" height="30"/>';
const svg = (inside) => `<svg width="40" height="40">${inside}</svg>`;
const shadow = (inside, mode = "open") => `<div id="host"></div><script>
  document.querySelector("#host").attachShadow({ mode: "${mode}" }).innerHTML = ${JSON.stringify(inside)};
  </script>`;
const map = (href, more = "") => `<map name="m"><area id="it" shape="default" href="${href}" ${more}></map>
  <img id="map" usemap="#m" width="40" height="40" alt=""
    src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==">`;
const CLICKS = {
  "a link in a shadow root": [shadow(`<a id="it" href="${AWAY}a">a</a>`), ["outbound a"]],
  "a link around what a shadow root shows": [
    `<a href="${AWAY}a">${shadow('<b id="it">in</b>')}</a>`, ["outbound a"]],
  "a file in a shadow root": [shadow('<a id="it" href="/x.pdf"><b>x</b></a>'), ["download x.pdf"]],
  "a feature in a shadow root": [shadow('<b id="it" data-parvis="find">x</b>'), ["find"]],
  "a feature around a shadow root": [
    `<div data-parvis="find">${shadow('<b id="it">x</b>')}</div>`, ["find"]],
  "a feature and a link in a shadow root": [
    shadow(`<a id="it" data-parvis="find" href="${AWAY}a">a</a>`), ["find", "outbound a"]],
  "a link in a closed shadow root, which nobody sees": [shadow(`<a id="it" href="${AWAY}a">a</a>`, "closed"), []],
  "a link in SVG": [svg(`<a id="it" href="${AWAY}a">${TEXT}</a>`), ["outbound a"]],
  "a link in SVG as it was written": [svg(`<a id="it" xlink:href="${AWAY}a">${TEXT}</a>`), ["outbound a"]],
  "a file in SVG": [svg(`<a id="it" href="/x.pdf">${TEXT}</a>`), ["download x.pdf"]],
  "a relative file in SVG": [svg(`<a id="it" href="x.zip?v=1">${TEXT}</a>`), ["download x.zip"]],
  "a page of the site in SVG": [svg(`<a id="it" href="/other">${TEXT}</a>`), []],
  "a link to nowhere in SVG": [svg(`<a id="it">${TEXT}</a>`), []],
  "a link around a used drawing": [
    `<a href="${AWAY}a">${svg(`<symbol id="s">${TEXT}</symbol><use id="it" href="#s"/>`)}</a>`, ["outbound a"]],
  "a feature in SVG": [svg(`<g id="it" data-parvis="find">${TEXT}</g>`), ["find"]],
  "a link in a shadow root in SVG's parent": [shadow(svg(`<a id="it" href="${AWAY}a">${TEXT}</a>`)), ["outbound a"]],
  "an area": [map(`${AWAY}a`), ["outbound a"]],
  "an area to a file": [map("/x.csv"), ["download x.csv"]],
  "an area to download": [map("/x", "download"), ["download x"]],
  "an area of the site": [map("/other"), []],
  "a link in a form with fields of such names": [
    `<form>${"closest matches href target dataset localName parentNode getAttribute hasAttribute"
      .split(" ").map((name) => `<input name="${name}">`).join("")}
      <a id="it" href="${AWAY}a">a</a></form>`, ["outbound a"]],
  "a feature in a form with such fields": [
    '<form><input name="closest"><input name="dataset"><b id="it" data-parvis="find">x</b></form>', ["find"]],
  "a form that is a feature, with such fields": [
    '<form data-parvis="find"><input name="dataset"><input name="matches"><b id="it">x</b></form>', ["find"]],
  "a plain link": [`<a id="it" href="${AWAY}a">a</a>`, ["outbound a"]],
};
for (const [what, [body, expected]] of Object.entries(CLICKS))
  test(`row 14: ${what}`, async () => {
    const stay = '<script>addEventListener("click", (event) => event.preventDefault())</script>';
    const lines = expected.map((line) => {
      const [name, target] = line.split(" ");
      if (!target) return `${name} /page`;
      const isAway = name === "outbound";
      return `${name} /page ${isAway ? AWAY : `${field.site}/`}${target}`;
    });
    await holds({ body: body + stay }, ["pageview /page", ...lines], async (page, seen) => {
      await seen.hears(1);
      if (body.includes("<form")) return page.evaluate("document.querySelector('#it').click()");
      await page.click(what.includes("closed") ? "#host" : body.includes("<map") ? "#map" : "#it");
    });
  });

test("all that was counted here is in the figures, once", async () => {
  await field.agrees();
});
