import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { z } from "zod";
import type { ValidationOutcome } from "../../../src/artifact/function-ref.ts";
import { writeSchema } from "../../../src/compiler/evaluate/child/schema-writer.ts";
import { checkedValidator } from "../../../src/compiler/functions/module/checked-validator.ts";

const node = z.object({
  value: z.string().default("leaf"),
  get children() {
    return z.array(node).optional();
  },
});

/** Schemas that need no code of their own: the compiled check has to answer what Zod answers. */
const schemas = {
  text: z.string(),
  lengths: z.string().min(2).max(4),
  pattern: z.string().regex(/^[a-c]+$/),
  patterns: z.string().startsWith("a").endsWith("c"),
  email: z.email(),
  uuid: z.uuid(),
  datetime: z.iso.datetime(),
  date: z.iso.date(),
  number: z.number(),
  range: z.number().min(-1).lt(3),
  integer: z.int(),
  step: z.number().multipleOf(0.1),
  flag: z.boolean(),
  nothing: z.null(),
  anything: z.unknown(),
  word: z.enum(["a", "b"]),
  literal: z.literal(["a", 1, true, null]),
  list: z.array(z.string()).min(1).max(2),
  nullable: z.string().nullable(),
  union: z.union([z.string(), z.number(), z.array(z.string())]),
  object: z.object({ a: z.string(), b: z.number().optional() }),
  strict: z.strictObject({ a: z.string().optional() }),
  loose: z.looseObject({ a: z.string().optional() }),
  defaults: z.object({ a: z.string().default("x"), b: z.array(z.int()).default([1]) }),
  nested: z.object({ a: z.object({ b: z.array(z.object({ a: z.string().default("y") })) }).optional() }),
  record: z.record(z.string(), z.number()),
  namedRecord: z.record(z.enum(["a", "b"]), z.string()),
  alternatives: z.discriminatedUnion("a", [
    z.strictObject({ a: z.literal("x"), b: z.string() }),
    z.strictObject({ a: z.literal("y"), b: z.number() }),
  ]),
  nullish: z.object({ a: z.string().nullish(), b: z.null().optional() }),
  awkwardNames: z.object({
    toString: z.string(),
    "a/b~c": z.int().optional(),
  }),
  recursive: node,
} as const satisfies Record<string, z.ZodType>;

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    "a",
    "b",
    "abc",
    "x",
    "y",
    "",
    "ab",
    "ac",
    true,
    false,
    null,
    0,
    1,
    -1,
    2.5,
    0.3,
    1e21,
  ),
  fc.constantFrom("2026-11-24", "2026-02-30", "2026-11-24T10:00:00Z", "a@example.com", "not@", "🙂🙂"),
  fc.uuid(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 5 }),
);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom("a", "b", "c", "value", "children", "constructor", "toString", "__proto__", "a/b~c"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
}));

function validatorOf(schema: z.ZodType): (value: unknown) => ValidationOutcome {
  const written = writeSchema(schema);
  if (!written.ok) throw new Error(written.problem);
  expect(written.code).toBeNull();
  const validate = checkedValidator(written.checked);
  return (value) => {
    const outcome = validate(value);
    if (outcome instanceof Promise) throw new Error("a compiled check is never asynchronous");
    return outcome;
  };
}

describe("compiled checks answer what Zod answers", () => {
  for (const [name, schema] of Object.entries(schemas)) {
    test(name, () => {
      const validate = validatorOf(schema);
      fc.assert(
        fc.property(json, (value) => {
          const text = JSON.stringify(value);
          const expected = schema.safeParse(JSON.parse(text));
          const outcome = validate(JSON.parse(text));
          expect(outcome.ok).toBe(expected.success);
          if (outcome.ok) expect(outcome.value).toEqual(expected.data);
        }),
        { numRuns: 400 },
      );
    });
  }
});

