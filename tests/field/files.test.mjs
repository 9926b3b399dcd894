// What readers of files and validators of other tools found, with the readers and validators
// themselves: the examples as they are shown, the API against its description, pages at 320 pixels.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { python } from "../open-data/published.mjs";
import { reader, start, stop } from "../browser/service.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

// Questions of each operation that Schemathesis makes up, beside those that cover the schemas.
const EXAMPLES = "8";

let service, scratch;

before(async () => {
  service = await start();
  scratch = await mkdtemp(join(tmpdir(), "parvis-files-"));
});

after(async () => {
  await rm(scratch, { recursive: true });
  await stop(service);
});

const text = async (path) => (await fetch(service.base + path)).text();
const json = async (path) => (await fetch(service.base + path)).json();

const unescaped = (html) =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(code)).replaceAll("&amp;", "&");

// The code of the examples of a page. The port is chosen by the system, and the pages do not know it.
async function codes(path) {
  const blocks = [...(await text(path)).matchAll(/<pre class="code"[^>]*><code>(.*?)<\/code>/gs)];
  const shown = blocks.map(([, code]) => unescaped(code).replaceAll(/http:\/\/[^/'"]+/g, service.base));
  const one = (word) => shown.find((code) => code.includes(word)) ?? assert.fail(`${path}: ${word}`);
  return { pandas: one("pandas.read_csv"), r: one("read.csv("), duckdb: one("from read_csv(") };
}

// Runs a Python program of these tests; returns what it says when it is not content.
function complaints(script, input) {
  return new Promise((resolve, reject) => {
    const child = execFile(python("python"), ["-B", join(here, script)], (error, output, errors) => {
      if (!error) resolve("");
      else if (typeof error.code === "number") resolve(`${output}${errors}`.trim());
      else reject(error);
    });
    child.stdin.end(JSON.stringify(input));
  });
}

async function datasets() {
  const { resources } = await json("/data/demo.localhost/datapackage.json");
  return resources.map(({ name, schema }) => ({ dataset: name.replace(/-latest$/, ""), schema }));
}

test("each example of each data page reads the types of the schema", async (context) => {
  const examples = [];
  for (const { dataset, schema } of await datasets()) {
    const file = join(scratch, `${dataset}.csv`);
    await writeFile(file, await text(`/data/demo.localhost/${dataset}/latest.csv`));
    const [french, english] = await Promise.all(
      ["fr", "en"].map((tag) => codes(`/${tag}/data/demo.localhost/${dataset}`)),
    );
    assert.deepEqual(french, english);
    examples.push({ dataset, file, fields: schema.fields, ...french });
  }
  assert.ok(examples.length > 10, `${examples.length} datasets`);
  assert.equal(await complaints("examples.py", examples), "");
  const one = examples.find(({ dataset }) => dataset === "pages");
  await context.test("noticed: DuckDB is left to guess", async () => {
    const duckdb = one.duckdb.replace(/columns = \{.*\}/s, "auto_detect = true");
    assert.match(await complaints("examples.py", [{ ...one, duckdb }]), /conf_status is BOOLEAN/);
  });
  await context.test("noticed: pandas is left to guess", async () => {
    const pandas = one.pandas.replace(/dtype=\{.*\},/s, "");
    assert.match(await complaints("examples.py", [{ ...one, pandas }]), /views is int64/);
  });
  await context.test("noticed: R is left to guess", async () => {
    const r = one.r.replace(/colClasses = c\(.*\n  \),/s, "");
    assert.match(await complaints("examples.py", [{ ...one, r }]), /R, pages: conf_status is logical/);
  });
});

test("the API answers as its description says, by Schemathesis", async () => {
  const description = await json("/api/openapi.json");
  assert.equal(description.openapi, "3.1.0");
  const words = [
    "--config-file", join(here, "schemathesis.toml"), "run", `${service.base}/api/openapi.json`,
    "--url", service.base, "--checks", "all",
    "--exclude-checks", "positive_data_acceptance", "--phases", "examples,coverage,fuzzing",
    "--max-examples", EXAMPLES, "--seed", "12", "--no-color", "--continue-on-failure",
  ];
  const env = {
    ...process.env, PYTHONPATH: here, PYTHONDONTWRITEBYTECODE: "1", COLUMNS: "160",
    SCHEMATHESIS_HOOKS: "api_checks", HYPOTHESIS_STORAGE_DIRECTORY: join(scratch, "hypothesis"),
  };
  const said = await new Promise((resolve, reject) => {
    const options = { env, cwd: scratch, maxBuffer: 16 * 1024 * 1024 };
    execFile(python("schemathesis"), words, options, (error, output, errors) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ code: error?.code ?? 0, output: `${output}${errors}` });
    });
  });
  assert.equal(said.code, 0, said.output);
  assert.match(said.output, /Operations:\s+9 selected/);
});

