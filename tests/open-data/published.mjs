// The folder of published files that the validators read, and copies of it that are wrong.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

// A description and its tables fit in this many bytes of complaints.
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

// Where everything that is published lies: the small portal that `cargo test --test open-data`
// writes, or a folder of your choice.
export async function publishedFolder() {
  const folder = process.env.PARVIS_PUBLISHED ?? join(root, "build/open-data/published");
  await access(folder).catch(() => assert.fail(`no ${folder}: run \`cargo test\``));
  return folder;
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