test("steps that are no binary fractions are taken with the roundings that Zod allows", () => {
  const step = (1 + 2 ** -52) * 0.1;
  const schemas = [0.07, 0.1, 0.3, 1.1, step].map((by) => z.number().multipleOf(by));
  const numbers = fc.oneof(
    fc
      .tuple(fc.integer(), fc.integer({ min: -4, max: 4 }))
      .map(([whole, ulps]) => (whole + ulps * 2 ** -45) / 100),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  for (const schema of schemas) {
    const validate = validatorOf(schema);
    fc.assert(
      fc.property(numbers, (value) => expect(validate(value).ok).toBe(schema.safeParse(value).success)),
      { numRuns: 1000 },
    );
  }
  expect(validatorOf(z.number().multipleOf(0.07))(2.03).ok).toBe(true);
});

describe("issues", () => {
  const issues = (schema: z.ZodType, value: unknown): readonly string[] => {
    const outcome = validatorOf(schema)(value);
    return outcome.ok ? [] : outcome.issues.map(({ path, message }) => `${path}: ${message}`);
  };

  test("name the field at fault and what is wrong with it", () => {
    const schema = z.strictObject({
      items: z
        .array(z.object({ name: z.string().max(3), size: z.number().gt(0).lte(9).multipleOf(2) }))
        .min(1),
      kind: z.enum(["a", "b"]).optional(),
      mail: z.email().optional(),
      flag: z.boolean().optional(),
      note: z.string().nullable().optional(),
      code: z.string().regex(/^\d+$/).min(1).optional(),
    });
    const wrong = {
      items: [{ name: "long", size: -1 }, {}, 3],
      kind: "c",
      mail: "x",
      flag: 1,
      note: 2,
      code: "x",
      more: 1,
    };
    expect(issues(schema, wrong)).toEqual([
      "items[0].name: must have at most 3 characters",
      "items[0].size: must be more than 0",
      "items[0].size: must be a multiple of 2",
      "items[1].name: is required",
      "items[1].size: is required",
      "items[2]: must be an object",
      'kind: must be one of "a", "b"',
      "mail: must be a valid email",
      "flag: must be true or false",
      "note: must be a string or null",
      "code: must match ^\\d+$",
      "more: is not known",
    ]);
    expect(issues(schema, { items: [] })).toEqual(["items: must have at least 1 item"]);
    expect(issues(schema, [])).toEqual([": must be an object"]);
  });

  test("of alternatives are those of the nearest one", () => {
    const shape = z.discriminatedUnion("type", [
      z.object({ type: z.literal("circle"), radius: z.number() }),
      z.object({ type: z.literal("square"), side: z.number(), colour: z.string() }),
    ]);
    expect(issues(z.object({ shape }), { shape: { type: "circle" } })).toEqual(["shape.radius: is required"]);
    expect(issues(z.object({ id: z.union([z.string(), z.number()]) }), { id: true })).toEqual([
      "id: must be a string or a number",
    ]);
  });

  test("are bounded, whatever is sent", () => {
    const schema = z.object({ items: z.array(z.object({ name: z.string() })) });
    expect(issues(schema, { items: Array.from({ length: 100_000 }, () => ({})) })).toHaveLength(20);
  });

  test("a number too large to be one is refused", () => {
    expect(issues(z.object({ size: z.number() }), JSON.parse('{"size":1e999}'))).toEqual([
      "size: must be a number",
    ]);
  });
});

test("a default that changes is no part of what is published", () => {
  const written = writeSchema(
    z.object({ id: z.string().default(() => crypto.randomUUID()), b: z.int().default(1) }),
  );
  expect(written.ok && written.input.json).toEqual({
    type: "object",
    properties: { id: { type: "string" }, b: expect.objectContaining({ default: 1 }) },
  });
});

test("alternatives leave the value as it is for each other", () => {
  const part = z.object({ a: z.string() });
  const schema = z.object({ value: z.union([part, z.object({ b: z.string(), c: z.string() })]), also: part });
  const outcome = validatorOf(schema)({ value: { b: "1", c: "2" }, also: { a: "x", z: 1 } });
  expect(outcome).toEqual({ ok: true, value: { value: { b: "1", c: "2" }, also: { a: "x" } } });
});

describe("schemas that have to run themselves", () => {
  const coded: Record<string, z.ZodType> = {
    refine: z.string().refine((text) => text !== ""),
    transform: z.string().transform(Number),
    trim: z.string().trim(),
    coerce: z.coerce.number(),
    catch: z.string().catch("x"),
    preprocess: z.preprocess((value) => value, z.string()),
    custom: z.custom<string>(),
    url: z.url(),
    flags: z.string().regex(/a/i),
    message: z.string().min(1, "say something"),
    ownMessage: z.string("give a text"),
    intersection: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
    tuple: z.tuple([z.string(), z.number()]),
    defaultInUnion: z.union([z.object({ a: z.string().default("x") }), z.string()]),
    changingDefault: z.object({ id: z.string().default(() => crypto.randomUUID()) }),
    catchall: z.object({}).catchall(z.string()),
    deep: z.object({ list: z.array(z.object({ text: z.string().trim() })) }),
  };
  for (const [name, schema] of Object.entries(coded)) {
    test(name, () => {
      const written = writeSchema(schema);
      expect(written.ok && written.code).toBeString();
    });
  }
});

test("a text that is too long is not held against the pattern, which may take long on it", () => {
  const validate = validatorOf(
    z.object({
      line: z
        .string()
        .max(5)
        .regex(/^.*,.*$/),
    }),
  );
  expect(validate({ line: "abcdef" })).toEqual({
    ok: false,
    issues: [{ path: "line", message: "must have at most 5 characters" }],
  });
  expect(validate({ line: "abcde" })).toMatchObject({ issues: [{ message: "must match ^.*,.*$" }] });
  expect(validate({ line: "a,b" })).toMatchObject({ ok: true });
});
