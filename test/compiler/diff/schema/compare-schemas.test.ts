import { describe, expect, test } from "bun:test";
import { Ajv2020 } from "ajv/dist/2020";
import fc from "fast-check";
import { z } from "zod";
import { compareSchemas } from "../../../../src/compiler/diff/schema/compare-schemas.ts";
import type { Direction } from "../../../../src/compiler/diff/schema/comparison.ts";
import type { SchemaObject } from "../../../../src/compiler/diff/schema/json-schema.ts";

function breaks(direction: Direction, before: SchemaObject, after: SchemaObject): string[] {
  return compareSchemas(before, after, direction).map(({ path, message }) => `${path}: ${message}`);
}

/** As the compiler makes schemas out of a config's. */
const json = (schema: z.ZodType, direction: Direction): SchemaObject =>
  z.toJSONSchema(schema, { io: direction });
const ofInput = (before: z.ZodType, after: z.ZodType): string[] =>
  breaks("input", json(before, "input"), json(after, "input"));
const ofOutput = (before: z.ZodType, after: z.ZodType): string[] =>
  breaks("output", json(before, "output"), json(after, "output"));
const text = z.string();

describe("an input breaks", () => {
  test.each<[string, z.ZodType, z.ZodType, string]>([
    [
      "with a new required field",
      z.object({ text }),
      z.object({ text, tone: text }),
      "tone: is now required",
    ],
    [
      "when an optional field is required",
      z.object({ text: text.optional() }),
      z.object({ text }),
      "text: is now required",
    ],
    [
      "when a default goes",
      z.object({ text: text.default("") }),
      z.object({ text }),
      "text: is now required",
    ],
    [
      "when a strict object loses a field",
      z.strictObject({ text, more: text }),
      z.strictObject({ text }),
      "more: is no longer accepted",
    ],
    [
      "when it turns strict",
      z.object({ text }),
      z.strictObject({ text }),
      ": no longer accepts unknown fields",
    ],
    ["with another type", z.object({ n: text }), z.object({ n: z.number() }), "n: type string → number"],
    [
      "with a narrower type",
      z.object({ n: z.number() }),
      z.object({ n: z.int() }),
      "n: type number → integer",
    ],
    ["when null goes", z.object({ n: text.nullable() }), z.object({ n: text }), "n: no longer accepts null"],
    ["when anything goes", z.object({ n: z.unknown() }), z.object({ n: text }), "n: type any → string"],
    [
      "when a listed value goes",
      z.object({ l: z.enum(["en", "de"]) }),
      z.object({ l: z.enum(["en"]) }),
      'l: no longer accepts "de"',
    ],
    [
      "when values are listed",
      z.object({ l: text }),
      z.object({ l: z.enum(["en"]) }),
      'l: now accepts only "en"',
    ],
    [
      "with a shorter text",
      z.object({ t: text.max(50) }),
      z.object({ t: text.max(10) }),
      "t: maxLength 50 → 10",
    ],
    ["with a first bound", z.object({ t: text }), z.object({ t: text.max(10) }), "t: maxLength none → 10"],
    ["with a longer text", z.object({ t: text }), z.object({ t: text.min(2) }), "t: minLength 0 → 2"],
    [
      "with a higher minimum",
      z.object({ n: z.number().min(0) }),
      z.object({ n: z.number().min(1) }),
      "n: minimum 0 → minimum 1",
    ],
    [
      "with a bound left out of the range",
      z.object({ n: z.number().min(0) }),
      z.object({ n: z.number().gt(0) }),
      "n: minimum 0 → exclusiveMinimum 0",
    ],
    [
      "with a lower maximum",
      z.object({ n: z.number() }),
      z.object({ n: z.number().max(9) }),
      "n: no maximum → maximum 9",
    ],
    [
      "with steps",
      z.object({ n: z.number() }),
      z.object({ n: z.number().multipleOf(0.5) }),
      "n: any step → multipleOf 0.5",
    ],
    [
      "with fewer items",
      z.object({ a: z.array(text) }),
      z.object({ a: z.array(text).max(3) }),
      "a: maxItems none → 3",
    ],
    [
      "with other items",
      z.object({ a: z.array(text) }),
      z.object({ a: z.array(z.object({ text })) }),
      "a[]: type string → object",
    ],
    [
      "deep inside",
      z.object({ a: z.array(z.object({ b: text })) }),
      z.object({ a: z.array(z.object({ b: text.max(1) })) }),
      "a[].b: maxLength none → 1",
    ],
    ["with other record values", z.record(text, text), z.record(text, text.max(5)), "*: maxLength none → 5"],
    ["with a pattern", z.object({ t: text }), z.object({ t: text.regex(/^a/) }), 't: pattern none → "^a"'],
    [
      "with another pattern",
      z.object({ t: text.regex(/^a/) }),
      z.object({ t: text.regex(/^b/) }),
      't: pattern "^a" → "^b"',
    ],
    [
      "when an alternative goes",
      z.object({ v: z.union([text, z.number()]) }),
      z.object({ v: text }),
      "v: no longer accepts number",
    ],
    [
      "when one of three alternatives goes",
      z.object({ v: z.union([text, z.number(), z.boolean()]) }),
      z.object({ v: z.union([text, z.number()]) }),
      "v: no longer accepts boolean",
    ],
    ["in a tuple's place", z.tuple([text, text]), z.tuple([text, z.number()]), "[1]: type string → number"],
    [
      "in a part of an intersection",
      z.intersection(z.object({ a: text }), z.object({ b: text })),
      z.intersection(z.object({ a: text }), z.object({ b: text.max(1) })),
      "b: maxLength none → 1",
    ],
  ])("%s", (_, before, after, expected) => {
    expect(ofInput(before, after)).toContain(expected);
  });

  test("in an alternative that is told by its tag", () => {
    const card = z.object({ kind: z.literal("card"), number: text });
    const bank = z.object({ kind: z.literal("bank"), iban: text });
    const before = z.discriminatedUnion("kind", [card, bank]);
    const stricter = z.discriminatedUnion("kind", [card, bank.extend({ iban: text.max(34) })]);
    expect(ofInput(before, stricter)).toEqual(["iban: maxLength none → 34"]);
    expect(
      ofInput(before, z.discriminatedUnion("kind", [card, z.object({ kind: z.literal("cash") })])),
    ).toEqual([': no longer accepts an object with kind "bank"']);
  });

  test("inside a schema that refers to itself", () => {
    const tree = (leaf: z.ZodType): z.ZodType => {
      const node = z.object({
        leaf,
        get children() {
          return z.array(node);
        },
      });
      return node;
    };
    expect(ofInput(tree(text), tree(text.max(4)))).toEqual([
      "leaf: maxLength none → 4",
      "children[].leaf: maxLength none → 4",
    ]);
    expect(ofInput(tree(text.max(4)), tree(text))).toEqual([]);
  });
});

