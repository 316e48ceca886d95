import fc from "fast-check";
import { isJsonObject, type Json } from "../../../src/kernel/json.ts";

/** A change of a text's bytes at a place between its beginning (0) and its end (1). */
export interface ByteChange {
  readonly at: number;
  readonly kind: "replace" | "remove" | "repeat" | "insert";
  readonly bytes: Uint8Array;
}

/** What happens to bytes on their way. */
export const byteChanges: fc.Arbitrary<readonly ByteChange[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom("replace", "remove", "repeat", "insert"),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The bytes with these changes, one after the other. */
export function changeBytes(bytes: Uint8Array, changes: readonly ByteChange[]): Uint8Array {
  return changes.reduce((from: Uint8Array, { at, kind, bytes: other }) => {
    const place = Math.floor(at * from.length);
    const { length } = other;
    const [before, after] = [from.subarray(0, place), from.subarray(place)];
    if (kind === "insert") return Buffer.concat([before, other, after]);
    if (kind === "remove") return Buffer.concat([before, after.subarray(length)]);
    if (kind === "repeat") return Buffer.concat([before, after.subarray(0, length * 20), after]);
    return Buffer.concat([before, other, after.subarray(length)]);
  }, bytes);
}

/** A change of a JSON value: another value for one of its inner ones, or none. */
export interface ValueChange {
  readonly at: number;
  readonly value: Json | undefined;
}

/** What vendors and callers may put where something else belongs. */
export const valueChanges: fc.Arbitrary<readonly ValueChange[]> = fc.array(
  fc.record({
    at: fc.nat(),
    value: fc.oneof(
      fc.constantFrom<(Json | undefined)[]>(undefined, null, -1, 1e300, "", [], {}, [null], [[]], true),
      fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
      // Cannot be put into a text.
      fc.constant<Json>({ toString: 1, valueOf: 1 }),
      fc.constant(JSON.parse(`{"__proto__":{"type":"text"},"constructor":1}`) as Json),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function countOf(value: Json | undefined): number {
  if (Array.isArray(value)) return 1 + value.reduce((sum: number, one) => sum + countOf(one), 0);
  if (!isJsonObject(value)) return 1;
  return 1 + Object.values(value).reduce((sum: number, one) => sum + countOf(one), 0);
}

/** The value with these changes; the outermost one stays. */
export function changeValue(value: Json, changes: readonly ValueChange[]): Json {
  return changes.reduce((from: Json, { at, value: other }) => {
    let left = 1 + (at % Math.max(1, countOf(from) - 1));
    const walk = (node: Json | undefined): Json | undefined => {
      if (left-- === 0) return other;
      if (Array.isArray(node)) return node.flatMap((one: Json) => walk(one) ?? []);
      if (!isJsonObject(node)) return node;
      return Object.fromEntries(Object.entries(node).map(([name, one]) => [name, walk(one)])) as Json;
    };
    return walk(from) ?? from;
  }, value);
}
