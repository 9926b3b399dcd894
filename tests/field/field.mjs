// The real program, a site whose pages are written for one test each, and a browser that reads them.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { NAMES_OF_TESTS, openBrowser } from "../browser/chromium.mjs";
import { end, program, serve, until } from "../browser/program.mjs";
import { PASSWORD, READER } from "../browser/service.mjs";

// Long enough for a message too many to arrive.
const PAUSE_MILLISECONDS = 100;

/** Starts the program with the site `site.test`, the site itself, and the browser. */
export async function openField() {
  const data = await mkdtemp(join(tmpdir(), "parvis-field-"));
  const folder = join(data, "data");
  await promisify(execFile)(program, ["--data", folder, "site", "add", "site.test"]);
  const env = { PARVIS_REQUESTS_PER_SECOND: "10000" };
  const { child, firstLink, base: service } = await serve(folder, [], env);

  // The page that is asked for next; the same site hands messages on, as a proxy does.
  let current = {};
  const server = createServer(async (request, response) => {
    const [, proxied] = request.url.match(/^\/stats\/(.*)/) ?? [];
    if (proxied) {
      const path = proxied === "count.js" ? "t.js" : proxied;
      const { "user-agent": agent, origin } = request.headers;
      const headers = { "user-agent": agent, ...(origin && { origin }) };
      const body = request.method === "POST" ? Buffer.concat(await request.toArray()) : undefined;
      const answer = await fetch(`${service}/${path}`, { method: request.method, headers, body });
      const type = answer.headers.get("content-type") ?? "text/plain";
      response.writeHead(answer.status, { "content-type": type });
      return response.end(Buffer.from(await answer.arrayBuffer()));
    }
    if (/\.js(\?|$)/.test(request.url))
      return response.writeHead(200, { "content-type": "text/javascript" }).end("");
    // What frames show is a page with nothing but the tag, unless it is written.
    const path = request.url.split("?")[0];
    const { head = "", body = "", script, headers } =
      current.path === path ? current : (current.frames?.[path] ?? {});
    const tag = script ?? `<script defer src="${service}/t.js" data-site="site.test"></script>`;
    const fill = (text) =>
      text.replaceAll("SERVICE", service).replaceAll("PINNED", pinned).replaceAll("PORT", port);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(
      '<!doctype html><html lang="en"><head><title>Field</title><link rel="icon" href="data:,">' +
        `${fill(head)}${fill(tag)}</head><body>${fill(body)}</body></html>`,
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const site = `http://site.test:${port}`;

  const browser = await openBrowser([NAMES_OF_TESTS, `--user-agent=${READER}`]);

  // The first administrator, whose page shows the tag and whose figures are exact.
  const form = new URLSearchParams({
    token: new URL(firstLink).searchParams.get("token"),
    login: "jeanne",
    password: PASSWORD,
  });
  const signedIn = await fetch(`${service}/admin/first`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  const cookie = signedIn.headers.get("set-cookie").split(";")[0];
  const staff = async (path) => (await fetch(service + path, { headers: { cookie } })).text();
  const pinned = (await staff("/admin").catch(() => "")).match(/t-[0-9a-f]+\.js/)?.[0];

  const counted = [];
  const context = await browser.newContext();

  /** Opens a page of the site, and notes what the service is sent from it and answers. */
  async function open(asked, options = {}) {
    const reading = options.context ?? context;
    const path = asked.path ?? "/page";
    current = { ...asked, path: path.split("?")[0] };
    const page = await reading.newPage();
    const seen = { page, messages: [], answers: [], complaints: [] };
    const pending = [];
    // Messages in the order in which they are sent; answers may overtake each other.
    page.on("request", (request) => {
      if (!/\/api\/event$/.test(request.url()) || request.method() !== "POST") return;
      const message = request.postDataJSON();
      // How long a page is read depends on the machine that tests it.
      if (message.n === "time") return;
      seen.messages.push(message);
      const note = async () => {
        const response = await request.response();
        const status = response.status();
        const dropped = (await response.allHeaders())["x-parvis-dropped"] ?? null;
        const problem = status < 400 ? null : JSON.parse(await response.text());
        seen.answers.push({ status, dropped, problem });
        if (status === 202 && !dropped) counted.push(message);
      };
      pending.push(note());
    });
    page.on("console", (line) => {
      if (!/Failed to load resource|can escape its sandboxing/.test(line.text())) seen.complaints.push(line.text());
    });
    page.on("pageerror", (error) => seen.complaints.push(String(error)));
    seen.waits = (is) => until("what the page does", is);
    seen.hears = async (count) => {
      await until(`message ${count}`, () => seen.messages.length >= count);
      await page.waitForTimeout(PAUSE_MILLISECONDS);
      await Promise.all(pending);
      return seen.messages.map(({ n, u, p }) =>
        [n, u.replace(site, ""), p?.url].filter((part) => part !== undefined).join(" "),
      );
    };
    seen.close = () => page.close();
    await page.goto(site + path, { referer: asked.referer });
    return seen;
  }

  /** Checks that the exact figures of today are what was counted. */
  async function agrees() {
    const views = counted.filter(({ n }) => n === "pageview").length;
    const path = "/admin/api/v1/sites/site.test/totals?period=today&metrics=views";
    await until("the figures hold all views", async () => {
      const found = JSON.parse(await staff(path)).rows?.[0]?.views;
      return found === views;
    });
  }

  return {
    site,
    service,
    browser,
    staff,
    open,
    agrees,
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await end(child);
      await rm(data, { recursive: true });
    },
  };
}
