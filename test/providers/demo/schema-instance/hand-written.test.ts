import { describe, expect, test } from "bun:test";
import { makeInstance } from "../../../../src/providers/demo/schema-instance/make-instance.ts";
import { ajvErrors } from "../support/oracle.ts";

/** The linter takes an object with this member for a promise. */
const consequence = "then";
const node = {
  type: "object",
  properties: { next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } },
  required: ["next"],
};

const schemas: readonly unknown[] = [
  true,
  {},
  { type: "null" },
  { type: ["null", "boolean"] },
  { type: ["string", "null"], pattern: "^[A-Z]{3}$" },
  { const: { a: [1, null] } },
  { enum: [1, "a", null, { b: 2 }] },
  { enum: ["a", "bb", "ccc"], minLength: 2, maxLength: 2 },
  { type: "string", enum: [1, 2, "a"] },
  { type: "integer", minimum: 7, maximum: 7 },
  { type: "integer", exclusiveMinimum: 6, exclusiveMaximum: 8 },
  { type: "integer", minimum: -3, exclusiveMaximum: 0 },
  { type: "integer", multipleOf: 7, minimum: 15, maximum: 27 },
  { allOf: [{ multipleOf: 6 }, { multipleOf: 10 }], type: "integer", minimum: 1 },
  { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
  { type: "number", exclusiveMinimum: 0.001, exclusiveMaximum: 0.002 },
  { type: "number", minimum: 1e300 },
  { type: "number", maximum: -1e300 },
  { type: "number", minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE },
  { type: "number", multipleOf: 0.1, minimum: 0.25, maximum: 0.75 },
  { type: "number", multipleOf: 0.01, minimum: 19.95, maximum: 20.05 },
  { type: "number", not: { type: "integer" } },
  { type: "string", minLength: 40, maxLength: 41 },
  { type: "string", minLength: 1_000 },
  { type: "string", maxLength: 0 },
  { type: "string", pattern: "^\\d{3}-\\d{4}$" },
  { type: "string", pattern: "^A", minLength: 5 },
  { type: "string", pattern: "z$", minLength: 5 },
  { type: "string", pattern: "^[a-z]+$", minLength: 50, maxLength: 50 },
  { type: "string", pattern: "^(?!foo)[a-z]{3}$" },
  { type: "string", pattern: "^(?=.*[A-Z])(?=.*\\d)(?=.*[^\\w]).{10,12}$" },
  { type: "string", pattern: "^\\p{Lu}\\p{Ll}+ \\p{Sc}$" },
  { allOf: [{ pattern: "^pre" }, { pattern: "post$" }, { pattern: "mid" }], type: "string" },
  { type: "string", format: "date-time" },
  { type: "string", format: "email", maxLength: 20 },
  { type: "string", format: "uri", pattern: "^https://" },
  { type: "string", format: "date", pattern: "^2026-" },
  { type: "string", format: "credit-card" },
  { type: "string", not: { const: "Hello to you" }, minLength: 1, pattern: "^[Hx]" },
  { type: "array" },
  { type: "array", items: false },
  { type: "array", items: { enum: ["a", "b", "c"] }, uniqueItems: true, minItems: 3 },
  { type: "array", items: { type: "integer", minimum: 1, maximum: 50 }, uniqueItems: true, minItems: 50 },
  { type: "array", items: { type: "boolean" }, uniqueItems: true, minItems: 2, maxItems: 2 },
  { type: "array", items: { type: "string", maxLength: 1 }, uniqueItems: true, minItems: 12 },
  { type: "array", items: { type: "integer" }, uniqueItems: true, minItems: 150 },
  { type: "array", items: { type: "number" }, minItems: 1_000 },
  { type: "array", prefixItems: [{ const: 1 }, { type: "string" }], items: false, minItems: 2 },
  { type: "array", prefixItems: [{ const: 1 }], items: { const: 2 }, minItems: 4, maxItems: 4 },
  { type: "array", contains: { const: "x" }, items: { type: "string" } },
  { type: "array", contains: { const: "x" }, minContains: 2, maxContains: 2, items: { enum: ["x", "y"] } },
  { type: "object" },
  { type: "object", minProperties: 2, additionalProperties: { type: "integer" } },
  { type: "object", minProperties: 3, maxProperties: 3, properties: { a: {}, b: {}, c: {}, d: {} } },
  {
    type: "object",
    patternProperties: { "^x-": { type: "integer" } },
    additionalProperties: false,
    minProperties: 2,
  },
  { type: "object", propertyNames: { pattern: "^[A-Z]{2}$" }, minProperties: 3 },
  {
    type: "object",
    propertyNames: { enum: ["p", "q"] },
    minProperties: 2,
    additionalProperties: { const: 0 },
  },
  { type: "object", required: ["a"], additionalProperties: { type: "integer" } },
  { type: "object", properties: { a: {} }, dependentRequired: { a: ["b"], b: ["c"] } },
  { type: "object", properties: { a: {} }, required: ["a"], dependentSchemas: { a: { minProperties: 1 } } },
  { properties: { a: { type: "string" } }, required: ["a"] },
  {
    type: "object",
    allOf: [{ properties: { a: { minimum: 5 } } }, { properties: { a: { type: "integer", maximum: 5 } } }],
    required: ["a"],
  },
  { type: "object", allOf: [{ properties: { a: {} } }], unevaluatedProperties: false, properties: { b: {} } },
  { anyOf: [{ type: "string", minLength: 5, maxLength: 3 }, { const: "the only one" }] },
  {
    oneOf: [
      { type: "integer", multipleOf: 2 },
      { type: "integer", multipleOf: 3 },
    ],
    minimum: 1,
  },
  { allOf: [{ anyOf: [{ const: 1 }, { const: 2 }] }, { anyOf: [{ const: 2 }, { const: 3 }] }] },
  {
    allOf: [
      { anyOf: [{ const: 1 }, { const: 2 }, { const: 9 }] },
      { anyOf: [{ const: 7 }, { const: 3 }, { const: 9 }] },
    ],
  },
  {
    type: "object",
    properties: { kind: { enum: ["a", "b"] } },
    required: ["kind"],
    if: { properties: { kind: { const: "a" } } },
    [consequence]: { required: ["x"] },
    else: { required: ["y"] },
  },
  { $ref: "#/$defs/node", $defs: { node } },
  { $ref: "#/$defs/a~1b%20c", $defs: { "a/b c": { const: 5 } } },
  { $ref: "#/definitions/old", definitions: { old: { type: "string" } } },
  { $ref: "#here", $defs: { x: { $anchor: "here", const: "anchored" } } },
  { $id: "https://example.com/s", properties: { self: { $ref: "https://example.com/s" } }, type: "object" },
  { $ref: "#/$defs/positive", maximum: 3, $defs: { positive: { type: "integer", minimum: 3 } } },
  {
    type: "object",
    properties: {
      children: { type: "array", minItems: 1, items: { anyOf: [{ $ref: "#" }, { const: "leaf" }] } },
    },
    required: ["children"],
  },
  { nullable: true, type: "string" },
  { title: "ignored", description: "ignored", default: 3, examples: [1], deprecated: true, type: "integer" },
];

describe("an instance of a schema written by hand", () => {
  test.each(schemas.map((schema) => [JSON.stringify(schema), schema] as const))("%s", (_, schema) => {
    for (const seed of [1, 2, 3]) {
      const instance = makeInstance(schema, { text: "Hello to you", seed });
      expect({ instance, errors: ajvErrors(schema, instance) }).toEqual({ instance, errors: undefined });
    }
  });
});
