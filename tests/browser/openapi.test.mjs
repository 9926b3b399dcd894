// The description of the API is what it says it is, by a validator that others wrote.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Validator } from "@seriousme/openapi-schema-validator";

import { start, stop } from "./service.mjs";

let service;

before(async () => {
  service = await start();
});

after(() => stop(service));

test("the description is OpenAPI 3.1", async () => {
  const answer = await fetch(`${service.base}/api/openapi.json`);
  assert.equal(answer.headers.get("content-type"), "application/json");
  const description = await answer.json();
  const validator = new Validator();
  const { valid, errors } = await validator.validate(description);
  assert.ok(valid, JSON.stringify(errors, null, 2));
  assert.equal(validator.version, "3.1");
  // Every reference leads somewhere.
  assert.ok(validator.resolveRefs());
});

test("a description that is none would be found", async () => {
  const answer = await fetch(`${service.base}/api/openapi.json`);
  const description = await answer.json();
  const [path] = Object.keys(description.paths);
  delete description.paths[path].get.responses["200"].description;
  const { valid } = await new Validator().validate(description);
  assert.equal(valid, false);
});
