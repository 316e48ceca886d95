import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Json } from "../../../../src/kernel/json.ts";
import { checkValue } from "../../../../src/providers/demo/schema-instance/check-value.ts";
import { SchemaDocument } from "../../../../src/providers/demo/schema-instance/schema-document.ts";
import { jsonSchema, smallJson } from "../support/json-schema.ts";
import { ajvErrors } from "../support/oracle.ts";

function holds(schema: unknown, value: unknown): boolean {
  const document = new SchemaDocument(schema);
  return checkValue(value as Json, document.root, document) === undefined;
}

describe("checking a value", () => {
  test("agrees with Ajv", () => {
    fc.assert(
      fc.property(jsonSchema, fc.array(smallJson, { minLength: 1, maxLength: 5 }), (schema, values) => {
        for (const value of values) {
          const agreed = { schema, value, holds: ajvErrors(schema, value) === undefined };
          expect({ schema, value, holds: holds(schema, value) }).toEqual(agreed);
        }
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  test.each([
    [
      "date-time",
      ["2026-01-01T00:00:00Z", "2026-02-28T23:59:59.5+01:00"],
      ["2026-02-30T00:00:00Z", "2026-01-01", "x"],
    ],
    ["date", ["2024-02-29"], ["2025-02-29", "2026-1-1"]],
    ["time", ["10:00:00Z"], ["25:00:00Z", "10:00"]],
    ["duration", ["P1DT2H", "P3W", "PT5M"], ["P", "1D", "PT"]],
    ["email", ["a@example.com", "a.b+c@x.example.org"], ["a", "a@", "@b.c"]],
    ["hostname", ["example.com", "a-b"], ["-a", "a b", ""]],
    ["ipv4", ["192.0.2.1"], ["192.0.2.256", "1.2.3"]],
    ["ipv6", ["2001:db8::1", "::"], ["2001:db8", "1.2.3.4"]],
    ["uri", ["https://example.com/a?b=c#d", "urn:a:b"], ["example.com", "http://a b"]],
    ["uuid", ["3f2504e0-4f89-41d3-9a0c-0305e82c3301"], ["3f2504e0", "3f2504e0-4f89-41d3-9a0c-0305e82c330g"]],
    ["json-pointer", ["", "/a~1b"], ["a", "/~2"]],
    ["regex", ["^a+$"], ["("]],
  ])("format %s is told as Ajv tells it", (format, right, wrong) => {
    for (const text of [...right, ...wrong]) {
      const expected = { text, holds: ajvErrors({ format }, text) === undefined };
      expect(expected.holds).toBe(right.includes(text));
      expect({ text, holds: holds({ format }, text) }).toEqual(expected);
    }
  });

  test("knows no array equal to its copy with other names", () => {
    expect(
      holds({ uniqueItems: true }, [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ]),
    ).toBe(false);
    expect(holds({ uniqueItems: true }, [1, "1", true, [1]])).toBe(true);
  });
});
