// The demonstration with its whole history released, made once by the program under test: each test
// file serves a copy of its own. `node tests/browser/demo.mjs` makes it ahead of them.

import { createHash } from "node:crypto";
import { access, cp, mkdir, mkdtemp, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { end, program, root, serve, until } from "./program.mjs";

const FOLDERS = join(root, "build/demo");

// How long a slow machine may take to release thirteen months.
const PATIENCE_MS = 600_000;

/** The date in Paris, as files are named. */
export function today() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format(new Date());
}

/**
 * Waits until the whole history is released: then the pages are as long as they get. The files of
 * all sites are made last, and of them those of yesterday.
 */
export function released({ base }) {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() - 1);
  // The first revision: without one, a day that is not released yet is answered as it is so far.
  const file = `${base}/data/all/traffic/${date.toISOString().slice(0, 10)}-r1.csv`;
  const is = async () => (await fetch(file)).ok;
  return until("the demonstration is released", is, PATIENCE_MS);
}

/** Copies the released demonstration to where a service may change it. */
export async function copyDemo(to) {
  await cp(await demoFolder(), to, { recursive: true });
}

// One of each program and day: the history ends with the day before.
async function demoFolder() {
  const hash = createHash("sha256").update(await readFile(program)).digest("hex").slice(0, 16);
  const folder = join(FOLDERS, `${today()}-${hash}`);
  const isThere = await access(folder).then(() => true, () => false);
  if (isThere) return folder;
  await mkdir(FOLDERS, { recursive: true });
  const before = await readdir(FOLDERS);
  const scratch = await mkdtemp(join(FOLDERS, "new-"));
  const data = join(scratch, "data");
  const service = await serve(data, ["--demo"]);
  await released(service);
  await end(service.child);
  // Another process may have been faster; what it made is as good.
  await rename(data, folder).catch(() => access(folder));
  await rm(scratch, { recursive: true });
  for (const name of before.filter((name) => /^\d/.test(name)))
    await rm(join(FOLDERS, name), { recursive: true, force: true });
  return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await demoFolder();
