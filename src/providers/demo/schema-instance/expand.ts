import type { JsonObject } from "../../../kernel/json.ts";
import { type Chooser, preferIndex } from "./chooser.ts";
import { isThrifty, type Making } from "./making.ts";
import type { Random } from "./random.ts";
import {
  type Keywords,
  keyword,
  type LocatedSchema,
  SchemaError,
  schemaAt,
  schemasAt,
  stringAt,
} from "./schema.ts";

/** Schemas that all have to hold, with nothing left to follow or to choose. */
export interface Expansion {
  readonly parts: readonly Keywords[];
  /** Targets of the references that were followed. */
  readonly entered: readonly JsonObject[];
}

/**
 * Follows references, takes in `allOf` and chooses branches of `anyOf`, `oneOf` and `if`.
 * @throws SchemaError when a part allows nothing.
 */
export function expand(schemas: readonly LocatedSchema[], chooser: Chooser, making: Making): Expansion {
  const parts: Keywords[] = [];
  const entered: JsonObject[] = [];
  const seen = new Set<JsonObject>();
  const thrifty = isThrifty(making);
  for (const located of schemas) take(located);
  return { parts, entered };

  function take({ schema, path }: LocatedSchema): void {
    if (schema === true) return;
    if (schema === false) throw new SchemaError(path, "nothing is allowed here");
    // That a schema holds twice says no more than that it holds.
    if (seen.has(schema)) return;
    seen.add(schema);
    const keywords = { schema, path };
    parts.push(keywords);
    takeReference(keywords);
    for (const part of schemasAt(keywords, "allOf") ?? []) take(part);
    for (const name of ["anyOf", "oneOf"]) takeBranch(schemasAt(keywords, name), `${path}.${name}`);
    takeCondition(keywords);
  }

  function takeReference(keywords: Keywords): void {
    const path = `${keywords.path}.$ref`;
    if (keyword(keywords, "$dynamicRef") !== undefined) {
      throw new SchemaError(`${keywords.path}.$dynamicRef`, "dynamic references are not supported", true);
    }
    const reference = stringAt(keywords, "$ref");
    if (reference === undefined) return;
    const target = making.document.resolve(reference, path);
    if (typeof target.schema === "object") entered.push(target.schema);
    take(target);
  }

  function takeBranch(branches: readonly LocatedSchema[] | undefined, path: string): void {
    if (branches === undefined) return;
    const ordered = thrifty ? inOrderOfHeight(branches, making) : branches;
    if (ordered.length === 0) throw new SchemaError(path, "it has no branch", true);
    const prefer = (random: Random): number => (thrifty ? 0 : preferIndex(ordered.map(isNull), random));
    const branch = ordered[chooser.choose(ordered.length, prefer)];
    if (branch !== undefined) take(branch);
  }

  function takeCondition(keywords: Keywords): void {
    const condition = schemaAt(keywords, "if");
    if (condition === undefined) return;
    const holds = chooser.choose(2, (random) => random.below(2)) === 0;
    if (holds) take(condition);
    const consequence = schemaAt(keywords, holds ? "then" : "else");
    if (consequence !== undefined) take(consequence);
  }
}

function inOrderOfHeight(branches: readonly LocatedSchema[], { document }: Making): readonly LocatedSchema[] {
  return branches
    .map((branch) => ({ branch, height: document.heights.of(branch) }))
    .sort((a, b) => a.height - b.height)
    .map(({ branch }) => branch);
}

function isNull({ schema }: LocatedSchema): boolean {
  return typeof schema === "object" && (schema["type"] === "null" || schema["const"] === null);
}
