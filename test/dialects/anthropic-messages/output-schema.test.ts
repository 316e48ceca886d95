import { describe, expect, test } from "bun:test";
import Ajv from "ajv";
import fc from "fast-check";
import { outputSchema } from "../../../src/dialects/anthropic-messages/output-schema.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

describe("a schema for Anthropic's structured outputs", () => {
  test.each([
    [
      { type: "string", enum: ["a"] },
      { type: "string", enum: ["a"] },
    ],
    [
      { $schema: "x", type: "object", properties: { a: { type: "number", minimum: 1, description: "A" } } },
      {
        type: "object",
        properties: { a: { type: "number", description: "A\n\n{minimum: 1}" } },
        additionalProperties: false,
      },
    ],
    [
      { type: "array", items: { type: "string", format: "uuid" }, minItems: 1, maxItems: 3 },
      { type: "array", items: { type: "string", format: "uuid" }, minItems: 1, description: "{maxItems: 3}" },
    ],
    [
      { type: "string", format: "color" },
      { type: "string", description: '{format: "color"}' },
    ],
    [{ oneOf: [{ type: "string" }, { type: "null" }] }, { anyOf: [{ type: "string" }, { type: "null" }] }],
    [
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: true },
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
    ],
    [
      {
        $ref: "#/$defs/a",
        $defs: { a: { type: "array", items: { $ref: "#/$defs/b" } }, b: { type: "string" } },
      },
      {
        $ref: "#/$defs/a",
        $defs: { a: { type: "array", items: { $ref: "#/$defs/b" } }, b: { type: "string" } },
      },
    ],
  ])("%j becomes one that it takes", (schema, adapted) => {
    expect(outputSchema(schema as JsonObject)).toEqual(adapted as JsonObject);
  });

  test.each([
    { type: "object" },
    { type: "object", additionalProperties: { type: "string" } },
    { type: "object", properties: {}, additionalProperties: true },
    { type: "object", properties: { a: {} }, patternProperties: { x: {} } },
    { not: { type: "string" } },
    { type: "array", items: [{ type: "string" }] },
    { type: "array", items: true },
    { anyOf: {} },
    { $ref: "#" },
    { $ref: "https://x.example/schema" },
    { $ref: "#/$defs/a", $defs: { a: { type: "array", items: { $ref: "#/$defs/a" } } } },
    { $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } }, anyOf: [{ $ref: "#/$defs/b" }] },
    JSON.parse('{"__proto__":{"type":"string"}}') as object,
  ])("%j cannot be one", (schema) => {
    expect(outputSchema(schema as JsonObject)).toBeUndefined();
  });

  test("that is very deep cannot be one", () => {
    let schema: JsonObject = { type: "string" };
    for (let depth = 0; depth < 500; depth++) schema = { type: "array", items: schema };
    expect(outputSchema(schema)).toBeUndefined();
  });

  test("accepts nothing that the given one does not, limits apart", () => {
    const leaf = fc.constantFrom(
      { type: "string" },
      { type: "number" },
      { enum: ["a", 1] },
      { type: "boolean" },
    );
    const { schema } = fc.letrec<{ schema: object }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.record({ type: fc.constant("array"), items: tie("schema") }),
        fc.record({
          type: fc.constant("object"),
          properties: fc.dictionary(fc.constantFrom("a", "b"), tie("schema")),
          required: fc.constant(["a"]),
        }),
        fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
      ),
    }));
    const ajv = new Ajv({ strict: false });
    fc.assert(
      fc.property(schema, fc.array(fc.jsonValue(), { maxLength: 5 }), (given, values) => {
        const adapted = outputSchema(given as JsonObject);
        if (adapted === undefined) throw new Error("it was not taken");
        const [narrow, wide] = [ajv.compile(adapted), ajv.compile(given)];
        for (const value of [...values, {}, [], "a", { a: "a" }, [{ a: 1 }]])
          if (narrow(value)) expect(wide(value)).toBe(true);
        // What it has become, it stays.
        expect(outputSchema(adapted)).toEqual(adapted);
      }),
      { numRuns: 60 },
    );
  });
});
