// The description of the API is what it says it is, by a validator and a linter that others wrote.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";

import { start, stop } from "./service.mjs";

// What the linter asks for beyond its strictest own list.
const RULES = {
  // The lists take no parameter: nothing about asking for them can be wrong. Which operations can
  // be asked wrongly, and say so, is a test of its own.
  "operation-4xx-response": "off",
  "info-contact": "off",
  "no-duplicated-tag-names": "error",
  "no-enum-type-mismatch": "error",
  "no-illogical-composition-keywords": "error",
  "no-invalid-parameter-examples": "error",
  "no-invalid-schema-examples": "error",
  "no-mixed-number-range-constraints": "error",
  "no-required-schema-properties-undefined": "error",
  "no-schema-type-mismatch": "error",
  "no-unsafe-markdown": "error",
  "no-unused-components": "error",
  "operation-operationId": "error",
  "operation-parameters-unique": "error",
  "operation-singular-tag": "error",
  "operation-tag-defined": "error",
  "parameter-description": "error",
  "path-not-include-query": "error",
  "spec-strict-refs": "error",
  "tag-description": "error",
};

let service, description;

before(async () => {
  service = await start();
  const answer = await fetch(`${service.base}/api/openapi.json`);
  assert.equal(answer.headers.get("content-type"), "application/json");
  description = await answer.json();
});

after(() => stop(service));

// What the linter finds, in words.
async function complaints(document) {
  const config = await createConfig({ extends: ["recommended-strict"], rules: RULES });
  const source = JSON.stringify(document);
  const found = await lintFromString({ source, absoluteRef: "openapi.json", config });
  // The same of many lines is said once.
  const place = ({ location }) => location[0].pointer.replaceAll(/\/\d+\b/g, "/0");
  const said = found.map((one) => `${one.ruleId} ${place(one)} ${one.message.replace(/^`\d+`/, "")}`);
  return [...new Set(said)];
}

// An operation as its examples ask for it, of the demonstration's site.
function addressOf(path, { parameters = [] }) {
  const example = ({ name, example }) => (name === "host" ? "demo.localhost" : example);
  const inPath = parameters.filter((one) => one.in === "path");
  const filled = inPath.reduce((text, one) => text.replace(`{${one.name}}`, example(one)), path);
  return service.base + filled;
}

test("the description is OpenAPI 3.1", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(description));
  assert.ok(valid, JSON.stringify(errors, null, 2));
  assert.equal(validator.version, "3.1");
  // Every reference leads somewhere.
  assert.ok(validator.resolveRefs());
});

test("a description that is none would be found", async () => {
  const broken = structuredClone(description);
  const [path] = Object.keys(broken.paths);
  delete broken.paths[path].get.responses["200"].description;
  const { valid } = await new Validator().validate(broken);
  assert.equal(valid, false);
});

test("a linter has nothing to say of the description", async () => {
  assert.deepEqual(await complaints(description), []);
  for (const { get } of Object.values(description.paths)) {
    const statuses = Object.keys(get.responses).filter((status) => /^4/.test(status));
    assert.deepEqual(statuses, get.parameters ? ["400", "404"] : [], get.operationId);
  }
});

test("what the service answers has no member that the description does not have", async () => {
  const answered = structuredClone(description);
  let lines = 0;
  for (const [path, { get }] of Object.entries(answered.paths)) {
    const media = get.responses["200"].content["application/json"];
    // There is no organisation; sums over sites have the members of a site's figures.
    if (path.includes("{slug}")) continue;
    const asked = get.parameters ? "?period=28d&compare=previous" : "";
    media.example = await (await fetch(addressOf(path, get) + asked)).json();
    lines += media.example.rows?.length ?? 0;
  }
  assert.ok(lines > 28, `${lines} lines`);
  assert.deepEqual(await complaints(answered), []);
  // The linter looks at every one of these members.
  const path = "/api/v1/sites/{host}/totals";
  const [row] = answered.paths[path].get.responses["200"].content["application/json"].example.rows;
  row.undescribed = 1;
  assert.match((await complaints(answered)).join("\n"), /undescribed/);
});

test("every breakdown answers with the members of the description", async () => {
  const answered = structuredClone(description);
  const path = "/api/v1/sites/{host}/breakdown/{dimension}";
  const { get } = answered.paths[path];
  const { dimensions } = await (await fetch(`${service.base}/api/v1/dimensions`)).json();
  const content = get.responses["200"].content["application/json"];
  delete content.example;
  content.examples = {};
  for (const { name } of dimensions.filter((one) => one.public)) {
    const address = addressOf(path, get).replace(/[^/]+$/, `${name}?period=2026-10&limit=20`);
    content.examples[name] = { value: await (await fetch(address)).json() };
  }
  assert.ok(Object.keys(content.examples).length > 15);
  assert.deepEqual(await complaints(answered), []);
});
