// This program writes what each language calls countries, languages, months and days, and how it
// writes figures, from the Unicode data inside Node: one file for each file of texts in this folder.
//
// `npm run build` at the root of the project runs it and fills build/locales/.

import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE_FOLDER = dirname(fileURLToPath(import.meta.url));
const OUTPUT_FOLDER = resolve(SOURCE_FOLDER, "../../build/locales");

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
const TRIPLES = PAIRS.flatMap((pair) => LETTERS.map((third) => pair + third));

// A day in the middle of each month, and the seven days from a Monday on.
const MONTHS = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 15)));
const DAYS = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)));

/** The names that a language has for these codes; those without a name are left out. */
function named(tag, type, codes) {
  const names = new Intl.DisplayNames([tag], { type, fallback: "none" });
  const pairs = codes.map((code) => [code, names.of(code)]);
  return Object.fromEntries(pairs.filter(([, name]) => name !== undefined));
}

/** How a language writes a figure. */
function figures(tag) {
  const parts = new Intl.NumberFormat(tag, { useGrouping: "always" }).formatToParts(-1234567.8);
  const part = (type) => parts.find((one) => one.type === type)?.value ?? "";
  return { group: part("group"), decimal: part("decimal"), minus: part("minusSign") };
}

/** Everything that a language calls by its own names. */
export function names(tag) {
  const dates = (days, options) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options });
    return days.map((day) => format.format(day));
  };
  return {
    ...figures(tag),
    months: dates(MONTHS, { month: "long" }),
    months_short: dates(MONTHS, { month: "short" }),
    weekdays: dates(DAYS, { weekday: "long" }),
    regions: named(tag, "region", PAIRS.map((code) => code.toUpperCase())),
    languages: named(tag, "language", [...PAIRS, ...TRIPLES]),
  };
}

await mkdir(OUTPUT_FOLDER, { recursive: true });
for (const file of await readdir(SOURCE_FOLDER)) {
  if (!file.endsWith(".ftl")) continue;
  const tag = basename(file, ".ftl");
  await writeFile(join(OUTPUT_FOLDER, `${tag}.json`), JSON.stringify(names(tag)));
}