describe("an input does not break", () => {
  test.each<[string, z.ZodType, z.ZodType]>([
    ["with a new optional field", z.object({ text }), z.object({ text, more: text.optional() })],
    ["with a new field that has a default", z.object({ text }), z.object({ text, more: text.default("") })],
    ["when a lenient object loses a field", z.object({ text, more: text }), z.object({ text })],
    ["when a field turns optional", z.object({ text }), z.object({ text: text.optional() })],
    ["when it turns lenient", z.strictObject({ text }), z.object({ text })],
    ["with a wider type", z.object({ n: z.int() }), z.object({ n: z.number() })],
    ["with null", z.object({ n: text }), z.object({ n: text.nullable() })],
    ["with a new listed value", z.enum(["a"]), z.enum(["a", "b"])],
    ["when any text will do", z.object({ l: z.enum(["en"]) }), z.object({ l: text })],
    [
      "when listed values keep within new bounds",
      z.object({ l: z.enum(["en", "de"]) }),
      z.object({ l: text.min(2).max(2) }),
    ],
    ["when listed numbers keep within new bounds", z.literal([1, 2]), z.number().min(1).multipleOf(0.5)],
    ["with wider bounds", z.number().min(1).max(5), z.number().gt(0).max(6)],
    ["with whole steps of whole numbers", z.int().multipleOf(4), z.int().multipleOf(2)],
    ["without a pattern", text.regex(/^a/), text],
    ["with one alternative more", text, z.union([text, z.number()])],
    ["when alternatives change places", z.union([text, z.number()]), z.union([z.number(), text])],
    [
      "when a type list becomes a union",
      z.object({ a: text.nullable() }),
      z.object({ a: z.union([z.null(), text]) }),
    ],
    ["when words change", text.describe("old"), text.describe("new")],
    ["with a longer tuple's rest", z.tuple([text]), z.tuple([text]).rest(text)],
  ])("%s", (_, before, after) => {
    expect(ofInput(before, after)).toEqual([]);
  });
});

