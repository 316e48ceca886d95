import { describe, expect, test } from "bun:test";
import { formatNamed } from "../../../../src/providers/demo/schema-instance/formats.ts";
import { createRandom } from "../../../../src/providers/demo/schema-instance/random.ts";
import { ajvErrors } from "../support/oracle.ts";

const names = [
  "date",
  "time",
  "date-time",
  "duration",
  "email",
  "idn-email",
  "hostname",
  "idn-hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "iri",
  "iri-reference",
  "url",
  "uuid",
  "json-pointer",
  "regex",
];

describe("a text of a format", () => {
  test.each(names)("%s holds, and is not always the same", (name) => {
    const format = formatNamed(name);
    const random = createRandom(7);
    const texts = Array.from({ length: 40 }, () => format?.make(random) ?? "");
    for (const text of texts) {
      expect({ text, errors: ajvErrors({ type: "string", format: name }, text) }).toEqual({
        text,
        errors: undefined,
      });
      expect(format?.matches(text)).toBe(true);
    }
    expect(new Set(texts).size).toBeGreaterThan(2);
  });

  test("is not known by names that objects have by nature", () => {
    expect(formatNamed("constructor")).toBeUndefined();
    expect(formatNamed("credit-card")).toBeUndefined();
    expect(formatNamed(undefined)).toBeUndefined();
  });
});
