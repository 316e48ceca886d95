import { canonicalJson, type Json } from "../../../kernel/json.ts";
import { makeValue } from "./make-value.ts";
import { isThrifty, type Making } from "./making.ts";
import {
  type Keywords,
  keyword,
  type LocatedSchema,
  numberAt,
  SchemaError,
  schemaAt,
  schemasAt,
} from "./schema.ts";

/** Items that a schema may ask for. */
const MAX_ITEMS = 10_000;
/** Tries for an item that is not in the array yet. */
const UNIQUE_TRIES = 120;

/** An array that holds in all parts: one to three items where their number is free. @throws SchemaError. */
export function makeArray(parts: readonly Keywords[], making: Making): readonly Json[] {
  const shape = shapeOf(parts, making);
  const unique = parts.some((part) => keyword(part, "uniqueItems") === true);
  const items: Json[] = [];
  const seen = new Set<string>();
  while (items.length < shape.target) {
    try {
      const item = makeItem(items.length, parts, making, unique ? seen : undefined);
      seen.add(canonicalJson(item));
      items.push(item);
    } catch (error) {
      if (!(error instanceof SchemaError) || error.final || items.length < shape.min) throw error;
      break;
    }
  }
  return items;
}

interface Shape {
  readonly min: number;
  readonly target: number;
}

function shapeOf(parts: readonly Keywords[], making: Making): Shape {
  const prefix = Math.max(0, ...parts.map((part) => schemasAt(part, "prefixItems")?.length ?? 0));
  const min = Math.max(0, ...parts.map((part) => leastItems(part)));
  const max = Math.min(...parts.map(mostItems));
  const longest = parts.find((part) => leastItems(part) > MAX_ITEMS);
  if (longest !== undefined) {
    const reason = `the demo provider makes at most ${MAX_ITEMS} items`;
    throw new SchemaError(`${longest.path}.minItems`, reason, true);
  }
  if (isThrifty(making)) return { min, target: min };
  const open = prefix === 0 || parts.some((part) => schemaAt(part, "items") !== undefined);
  const usual = open ? 1 + making.random.below(3) : 0;
  return { min, target: Math.max(min, Math.min(max, Math.max(prefix, usual))) };
}

function leastItems(part: Keywords): number {
  const contains =
    schemaAt(part, "contains") === undefined
      ? 0
      : firstContained(part) + (numberAt(part, "minContains") ?? 1);
  return Math.max(numberAt(part, "minItems") ?? 0, contains);
}

function mostItems(part: Keywords): number {
  const max = numberAt(part, "maxItems") ?? Number.POSITIVE_INFINITY;
  const closed = schemaAt(part, "items")?.schema === false || keyword(part, "unevaluatedItems") === false;
  return closed ? Math.min(max, schemasAt(part, "prefixItems")?.length ?? 0) : max;
}

function makeItem(
  index: number,
  parts: readonly Keywords[],
  making: Making,
  seen: ReadonlySet<string> | undefined,
): Json {
  const schemas = parts.flatMap((part) => itemSchemas(part, index));
  for (let variety = 0; variety < UNIQUE_TRIES; variety++) {
    const text = itemText(making.text, index + variety);
    const item = makeValue(schemas, { ...making, text, variety, depth: making.depth + 1 });
    if (seen?.has(canonicalJson(item)) !== true) return item;
  }
  const path = parts.find((part) => keyword(part, "uniqueItems") === true)?.path ?? "";
  throw new SchemaError(`${path}.uniqueItems`, "not enough different items were found");
}

function itemSchemas(part: Keywords, index: number): readonly LocatedSchema[] {
  const schemas: LocatedSchema[] = [];
  const own = schemasAt(part, "prefixItems")?.[index] ?? schemaAt(part, "items");
  if (own !== undefined) schemas.push(own);
  const contained = schemaAt(part, "contains");
  const first = firstContained(part);
  const isOne = index >= first && index < first + (numberAt(part, "minContains") ?? 1);
  if (contained !== undefined && isOne) schemas.push(contained);
  return schemas;
}

/** Where the items that `contains` asks for begin: behind those that have a schema of their own, if possible. */
function firstContained(part: Keywords): number {
  const prefix = schemasAt(part, "prefixItems")?.length ?? 0;
  return mostItems(part) >= prefix + (numberAt(part, "minContains") ?? 1) ? prefix : 0;
}

/** Items take the words of the message in turn. */
function itemText(text: string, index: number): string {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return words[index % Math.max(1, words.length)] ?? "";
}