// What WCAG 1.4.12 lets a reader set.
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`;

test("pages and frames need no scrolling to the side at 320 pixels", async () => {
  const context = await reader(service, "192.0.2.77", { viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  const by = (await json("/api/v1/dimensions")).dimensions.filter((one) => one.public);
  const frames = by.map(({ name }) => `/fr/embed/demo.localhost?by=${name}`);
  for (const path of [...frames, "/fr/embed/demo.localhost", "/fr/sites/demo.localhost", "/en/data"]) {
    await page.goto(service.base + path);
    for (const style of [undefined, SPACING]) {
      if (style) await page.addStyleTag({ content: style }).catch(() => {});
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${path}${style ? " with wider spacing" : ""}: ${width} pixels`);
    }
  }
  await context.close();
});

test("the labels of a curve do not touch at 320 pixels with wider text spacing", async () => {
  const options = { viewport: { width: 320, height: 640 }, bypassCSP: true };
  const context = await reader(service, "192.0.2.78", options);
  const page = await context.newPage();
  for (const path of [
    "/fr/sites/demo.localhost", "/en/sites/demo.localhost?period=12mo",
    "/fr/sites/demo.localhost?period=all&interval=day", "/fr/sites/demo.localhost?period=today",
    "/fr/sites/demo.localhost?period=7d", "/fr/embed/demo.localhost?period=30d",
    "/fr/compare?site=demo.localhost&period=2026-09&period=2026-10",
  ]) {
    await page.goto(service.base + path);
    await page.addStyleTag({ content: SPACING });
    const touching = await page.evaluate(() => {
      const drawings = [...document.querySelectorAll("svg.drawing")].filter((one) => one.checkVisibility());
      const found = drawings.length ? [] : ["no drawing is shown"];
      for (const drawing of drawings) {
        const labels = [...drawing.querySelectorAll(".ticks text, .break text")];
        const boxes = labels.map((one) => [one.textContent, one.getBoundingClientRect()]);
        const edge = drawing.getBoundingClientRect();
        boxes.forEach(([name, box], place) => {
          if (box.left < edge.left - 1 || box.right > edge.right + 1) found.push(`${name} is cut off`);
          for (const [other, next] of boxes.slice(place + 1)) {
            const apart = box.right <= next.left || next.right <= box.left ||
              box.bottom <= next.top + 1 || next.bottom <= box.top + 1;
            if (!apart) found.push(`${name} touches ${other}`);
          }
        });
      }
      return found;
    });
    assert.deepEqual(touching, [], path);
  }
  await context.close();
});

test("what is said to search engines is no script that the policy refuses", async () => {
  const context = await reader(service, "192.0.2.79");
  const page = await context.newPage();
  const refused = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  page.on("pageerror", (error) => refused.push(String(error)));
  for (const path of ["/fr/data", "/en/data/demo.localhost/pages", "/fr/sites/demo.localhost"]) {
    await page.goto(service.base + path);
    assert.ok(await page.evaluate(() => document.querySelector("[type='application/ld+json']")));
  }
  assert.deepEqual(refused, []);
  await context.close();
});
