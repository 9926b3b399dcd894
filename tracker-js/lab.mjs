// This module lends the tests a real browser, a few sites, and a service that notes what it hears.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CHROMIUM, CHROMIUM_OPTIONS, NAMES_OF_TESTS, openBrowser } from "../tests/browser/chromium.mjs";
import { build } from "./build.mjs";

// The service is on another origin than the site.
const SITE = "site.test";
const OTHER_SITE = "other.test";
const SERVICE = "stats.test";

// Runs in every page before anything else: it notes faults, stops the clock so that no reading time
// passes unasked on a slow machine, and lets a test hide the page, advance its clock and shorten
// its delays.
const INSTRUMENTS = ({ isHidden }) => {
  window.lab = { faults: [], delays: [] };
  addEventListener("error", (event) => window.lab.faults.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => window.lab.faults.push(String(event.reason)));

  // Visibility stays the browser's own until a test asks for something else. It is set where it is
  // defined, because that is where the tracker reads it.
  const setHidden = (hidden) => {
    const where = Document.prototype;
    Object.defineProperty(where, "hidden", { configurable: true, get: () => hidden });
    Object.defineProperty(where, "visibilityState", {
      configurable: true,
      get: () => (hidden ? "hidden" : "visible"),
    });
  };
  if (isHidden) setHidden(true);
  window.lab.hide = (hidden) => {
    setHidden(hidden);
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  };

  let now = 1000;
  performance.now = () => now;
  window.lab.thaw = () => delete performance.now;
  window.lab.advance = (seconds) => (now += seconds * 1000);

  const delay = setTimeout;
  window.lab.hasten = () =>
    (window.setTimeout = (act, milliseconds, ...input) => {
      window.lab.delays.push(milliseconds);
      return delay(act, 20, ...input);
    });
};

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until a question has a truthy answer, and returns it; fails after a few seconds. */
export async function until(question, what = "the expected state") {
  const end = Date.now() + 5000;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what} was not reached`);
    await pause(20);
  }
}

/** Starts the server and the browser, with freshly built scripts. */
export async function openLab() {
  const folder = await mkdtemp(join(tmpdir(), "parvis-tracker-"));
  const sizes = await build({ folder });
  const scripts = {
    tracker: await readFile(join(folder, "t.js"), "utf8"),
    optOut: await readFile(join(folder, "opt-out.js"), "utf8"),
  };

  // Each test has a name of its own as first path segment, so that a late message disturbs no other
  // test.
  const benches = new Map();
  let benchCount = 0;

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    const [, key, ...rest] = url.pathname.split("/");
    const bench = benches.get(key);
    const path = rest.join("/");
    const answer = (status, type, text, headers = {}) =>
      response.writeHead(status, { "content-type": type, ...headers }).end(text);

    if (!bench) return answer(404, "text/plain", "");
    bench.requests.push({ method: request.method, path, url: url.href, headers: request.headers });

    if (path.endsWith("api/event")) {
      let body = "";
      for await (const part of request) body += part;
      const status = bench.answers.length ? bench.answers.shift() : 202;
      bench.messages.push({ method: request.method, path, headers: request.headers, body, status });
      // Closing the connection without a word would make the browser itself ask again.
      if (status === "dead") return request.socket.end("no answer");
      return answer(status, "text/plain", "", { "access-control-allow-origin": "*" });
    }
    const script = { "t.js": scripts.tracker, "opt-out.js": scripts.optOut };
    const file = path.split("/").pop().replace(/-[0-9a-f]{12}\./, ".");
    if (script[file]) return answer(200, "text/javascript", script[file]);
    // A download that is refused leaves the page where it is.
    if (request.method !== "GET" || /\.\w+$/.test(path)) return answer(204, "text/plain");
    const page = bench.pages[path] ?? {};
    return answer(200, "text/html; charset=utf-8", bench.write(page), page.headers);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();

  // Going back has to be tested as readers experience it.
  const withCache = { ignoreDefaultArgs: ["--disable-back-forward-cache"] };
  const browser = await openBrowser([NAMES_OF_TESTS], withCache);

  // Windows that are free. Opening one takes far longer than leading one to another page.
  const lanes = [];
  const openLane = async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    return { context, page, tools: await context.newCDPSession(page) };
  };

  /**
   * Lays out a bench for one test: pages by path, `tag` for the attributes of the script's tag,
   * `head` and `body` for the rest of every page, `script` for the path of the tracker, and `init`
   * to run first. The site is a secure context if `isSecure`, holds the service itself if
   * `isSameOrigin`, and is visited with a browser that has never been anywhere if `isFresh`.
   */
  async function openBench(setting = {}) {
    const lane = (!setting.isFresh && lanes.pop()) || (await openLane());
    const key = `bench-${(benchCount += 1)}`;
    const service = `http://${setting.isSameOrigin ? SITE : SERVICE}:${port}/${key}/`;
    const host = `${setting.isSecure ? "127.0.0.1" : SITE}:${port}`;
    const site = `http://${host}/${key}/`;
    const bench = {
      site,
      service,
      host,
      other: `http://${OTHER_SITE}:${port}/${key}/`,
      requests: [],
      messages: [],
      answers: setting.answers ?? [],
      pages: setting.pages ?? {},
      complaints: [],
      opened: [],
      context: lane.context,

      write(page) {
        const parts = { tag: "", head: "", body: "", script: "t.js", lang: "en", init: [] };
        const { tag, head, body, script, lang, init } = { ...parts, ...setting, ...page };
        const { isHidden } = bench;
        const first = [`(${INSTRUMENTS})(${JSON.stringify({ isHidden })})`, ...[init].flat()];
        const tracker = script && `<script defer src="${service}${script}" ${tag}></script>`;
        const fill = (text) => (typeof text === "function" ? text(bench) : text);
        return (
          `<!doctype html><html lang="${lang}"><head><title>Test</title>` +
          `<link rel="icon" href="data:,"><script>${first.join(";\n")}</script>` +
          `${fill(head)}${tracker}</head>` +
          `<body>${fill(body)}</body></html>`
        );
      },

      /** Opens a page of the site. */
      async open(path = "page", { isHidden = false } = {}) {
        const page = bench.opened.length === 0 ? lane.page : await bench.context.newPage();
        page.on("console", complain);
        page.on("pageerror", complain);
        bench.opened.push(page);
        bench.isHidden = isHidden;
        await page.goto(new URL(path, site).href);
        return page;
      },

      /** What the service was told, as objects. */
      get events() {
        return bench.messages.map(({ body }) => JSON.parse(body));
      },
      /** The same in short: each event's name, page and subject, without the bench's address. */
      get story() {
        return bench.events.map(({ n, u, p }) => {
          const about = p?.url ?? (p?.seconds === undefined ? undefined : `${p.seconds}s`);
          const parts = [n, u.replace(site, ""), about?.replace(site, "")];
          return parts.filter((part) => part !== undefined).join(" ");
        });
      },
      /** Waits for a number of messages, then long enough for one too many to arrive. */
      async hears(count) {
        await until(() => bench.messages.length >= count, `message ${count}`);
        await pause(80);
        return bench.story;
      },
      async close() {
        if (setting.isFresh) return lane.context.close();
        for (const page of bench.context.pages()) if (page !== lane.page) await page.close();
        lane.page.off("console", complain).off("pageerror", complain);
        await lane.page.goto("about:blank");
        const origin = new URL(site).origin;
        await lane.tools.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
        lanes.push(lane);
      },
    };
    const complain = (what) => bench.complaints.push(what.text?.() ?? String(what));
    benches.set(key, bench);
    return bench;
  }

  /**
   * Opens an address in a browser that nobody steers, for what a steered one does not do, such as
   * preparing pages in advance.
   */
  async function openReader(url) {
    const profile = await mkdtemp(join(tmpdir(), "parvis-reader-"));
    const mine = ["--headless", NAMES_OF_TESTS, `--user-data-dir=${profile}`];
    const reader = spawn(CHROMIUM, [...CHROMIUM_OPTIONS, ...mine, url], {
      stdio: "ignore",
      env: { ...process.env, TMPDIR: profile },
    });
    return {
      async close() {
        if (reader.exitCode === null && reader.signalCode === null) {
          reader.kill();
          await once(reader, "exit");
        }
        await rm(profile, { recursive: true, maxRetries: 5, retryDelay: 100 });
      },
    };
  }

  return {
    sizes,
    openReader,
    scripts,
    port,
    openBench,
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
