import type { JsonObject } from "../../../kernel/json.ts";
import type { Random } from "./random.ts";

/** Longest text that a caller's pattern is tried on: short enough that no pattern takes long. */
const MAX_MATCHED = 16;

/** Texts of the formats that JSON Schema names; each is valid on its own. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  "date-time": ["2026-01-15T09:30:00Z", "2025-07-01T18:00:00Z"],
  date: ["2026-01-15", "2025-07-01"],
  time: ["09:30:00Z", "18:00:00Z"],
  duration: ["P1D", "PT2H"],
  email: ["ann@example.com", "bob@example.org"],
  uri: ["https://example.com/a", "https://example.org/b"],
  uuid: ["3f2504e0-4f89-41d3-9a0c-0305e82c3301", "9b2d6f0a-1c3e-4f5a-8b7c-2d1e0f3a4b5c"],
  ipv4: ["192.0.2.1", "198.51.100.7"],
  ipv6: ["2001:db8::1", "2001:db8::7"],
  hostname: ["example.com", "example.org"],
};

/** Texts tried against a pattern, the message's own text apart. */
const SAMPLES = [
  "a",
  "A",
  "abc",
  "ABC",
  "Abc",
  "a1",
  "A1",
  "1",
  "12",
  "123",
  "1234",
  "12345",
  "ABC-123",
  "abc-123",
  "AB12",
  "a@b.co",
  "+491234567",
  "2026-01-15",
  "#a1b2c3",
  "1.0.0",
  "en",
  "en-GB",
  "DE",
  "USD",
  "",
];

/** A text that a schema allows; `undefined` where none could be found. */
export function fillString(schema: JsonObject, text: string, random: Random): string | undefined {
  const { format, pattern } = schema;
  const known = typeof format === "string" ? FORMATS[format] : undefined;
  // Where a pattern stands beside a format, it says the same again; it is not run on texts of this length.
  if (known !== undefined)
    return [random.pick(known), ...known].find((candidate) => hasLength(schema, candidate));
  if (typeof pattern === "string")
    return [text, ...words(text), ...SAMPLES].find((candidate) => isAllowed(schema, candidate));
  const least = typeof schema["minLength"] === "number" ? schema["minLength"] : 0;
  const most = typeof schema["maxLength"] === "number" ? schema["maxLength"] : Number.POSITIVE_INFINITY;
  if (least > most || least > 1_000_000) return undefined;
  const characters = [...(text === "" ? "…" : text)];
  while (characters.length < least) characters.push(...characters.slice(0, least - characters.length));
  return characters.slice(0, most).join("");
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).slice(0, 100);
}

/** Lengths count characters, as JSON Schema does. */
function hasLength({ minLength, maxLength }: JsonObject, candidate: string): boolean {
  const length = [...candidate].length;
  if (typeof minLength === "number" && length < minLength) return false;
  return typeof maxLength !== "number" || length <= maxLength;
}

function isAllowed(schema: JsonObject, candidate: string): boolean {
  const { pattern } = schema;
  return hasLength(schema, candidate) && (typeof pattern !== "string" || matches(pattern, candidate));
}

function matches(pattern: string, candidate: string): boolean {
  try {
    return candidate.length <= MAX_MATCHED && new RegExp(pattern, "u").test(candidate);
  } catch {
    return false;
  }
}
