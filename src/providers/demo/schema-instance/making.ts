import type { JsonObject } from "../../../kernel/json.ts";
import type { Random } from "./random.ts";
import type { SchemaDocument } from "./schema-document.ts";

/** Where the making of an instance stands. */
export interface Making {
  readonly document: SchemaDocument;
  readonly random: Random;
  /** What texts are filled with. */
  readonly text: string;
  /** 0 at first; higher where another value is needed because the last one was there already. */
  readonly variety: number;
  /** Objects and arrays around the value. */
  readonly depth: number;
  /** Targets of references on the way here, repeated ones repeated. */
  readonly entered: readonly JsonObject[];
}

/**
 * An index below `count`: by chance, but where another value is needed every second one in turn, so that a
 * short list is gone through to its end.
 */
export function variedIndex(count: number, { variety, random }: Making): number {
  return variety % 2 === 1 ? ((variety - 1) / 2) % count : random.below(count);
}

/** Entries into one target after which a schema counts as recursive and is made as small as it may be. */
const RECURSION = 2;

/** Whether to make as little as the schema allows. */
export function isThrifty({ document, entered }: Making): boolean {
  if (document.isNearlySpent) return true;
  const counts = new Map<JsonObject, number>();
  for (const target of entered) {
    const count = (counts.get(target) ?? 0) + 1;
    if (count > RECURSION) return true;
    counts.set(target, count);
  }
  return false;
}