describe("an output breaks", () => {
  test.each<[string, z.ZodType, z.ZodType, string]>([
    ["when a field goes", z.object({ a: text, b: text }), z.object({ a: text }), "b: was removed"],
    ["when an optional field goes", z.object({ b: text.optional() }), z.object({}), "b: was removed"],
    [
      "when a field may be missing",
      z.object({ a: text }),
      z.object({ a: text.optional() }),
      "a: may now be missing",
    ],
    ["with a wider type", z.object({ a: z.int() }), z.object({ a: z.number() }), "a: type integer → number"],
    ["with null", z.object({ a: text }), z.object({ a: text.nullable() }), "a: may now be null"],
    ["with a new listed value", z.enum(["a"]), z.enum(["a", "b"]), ': may now be "b"'],
    ["when any text may come", z.enum(["a"]), text, ': may now be any string, not only "a"'],
    ["with wider bounds", z.number().max(1), z.number().max(2), ": maximum 1 → maximum 2"],
    ["with more items", z.array(text).max(3), z.array(text), ": maxItems 3 → none"],
    [
      "with one alternative more",
      z.union([text, z.null()]),
      z.union([text, z.null(), z.int()]),
      ": may now be integer",
    ],
    ["without its pattern", text.regex(/^a/), text, ': pattern "^a" → none'],
  ])("%s", (_, before, after, expected) => {
    expect(ofOutput(before, after)).toEqual([expected]);
  });
});

describe("an output does not break", () => {
  test.each<[string, z.ZodType, z.ZodType]>([
    ["with a new field", z.object({ a: text }), z.object({ a: text, b: text })],
    ["with narrower bounds", z.number().max(2), z.number().max(1)],
    ["with fewer listed values", z.enum(["a", "b"]), z.enum(["b"])],
    ["when a field is always there", z.object({ a: text.optional() }), z.object({ a: text })],
    ["when null goes", text.nullable(), text],
  ])("%s", (_, before, after) => {
    expect(ofOutput(before, after)).toEqual([]);
  });
});

describe("what is not understood", () => {
  test.each<[string, SchemaObject, SchemaObject]>([
    ["an unknown keyword", { type: "string", shape: 1 }, { type: "string", shape: 2 }],
    ["an unknown keyword that goes", { shape: 1 }, { type: "string" }],
    ["a condition", { if: { minLength: 1 } }, { if: { minLength: 2 } }],
    ["fields by pattern", { patternProperties: { "^a": {} } }, { patternProperties: { "^b": {} } }],
    ["an unknown type", { type: "file" }, { type: "folder" }],
    ["a reference elsewhere", { $ref: "https://a.example/1" }, { $ref: "https://a.example/2" }],
    ["a reference to nothing", { $ref: "#/$defs/a" }, { $ref: "#/$defs/b" }],
    [
      "alternatives that overlap",
      { oneOf: [{ minLength: 1 }] },
      { oneOf: [{ minLength: 1 }, { maxLength: 9 }] },
    ],
    ["a negation", {}, { not: { type: "string" } }],
  ])("counts as breaking when it differs: %s", (_, before, after) => {
    expect(breaks("input", before, after)).not.toEqual([]);
    expect(breaks("input", before, before)).toEqual([]);
  });

  test("is judged with what it refers to", () => {
    const schema = (length: number): SchemaObject => ({
      not: { $ref: "#/$defs/a" },
      $defs: { a: { minLength: length } },
    });
    expect(breaks("input", schema(1), schema(2))).toEqual([
      ': not {"$ref":"#/$defs/a"} → {"$ref":"#/$defs/a"}',
    ]);
  });

  test("is ignored where it only describes", () => {
    expect(breaks("input", { title: "a", "x-owner": 1 }, { title: "b", "x-owner": 2 })).toEqual([]);
  });

  test("stays bounded where unions multiply", () => {
    const deep = (leaf: SchemaObject, depth: number): SchemaObject =>
      depth === 0
        ? leaf
        : {
            anyOf: Array.from({ length: 4 }, () => ({ type: "array", items: deep({ ...leaf }, depth - 1) })),
          };
    const [found] = breaks(
      "input",
      deep({ type: "string", maxLength: 2 }, 6),
      deep({ type: "string", maxLength: 1 }, 6),
    );
    expect(found).toBeDefined();
  });
});

