// The one place where the tests start the real program, and stop it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export const program = process.env.PARVIS_PROGRAM ?? join(root, "target/release/parvis");

/** Serves a data folder; returns where, the one-time link if there is one, and the process. */
export async function serve(data, words = [], env = {}) {
  const all = ["--data", data, "serve", "--listen", "127.0.0.1:0", ...words];
  const child = spawn(program, all, {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, ...env },
  });
  let firstLink, base;
  for await (const line of createInterface({ input: child.stdout })) {
    firstLink ??= line.match(/http:\S+\/admin\/first\S+/)?.[0];
    base = line.match(/publishes at (\S+)\//)?.[1];
    if (base) break;
  }
  assert.ok(base, `${program} did not start: run \`make build\``);
  child.stdout.resume();
  return { base, firstLink, child };
}

/** Stops it; it must end well. */
export async function end(child) {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  assert.deepEqual(await ended, [0, null], "the service exits 0");
}

/** Waits until a condition holds, on a machine that may be slow; returns the milliseconds it took. */
export async function until(what, holds, patience = 15_000) {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > patience) assert.fail(`waited in vain: ${what}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
  return Date.now() - began;
}
