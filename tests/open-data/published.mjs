// The folder of published files that the validators read, and copies of it that are wrong.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  access, copyFile, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";

import { program, root } from "../browser/program.mjs";

export { root };

// A description and its tables fit in this many bytes of complaints.
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

// The days that the validators read beside the last month: the first one with views, and one
// without. The others are written by the same program from the same tables, and reading all of them
// takes a quarter of an hour.
const DAYS_READ = 2;

// Views that are written into an access log: enough visitors for every rule of publishing, and one
// page that has too few of them. The paths are awkward on purpose: a separator, a formula, an
// accent.
const VISITORS = 40;
const VISITORS_FEW = 3;
const PATHS = ["/", "/a,b", "/recherche?q=%3D1%2B1", "/%C3%A9t%C3%A9"];
const AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";

const run = promisify(execFile);

// Everything that the program itself publishes of a site and its organisation whose last month
// ended with views, or a folder of your choice.
export async function publishedFolder() {
  if (process.env.PARVIS_PUBLISHED) return process.env.PARVIS_PUBLISHED;
  await access(program).catch(() => assert.fail(`no ${program}: run \`cargo build --release\``));
  const scratch = await mkdtemp(join(tmpdir(), "parvis-portal-"));
  try {
    const whole = join(scratch, "whole");
    const days = await publishInto(join(scratch, "data"), whole);
    const folder = join(root, "build/open-data/published");
    await rm(folder, { recursive: true, force: true });
    await copyPart(whole, folder, days);
    return folder;
  } finally {
    await rm(scratch, { recursive: true });
  }
}

// Runs the real program; returns the days that were imported.
async function publishInto(data, folder) {
  const parvis = (...words) =>
    run(program, ["--data", data, ...words], {
      env: { PATH: process.env.PATH, PARVIS_PUBLIC_URL: "https://stats.example.fr" },
    });
  const identity = ["--name", "Ville d'Exemple & Cie <mairie>", "--identifier", "130025265"];
  await parvis("organisation", "set", "commune", ...identity);
  await parvis("site", "add", "www.example.fr", "--organisation", "commune",
    "--search-parameter", "q");
  const days = lastDaysOfLastMonth();
  const log = join(data, "..", "access.log");
  await writeFile(log, days.map(linesOf).join(""));
  await parvis("import", "access-log", log, "--site", "www.example.fr");
  await parvis("publish", "--to", folder);
  return days;
}

// The last three days of the month that ended last, in UTC: no day that has not ended anywhere.
function lastDaysOfLastMonth() {
  const now = new Date();
  return [2, 1, 0].map((before) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), -before)),
  );
}

function linesOf(day) {
  const [, date, month, year] = day.toUTCString().split(" ");
  const line = (visitor, path, second) =>
    `198.18.${visitor + 1}.7 - - [${date}/${month}/${year}:12:00:${10 + second} +0000] ` +
    `"GET ${path} HTTP/1.1" 200 512 "-" "${AGENT}"\n`;
  const visitors = [...Array(VISITORS).keys()];
  const few = visitors.slice(0, VISITORS_FEW).map((visitor) => line(visitor, "/few", 40));
  const views = visitors.flatMap((visitor) => PATHS.map((path, at) => line(visitor, path, at)));
  return [...views, ...few].join("");
}

// Copies what is not of a period, all of the last month, and a few days. The file of a revision is
// left out: it is the same file under a second name. Of all sites and of the organisation, whose
// lines are those of the site, the last month is enough.
async function copyPart(whole, folder, days) {
  const iso = (day) => day.toISOString().slice(0, 10);
  const month = iso(days[0]).slice(0, 7);
  const first = days[0];
  const after = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1));
  const read = [iso(first), iso(after)].slice(0, DAYS_READ);
  const isRead = (path) => {
    const name = path.split("/").pop();
    const isOfGroup = /^data\/(all|organisations)\//.test(path);
    if (/-r\d+\./.test(name)) return false;
    const [period] = /^\d{4}(-\d\d)?(-\d\d)?/.exec(name) ?? [];
    if (period === undefined) return true;
    return !isOfGroup && (period === month || read.includes(period));
  };
  for (const path of await filesBelow(whole)) {
    if (!isRead(path)) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(join(whole, path), join(folder, path));
  }
}

// The paths of all files below a folder that end so, relative to it and in order.
export async function filesBelow(folder, ending = "") {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, path, name }) => join(parentPath ?? path, name));
  return paths.map((path) => relative(folder, path)).filter((path) => path.endsWith(ending)).sort();
}

// Runs a check on a copy in which one file is changed, and takes the copy away again. The change
// is a function from the old text to the new one, which must differ.
export async function complaintsWhen(folder, ending, change, check) {
  const copy = await mkdtemp(join(tmpdir(), "parvis-published-"));
  try {
    await cp(folder, copy, { recursive: true });
    let changed = false;
    for (const path of await filesBelow(copy, ending)) {
      const before = await readFile(join(copy, path), "latin1");
      const after = change(before);
      if (after === before) continue;
      await writeFile(join(copy, path), after, "latin1");
      changed = true;
      break;
    }
    assert.ok(changed, `no file …${ending} could be changed`);
    return await check(copy);
  } finally {
    await rm(copy, { recursive: true });
  }
}

// What a program says when it is not content; nothing when it is.
export function complaintsOf(program, words) {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: OUTPUT_BYTES_MAX, env: { ...process.env, COLUMNS: "200" } };
    execFile(program, words, options, (error, output, errors) => {
      if (!error) resolve([]);
      else if (typeof error.code === "number") resolve([`${output}${errors}`.trim()]);
      else reject(error);
    });
  });
}

// A program of the Python packages that `deploy/setup.sh test` installs.
export function python(name) {
  return join(root, "build/python/bin", name);
}

// A check of `validate.py`.
export function validate(check, folder) {
  return complaintsOf(python("python"), [join(root, "tests/open-data/validate.py"), check, folder]);
}