describe("references", () => {
  const pointed: SchemaObject = { $ref: "#/$defs/a", $defs: { a: { type: "string", maxLength: 5 } } };

  test("mean what they point at", () => {
    expect(breaks("input", pointed, { type: "string", maxLength: 4 })).toEqual([": maxLength 5 → 4"]);
    expect(breaks("input", pointed, { type: "string", maxLength: 5 })).toEqual([]);
  });

  test("hold together with what stands beside them", () => {
    expect(breaks("input", { ...pointed, minLength: 2 }, { ...pointed, minLength: 1 })).toEqual([]);
    expect(breaks("input", pointed, { ...pointed, minLength: 2 })).toEqual([": minLength 0 → 2"]);
  });

  test("may hold escaped names", () => {
    const schema = { $ref: "#/$defs/a~1b%20c", $defs: { "a/b c": { type: "string" } } };
    expect(breaks("input", schema, { type: "string" })).toEqual([]);
  });

  test("may go in circles", () => {
    const circle = { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } };
    expect(breaks("input", circle, { ...circle, title: "again" })).toEqual(
      breaks("input", circle, { ...circle, title: "again" }),
    );
  });
});

describe("any schemas", () => {
  const ajv = new Ajv2020({ strict: false, logger: false });

  test("that are the same never break, whatever they hold", () => {
    fc.assert(
      fc.property(anySchema, fc.constantFrom<Direction>("input", "output"), (schema, direction) => {
        const retold = { title: "again", ...structuredClone(schema) };
        expect(breaks(direction, schema, retold)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("that are not breaking accept every value that was accepted", () => {
    fc.assert(
      fc.property(
        anySchema,
        anySchema,
        fc.array(anyValue, { minLength: 20, maxLength: 40 }),
        (before, after, values) => {
          if (breaks("input", before, after).length > 0) return;
          const [old, current] = [ajv.compile(before), ajv.compile(after)];
          for (const value of values)
            if (old(value)) expect({ value, ok: current(value) }).toEqual({ value, ok: true });
        },
      ),
      { numRuns: 700 },
    );
  });

  test("of an output that are not breaking answer nothing new", () => {
    fc.assert(
      fc.property(
        anySchema,
        anySchema,
        fc.array(anyValue, { minLength: 20, maxLength: 40 }),
        (before, after, values) => {
          if (holdsFields(before) || holdsFields(after) || breaks("output", before, after).length > 0) return;
          const [old, current] = [ajv.compile(before), ajv.compile(after)];
          for (const value of values)
            if (current(value)) expect({ value, ok: old(value) }).toEqual({ value, ok: true });
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** New fields of an output are taken as safe, on purpose. */
function holdsFields(schema: SchemaObject): boolean {
  return JSON.stringify(schema).includes("additionalProperties");
}

const letters = fc.constantFrom("a", "b", "ab", "abc", "");
const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    letters,
    fc.integer({ min: -2, max: 4 }),
    fc.constantFrom(null, true, 0.5),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b"), tie("value"), { maxKeys: 2, noNullPrototype: true }),
  ),
})).value;

const small = fc.integer({ min: 0, max: 3 });
const anySchema: fc.Arbitrary<SchemaObject> = fc.letrec<{ schema: SchemaObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.record(
      { type: fc.constant("string"), minLength: small, maxLength: small, pattern: letters },
      { requiredKeys: ["type"] },
    ),
    fc.record(
      {
        type: fc.constantFrom("number", "integer", ["integer", "null"]),
        minimum: small,
        exclusiveMaximum: small,
        multipleOf: fc.constantFrom(0.5, 1, 2),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record({
      enum: fc.array(fc.oneof(letters, small, fc.constant(null)), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ const: fc.oneof(letters, small) }),
    fc.record({ type: fc.constantFrom("boolean", "null") }),
    fc.record(
      {
        type: fc.constant("array"),
        items: tie("schema"),
        prefixItems: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
        maxItems: small,
        minItems: small,
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record(
      {
        type: fc.constant("object"),
        properties: fc.dictionary(fc.constantFrom("a", "b"), tie("schema"), { maxKeys: 2 }),
        required: fc.subarray(["a", "b"]),
        additionalProperties: fc.oneof(fc.constant(false), tie("schema")),
        minProperties: small,
      },
      { requiredKeys: ["type", "properties", "additionalProperties"] },
    ),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    fc.record(
      { allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }), minLength: small },
      { requiredKeys: ["allOf"] },
    ),
    fc.record({
      anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
      maxLength: small,
      type: fc.constant("string"),
    }),
    fc.record({ not: tie("schema") }),
    fc.constant({}),
  ),
})).schema as fc.Arbitrary<SchemaObject>;
