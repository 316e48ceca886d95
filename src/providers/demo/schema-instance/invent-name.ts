import { makeValue } from "./make-value.ts";
import type { Making } from "./making.ts";
import { patternCandidates } from "./pattern-candidates.ts";
import { type Keywords, SchemaError, schemaAt, schemaMapAt } from "./schema.ts";

const ANY_LENGTH = { min: 0, max: Number.POSITIVE_INFINITY };

/**
 * A name for a property that a schema allows but does not name; another one each turn, `undefined` where none
 * comes to mind. @throws SchemaError where trying on is of no use.
 */
export function inventName(parts: readonly Keywords[], turn: number, making: Making): string | undefined {
  const plain = turn === 0 ? "key" : `key${turn + 1}`;
  const patterns = parts.flatMap((part) => {
    const path = `${part.path}.patternProperties`;
    return [...schemaMapAt(part, "patternProperties").keys()].map((source) => ({ source, path }));
  });
  const pattern = patterns[(turn >> 2) % Math.max(1, patterns.length)];
  const naming = parts.flatMap((part) => schemaAt(part, "propertyNames") ?? []);
  try {
    if (pattern !== undefined && turn % 2 === 0) {
      const sample = patternCandidates([pattern], making, ANY_LENGTH).next().value ?? "";
      // A pattern that is open at its end takes any number of names.
      return turn % 4 === 0 ? sample : sample + plain;
    }
    if (naming.length === 0) return plain;
    const text = { schema: { type: "string" }, path: naming[0]?.path ?? "" };
    const name = makeValue([...naming, text], {
      ...making,
      text: plain,
      variety: turn,
      depth: making.depth + 1,
    });
    return typeof name === "string" ? name : undefined;
  } catch (error) {
    if (!(error instanceof SchemaError) || error.final) throw error;
    return undefined;
  }
}
