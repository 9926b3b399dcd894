// This program turns the TypeScript of this folder into the two scripts that browsers are given.
//
// `npm run build` at the root of the project runs it and fills build/web/. The tests call `build`
// themselves, with a folder of their own.
//
// Both scripts run in every browser that knows the optional catch binding (ECMAScript 2019) and
// `fetch`: Chrome 66, Edge 79, Firefox 58, Safari 11.1 and later. An older browser skips a script
// that it cannot read, and its reader is not counted. A request outlives its page (`keepalive`)
// from Chrome 66, Safari 13 and Firefox 133 on; before, the last reading time may be lost. So it
// may in Safari before 14.1, which does not say that a page is hidden when it ends.

import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { transform } from "esbuild";
import { minify } from "terser";

/**
 * What the tracker may weigh in bytes after `gzip -9`: it is a promise to the sites' readers. The
 * aim is 1,000; what is over it buys views that were lost on real pages. It only falls from here.
 */
export const TRACKER_BUDGET = 1090;

/** The sources, what they become, and what they may weigh. */
const SCRIPTS = [
  { source: "tracker.ts", output: "t.js", budget: TRACKER_BUDGET },
  { source: "opt-out.ts", output: "opt-out.js", budget: Infinity },
];

const SOURCE_FOLDER = dirname(fileURLToPath(import.meta.url));
const OUTPUT_FOLDER = resolve(SOURCE_FOLDER, "../build/web");
const ECMASCRIPT = 2019;

/** The sizes in bytes of a script as it is, and as it travels. */
export function measure(code) {
  const bytes = Buffer.from(code);
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
    }).length,
  };
}

/** Checks the types of the whole folder with the TypeScript compiler, which esbuild does not do. */
export async function checkTypes() {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  try {
    await promisify(execFile)(process.execPath, [compiler, "--project", SOURCE_FOLDER]);
  } catch (error) {
    throw new Error(`the types do not hold\n${error.stdout || error.message}`.trim());
  }
}

/** Compiles one source and makes it as small as it gets. */
async function compile(source) {
  const typescript = await readFile(join(SOURCE_FOLDER, source), "utf8");
  const { code: javascript } = await transform(typescript, {
    loader: "ts",
    target: `es${ECMASCRIPT}`,
    sourcefile: source,
    legalComments: "none",
    // The sources are classic scripts: neither wrapped nor marked strict, which would only add
    // bytes.
    tsconfigRaw: { compilerOptions: {} },
  });
  const { code } = await minify(javascript, {
    ecma: ECMASCRIPT,
    // Names at the top of a classic script belong to the page, so none may be made there. Property
    // names are the browser's or the message's, so they stay. Plain statements compress better than
    // conditional expressions in a script this short.
    toplevel: false,
    // Those of the tracker's names that are a property's as well are shorter if they stay.
    mangle: { reserved: ["n", "u", "r", "p", "src"] },
    compress: {
      ecma: ECMASCRIPT,
      passes: 5,
      conditionals: false,
      lhs_constants: false,
      keep_fargs: false,
      unsafe: true,
      unsafe_arrows: true,
    },
    // Letters beyond ASCII are escaped, because a page may be written in another encoding.
    format: { ecma: ECMASCRIPT, ascii_only: true },
  });
  return code;
}

/**
 * Builds both scripts into a folder and returns their sizes by file name. A script over its budget
 * is not written, and refused with an error.
 */
export async function build({ folder = OUTPUT_FOLDER, trackerBudget = TRACKER_BUDGET } = {}) {
  await mkdir(folder, { recursive: true });
  const sizes = {};
  for (const { source, output, budget } of SCRIPTS) {
    const code = await compile(source);
    const size = measure(code);
    const limit = Math.min(budget, output === "t.js" ? trackerBudget : Infinity);
    if (size.gzip > limit)
      throw new Error(
        `${output} weighs ${size.gzip} bytes after gzip -9, ` +
          `which is ${size.gzip - limit} over its budget of ${limit}`,
      );
    await writeFile(join(folder, output), code);
    sizes[output] = size;
  }
  return sizes;
}

// Run as a program, as opposed to being imported by the tests.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const [sizes] = await Promise.all([build(), checkTypes()]);
    for (const [output, { raw, gzip, brotli }] of Object.entries(sizes))
      console.log(
        `${output}: ${raw} bytes, ${gzip} after gzip -9, ${brotli} after brotli` +
          (output === "t.js" ? ` (budget: ${TRACKER_BUDGET} after gzip -9)` : ""),
      );
  } catch (error) {
    console.error(`build failed: ${error.message}`);
    process.exit(1);
  }
}
