// Everything that is published, judged by validators that others wrote; and each of them shown to
// notice when something is wrong.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { join } from "node:path";

import { graphComplaints } from "./graphs.mjs";
import {
  complaintsOf,
  complaintsWhen,
  filesBelow,
  publishedFolder,
  python,
  root,
  validate,
} from "./published.mjs";

const PROFILE = join(
  root,
  "build/lists/check_datapackage-0.37.0/check_datapackage/schemas/data-package-2-0.json",
);

let folder;

before(async () => {
  folder = await publishedFolder();
});

// The tables with their hashes: the package of the portal leads to all the others.
function frictionless(place) {
  return complaintsOf(python("frictionless"), ["validate", join(place, "data/datapackage.json")]);
}

async function profile(place) {
  const packages = await filesBelow(place, "datapackage.json");
  const paths = packages.map((path) => join(place, path));
  return complaintsOf(python("check-jsonschema"), ["--schemafile", PROFILE, ...paths]);
}

const csvw = (place) => validate("csvw", place);
const parquet = (place) => validate("parquet", place);
const rows = (place) => validate("json", place);
const spreadsheet = (place) => validate("spreadsheet", place);
const pages = (place) => validate("pages", place);
const turtle = (place) => graphComplaints(place, "ttl");
const rdfXml = (place) => graphComplaints(place, "rdf");
const jsonLd = (place) => graphComplaints(place, "jsonld");

// A figure, before another one in its line, with a digit more.
const anotherFigure = (text) => text.replace(/,(\d{2,}),(\d+),/, ",9$1,$2,");

const CHECKS = [
  ["every table is what its Data Package says", frictionless, [
    ["a figure changes", "latest.csv", anotherFigure],
    ["a row is cut off", "latest.csv", (text) => text.slice(0, -20)],
    ["a hash changes", "datapackage.json", (text) => text.replace("sha256:", "sha256:0")],
    ["a type changes", "datapackage.json",
      (text) => text.replace('"type": "string"', '"type": "date"')],
  ]],
  ["every Data Package is by the profile of version 2", profile, [
    ["a resource has no path", "datapackage.json", (text) => text.replaceAll('"path":', '"way":')],
    ["the resources are missing", "datapackage.json",
      (text) => text.replace('"resources"', '"things"')],
  ]],
  ["every CSV file is what its CSVW description says", csvw, [
    ["a code is none", "latest.csv", (text) => text.replace(/,A,F\r/, ",ZZ,F\r")],
    ["a column is renamed", "latest.csv", (text) => text.replace("period", "time")],
    ["a figure is a word", "latest.csv", (text) => text.replace(/,\d{2,},(\d+),/, ",many,$1,")],
    ["a primary key is there twice", "latest.csv",
      (text) => text.replace(/\n([^\n]*\r\n)$/, "\n$1$1")],
  ]],
  ["every Parquet file has the rows and types of its CSV file", parquet, [
    ["a figure changes", "latest.csv", anotherFigure],
    ["the file is cut off", ".parquet", (text) => text.slice(0, -100)],
    ["a type changes", "schemas/pages.json",
      (text) => text.replace('"type": "integer"', '"type": "number"')],
  ]],
  ["every JSON file has the rows of its CSV file", rows, [
    ["a figure changes", "latest.csv", anotherFigure],
    ["a row is missing", "latest.json", (text) => text.replace(/,\n\{[^{}]*\}\n\]/, "\n]")],
  ]],
  ["a spreadsheet reads its variant as the CSV file", spreadsheet, [
    ["a figure changes", "latest.tableur.csv", (text) => text.replace(/;(\d{2,});(\d+);/, ";9$1;$2;")],
    ["a text becomes a formula", "latest.tableur.csv", (text) => text.replace(";'=", ";=")],
  ]],
  ["every page of a dataset describes it for search engines", pages, [
    ["the description is no JSON", ".html", (text) => text.replace('"@type":', '"@type"')],
    ["the licence is missing", ".html", (text) => text.replace('"license"', '"licence"')],
  ]],
  ["the catalogue in Turtle is DCAT-AP", turtle, [
    ["a title is missing", ".ttl", (text) => text.replace(/\tdct:title .*\n/, "")],
    ["an access address is missing", ".ttl", (text) => text.replace(/\tdcat:accessURL .*\n/, "")],
    ["a period has an address", ".ttl",
      (text) => text.replace(/dct:temporal _:\w+/, "dct:temporal <https://example.org/2026>")],
    ["an identifier is missing", ".ttl",
      (text) => text.replace(/\tdct:identifier "\/data\/.*\n/, "")],
    ["a keyword is an address", ".ttl",
      (text) => text.replace(/dcat:keyword "/, 'dcat:keyword <https://example.org/> , "')],
    ["a date is in the future", ".ttl",
      (text) => text.replace(/dct:modified "\d{4}/, 'dct:modified "9999')],
    ["a file has another size", ".ttl", (text) => text.replace(/byteSize "/, 'byteSize "1')],
    ["a checksum is cut off", "checksums.ttl",
      (text) => text.replace(/checksumValue "../, 'checksumValue "')],
    ["an identifier is there twice", ".ttl",
      (text) => text.replace(/"\/api\/v1"/, /dct:identifier ("\/data\/[^"]+")/.exec(text)[1])],
  ]],
  ["the catalogue in RDF/XML is DCAT-AP", rdfXml, [
    ["the publisher is missing", ".rdf", (text) => text.replace(/\t*<dct:publisher .*\n/, "")],
    ["a tag is not closed", ".rdf", (text) => text.replace("</dct:title>", "</dct:titre>")],
  ]],
  ["the catalogue in JSON-LD is DCAT-AP", jsonLd, [
    ["the licences are missing", ".jsonld", (text) => text.replaceAll("dc/terms/license", "x/y")],
    ["the file is cut off", ".jsonld", (text) => text.slice(0, -20)],
  ]],
];

for (const [promise, check, harms] of CHECKS) {
  test(promise, async (context) => {
    assert.deepEqual(await check(folder), []);
    for (const [harm, ending, change] of harms) {
      await context.test(`noticed: ${harm}`, async () => {
        assert.notDeepEqual(await complaintsWhen(folder, ending, change, check), []);
      });
    }
  });
}
