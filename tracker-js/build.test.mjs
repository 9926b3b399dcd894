// These tests hold the build to its promises: sound types, a small tracker, and no surprise in it.

import assert from "node:assert/strict";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { build, checkTypes, TRACKER_BUDGET } from "./build.mjs";

const withFolder = async (use) => {
  const folder = await mkdtemp(join(tmpdir(), "parvis-build-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

test("the types hold", () => checkTypes());

test("the tracker weighs at most 1,090 bytes after gzip -9", () =>
  withFolder(async (folder) => {
    const sizes = await build({ folder });
    const written = await readFile(join(folder, "t.js"));
    assert.equal(TRACKER_BUDGET, 1090);
    assert.equal(sizes["t.js"].gzip, gzipSync(written, { level: 9 }).length);
    assert.ok(sizes["t.js"].gzip <= 1090, `${sizes["t.js"].gzip} bytes`);
  }));

test("a tracker over its budget is refused with a clear message, and not written", () =>
  withFolder(async (folder) => {
    await assert.rejects(
      build({ folder, trackerBudget: 500 }),
      /t\.js weighs \d+ bytes .* over its budget of 500/,
    );
    await assert.rejects(access(join(folder, "t.js")));
  }));

test("the tracker names no interface that could store or recognise anything", () =>
  withFolder(async (folder) => {
    await build({ folder });
    const code = await readFile(join(folder, "t.js"), "utf8");
    const forbidden =
      "cookie setItem sessionStorage indexedDB caches canvas webgl audio plugins mimeTypes fonts " +
      "hardwareConcurrency deviceMemory screen colorDepth pixelRatio userAgent language timezone " +
      "Intl battery connection preventDefault \\beval innerHTML";
    assert.doesNotMatch(code, new RegExp(forbidden.split(" ").join("|"), "i"));
    // The one use of storage is to read the reader's refusal.
    assert.equal(code.split("localStorage").length - 1, 1);
    assert.match(code, /localStorage\.parvis=="off"/);
  }));
