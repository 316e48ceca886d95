import { describe, expect, test } from "bun:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { z } from "zod";
import { fillSchema } from "../../../src/providers/demo/fill-schema.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

function check(schema: object, text = "Hello there", seed = 1): unknown {
  const instance = fillSchema(schema, { text, seed, param: "schema" });
  const validate = ajv.compile(schema);
  expect({ instance, valid: validate(instance), errors: validate.errors }).toMatchObject({ valid: true });
  return instance;
}

/** Random schemas as teams write them. */
const zodSchema: fc.Arbitrary<z.ZodType> = fc.letrec<{ any: z.ZodType; leaf: z.ZodType }>((tie) => ({
  leaf: fc.oneof(
    fc.constant(z.string()),
    fc.nat({ max: 30 }).map((most) => z.string().max(most)),
    fc.nat({ max: 30 }).map((least) => z.string().min(least)),
    fc.constantFrom(z.email(), z.uuid(), z.iso.datetime(), z.iso.date(), z.ipv4()),
    fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat({ max: 50 })).map(([low, span]) =>
      z
        .number()
        .min(low)
        .max(low + span),
    ),
    fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat({ max: 50 })).map(([low, span]) =>
      z
        .int()
        .min(low)
        .max(low + span),
    ),
    fc.integer({ min: 1, max: 9 }).map((step) => z.int().multipleOf(step).min(0).max(100)),
    fc.constantFrom(z.boolean(), z.null(), z.literal("x"), z.literal(4), z.enum(["a", "b", "c"])),
  ),
  any: fc.oneof(
    { maxDepth: 4 },
    tie("leaf"),
    fc
      .dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie("any"), { maxKeys: 4, noNullPrototype: true })
      .map((shape) => z.object(shape)),
    fc.tuple(tie("any"), fc.nat({ max: 3 })).map(([item, least]) =>
      z
        .array(item)
        .min(least)
        .max(least + 2),
    ),
    tie("any").map((inner) => z.nullable(inner)),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => z.union([a, b])),
    fc.tuple(tie("leaf"), tie("leaf")).map(([a, b]) => z.tuple([a, b])),
  ),
})).any;

describe("an instance of a schema", () => {
  test("is valid for any schema that a team may write", () => {
    fc.assert(
      fc.property(zodSchema, fc.string(), fc.nat(), (schema, text, seed) => {
        check(z.toJSONSchema(schema) as object, text, seed);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    { type: "array", items: { enum: ["a", "b", "c"] }, uniqueItems: true, minItems: 3 },
    { type: "object", minProperties: 2, additionalProperties: { type: "integer" } },
    { type: "object", required: ["__proto__", "a"], properties: { a: { const: null } } },
    {
      allOf: [
        { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        { properties: { b: { type: "number" } }, required: ["b"] },
      ],
    },
    {
      $ref: "#/$defs/node",
      $defs: {
        node: {
          type: "object",
          properties: { next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } },
          required: ["next"],
        },
      },
    },
    { type: ["string", "null"], pattern: "^[A-Z]{3}$" },
    { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    { type: "integer", minimum: 7, maximum: 7 },
    { type: "string", minLength: 40, maxLength: 41 },
    {},
    true as unknown as object,
  ])("%j", (schema) => {
    check(schema);
  });

  test("depends on the text and is the same each time", () => {
    const schema = { enum: ["a", "b", "c", "d"] };
    const of = (seed: number) => fillSchema(schema, { text: "", seed, param: "schema" });
    expect(of(5)).toBe(of(5));
    expect(new Set(Array.from({ length: 40 }, (_, seed) => of(seed)))).toEqual(new Set(["a", "b", "c", "d"]));
  });

  test.each([
    [{ type: "string", pattern: "^(?=never)(?!never)$" }, "no string that it allows"],
    [{ type: "object", required: ["a"], additionalProperties: false }, "required and not allowed"],
    [{ type: "array", items: { const: 1 }, uniqueItems: true, minItems: 2 }, "cannot all be different"],
    [{ $ref: "#/$defs/loop", $defs: { loop: { $ref: "#/$defs/loop" } } }, "recurs without end"],
    [{ $ref: "https://example.com/x.json" }, "outside of the schema"],
    [{ properties: { a: { $ref: "#/nowhere" } } }, "leads nowhere"],
    [{ properties: { deep: { type: "integer", minimum: 2, maximum: 1 } } }, "the schema of /deep"],
  ])("%j is refused with the reason", (schema, reason) => {
    expect(() => fillSchema(schema, { text: "x", seed: 1, param: "schema" })).toThrow(reason);
  });
});
