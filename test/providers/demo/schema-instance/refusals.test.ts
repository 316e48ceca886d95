import { describe, expect, test } from "bun:test";
import { makeInstance } from "../../../../src/providers/demo/schema-instance/make-instance.ts";
import { SchemaError } from "../../../../src/providers/demo/schema-instance/schema.ts";

function refusal(schema: unknown): { path: string; message: string } {
  try {
    return { path: "none", message: JSON.stringify(makeInstance(schema, { text: "Hello", seed: 1 })) };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { path: error.path, message: error.message };
  }
}

describe("a schema that cannot be satisfied", () => {
  test.each<[schema: unknown, path: string, reason: string]>([
    [false, "", "nothing is allowed"],
    [
      { type: "object", properties: { age: { type: "integer", minimum: 2, maximum: 1 } }, required: ["age"] },
      ".properties.age",
      "no number was found",
    ],
    [{ type: "string", minLength: 3, maxLength: 2 }, ".maxLength", "less than the least length"],
    [{ type: "string", pattern: "^a$", minLength: 2 }, ".pattern", "matches `^a$`"],
    [{ type: "string", pattern: "^(?=b)a" }, ".pattern", "matches `^(?=b)a`"],
    [{ type: "string", pattern: "^(a)\\1$" }, ".pattern", "back-references are not supported"],
    [{ type: "string", pattern: "(" }, ".pattern", "not closed"],
    [{ type: "string", format: "uuid", maxLength: 5 }, ".maxLength", "so short"],
    [{ type: "string", enum: [1] }, ".enum", "none of its values"],
    [{ const: 1, not: { const: 1 } }, ".const", "none of its values"],
    [{ type: "string", not: {} }, ".not", "does not exclude"],
    [{ allOf: [{ type: "string" }, { type: "integer" }] }, ".allOf[1].type", "contradicts"],
    [{ anyOf: [] }, ".anyOf", "no branch"],
    [{ type: "integer", oneOf: [{ type: "integer" }, { type: "number" }] }, ".oneOf", "exactly one"],
    [
      { type: "array", items: { const: 1 }, uniqueItems: true, minItems: 2 },
      ".uniqueItems",
      "not enough different items",
    ],
    [{ type: "array", minItems: 2, maxItems: 1 }, ".maxItems", "so short"],
    [{ type: "array", items: false, minItems: 1 }, ".items", "nothing is allowed"],
    [
      { type: "array", items: { type: "string" }, contains: { type: "null" } },
      ".contains.type",
      "contradicts",
    ],
    [
      { type: "object", required: ["a"], additionalProperties: false },
      ".additionalProperties",
      "`a` is required, but not allowed",
    ],
    [{ type: "object", required: ["a"], maxProperties: 0 }, ".maxProperties", "so few properties"],
    [
      { type: "object", minProperties: 1, additionalProperties: false },
      ".minProperties",
      "so many properties",
    ],
    [{ $ref: "#/$defs/loop", $defs: { loop: { $ref: "#/$defs/loop" } } }, ".$defs.loop", "refers to itself"],
    [{ type: "object", properties: { on: { $ref: "#" } }, required: ["on"] }, "", "nest without an end"],
    [{ $ref: "https://example.com/x.json" }, ".$ref", "points to nothing in this schema"],
    [{ type: "object", properties: { a: { $ref: "#/nowhere" } } }, ".properties.a.$ref", "points to nothing"],
    [{ $ref: "#/$defs/x/constructor", $defs: { x: {} } }, ".$ref", "points to nothing"],
    [{ $dynamicRef: "#x" }, ".$dynamicRef", "not supported"],
    [{ type: "array", minItems: 1e9 }, ".minItems", "at most 10000 items"],
    [{ type: "string", minLength: 1e9 }, ".minLength", "at most 100000 characters"],
    [{ type: "object", minProperties: 1e9 }, ".minProperties", "at most 2000 properties"],
    [
      { type: "array", minItems: 300, items: { type: "array", minItems: 300, items: {} } },
      ".items",
      "larger instance",
    ],
    [
      { type: "array", minItems: 100, items: { type: "string", minLength: 50_000 } },
      ".items",
      "larger instance",
    ],
  ])("%j: %s", (schema, path, reason) => {
    const { path: refused, message } = refusal(schema);
    expect({ path: refused.slice(0, path.length), message }).toEqual({
      path,
      message: expect.stringContaining(reason),
    });
  });

  test.each<[schema: unknown, path: string]>([
    ["text", ""],
    [{ type: "text" }, ".type"],
    [{ type: "string", minLength: "3" }, ".minLength"],
    [{ type: "string", pattern: 3 }, ".pattern"],
    [{ type: "object", properties: [] }, ".properties"],
    [{ type: "object", properties: { a: 3 } }, ".properties.a"],
    [{ type: "object", required: "a" }, ".required"],
    [{ type: "object", required: [1] }, ".required"],
    [{ type: "object", dependentRequired: [] }, ".dependentRequired"],
    [{ enum: "a" }, ".enum"],
    [{ anyOf: {} }, ".anyOf"],
    [{ allOf: [3] }, ".allOf[0]"],
  ])("%j is no schema", (schema, path) => {
    expect(refusal(schema)).toEqual({ path, message: expect.stringContaining("has to be") });
  });
});
