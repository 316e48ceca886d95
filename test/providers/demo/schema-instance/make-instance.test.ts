import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { z } from "zod";
import { makeInstance } from "../../../../src/providers/demo/schema-instance/make-instance.ts";
import { SchemaError } from "../../../../src/providers/demo/schema-instance/schema.ts";
import { jsonSchema } from "../support/json-schema.ts";
import { ajvErrors } from "../support/oracle.ts";
import { zodSchema } from "../support/zod-schema.ts";

const SLOW = 30_000;

function expectValid(schema: unknown, instance: unknown): void {
  const errors = ajvErrors(schema, instance);
  expect({ schema, instance, errors }).toEqual({ schema, instance, errors: undefined });
}

function make(schema: unknown, text = "Hello to you", seed = 1): unknown {
  return makeInstance(schema, { text, seed });
}

describe("an instance of a schema", () => {
  test(
    "is valid for whatever a team writes with zod",
    () => {
      fc.assert(
        fc.property(zodSchema, fc.string(), fc.nat(), (schema, text, seed) => {
          const written = JSON.parse(JSON.stringify(z.toJSONSchema(schema)));
          const instance = make(written, text, seed);
          expectValid(written, instance);
          expect(schema.safeParse(JSON.parse(JSON.stringify(instance))).error).toBeUndefined();
        }),
        { numRuns: 150 },
      );
    },
    SLOW,
  );

  test(
    "is valid or refused for any schema",
    () => {
      let made = 0;
      fc.assert(
        fc.property(jsonSchema, fc.nat(), (schema, seed) => {
          try {
            expectValid(schema, make(schema, "Abc1 and more", seed));
            made++;
          } catch (error) {
            if (!(error instanceof SchemaError)) throw error;
          }
        }),
        { numRuns: 300 },
      );
      expect(made).toBeGreaterThan(150);
    },
    SLOW,
  );

  test("is the same for the same text and seed", () => {
    fc.assert(
      fc.property(zodSchema, fc.string(), fc.nat(), (schema, text, seed) => {
        const written = z.toJSONSchema(schema);
        expect(make(written, text, seed)).toEqual(make(written, text, seed));
      }),
      { numRuns: 50 },
    );
  });

  test("takes every value of an enum for some seed", () => {
    const schema = { type: "object", properties: { label: { enum: ["good", "so-so", "bad"] } } };
    const seeds = Array.from({ length: 30 }, (_, seed) => seed);
    const labels = seeds.map((seed) => (make(schema, "", seed) as { label: string }).label);
    expect(new Set(labels)).toEqual(new Set(["good", "so-so", "bad"]));
  });

  test("fills strings with the text where it fits", () => {
    expect(make({ type: "string" })).toBe("Hello to you");
    expect(make({ type: "string", maxLength: 5 })).toBe("Hello");
    expect(make({ type: "string", minLength: 15 })).toBe("Hello to you He");
    expect(make({ type: "string", maxLength: 1 }, "😀😀")).toBe("😀");
    expect(make({ type: "string", pattern: "^Hello" })).toBe("Hello to you");
    expect(make({ type: "string" }, " ")).toBe("demo");
    expect(make({ type: "string" }, "a\ud800")).toBe("a\ufffd");
    expect(make({ type: "array", items: { type: "string" }, minItems: 3, maxItems: 3 })).toEqual([
      "Hello",
      "to",
      "you",
    ]);
  });

  test("has numbers that people find usual", () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(make({ type: "number", minimum: 0, maximum: 1 }, "", seed)).toBeWithin(0, 1.01);
      expect(make({ type: "integer", minimum: -(2 ** 53), maximum: 2 ** 53 }, "", seed)).toBeWithin(0, 101);
      expect(make({ type: "integer", minimum: 2000 }, "", seed)).toBeWithin(2000, 2101);
      expect(make({ type: "integer", maximum: -2000 }, "", seed)).toBeWithin(-2100, -1999);
    }
  });

  test("has all optional properties, but none of a recursive schema without an end", () => {
    const flat = { type: "object", properties: { a: { type: "string" }, b: { type: "boolean" } } };
    expect(Object.keys(make(flat) as object)).toEqual(["a", "b"]);
    const tree = {
      type: "object",
      properties: { left: { $ref: "#" }, right: { $ref: "#" }, value: { type: "integer" } },
      required: ["value"],
    };
    const instance = make(tree);
    expectValid(tree, instance);
    expect(JSON.stringify(instance).length).toBeLessThan(2_000);
  });

  test("leaves out an optional property that has no value", () => {
    expect(make({ type: "object", properties: { a: false, b: { const: 1 } } })).toEqual({ b: 1 });
  });

  test("gives names that objects have by nature", () => {
    const schema = JSON.parse(
      '{"type":"object","required":["__proto__","constructor"],"properties":{"toString":{"const":1}}}',
    );
    const instance = make(schema) as object;
    expect(Object.keys(instance).sort()).toEqual(["__proto__", "constructor", "toString"]);
    expectValid(schema, instance);
  });
});
