import type { Json } from "../../../kernel/json.ts";
import { checkValue } from "./check-value.ts";
import { type Chooser, createChooser, preferIndex } from "./chooser.ts";
import { expand } from "./expand.ts";
import { listedValues } from "./listed-values.ts";
import { makeArray } from "./make-array.ts";
import { makeNumber } from "./make-number.ts";
import { makeObject } from "./make-object.ts";
import { makeString } from "./make-string.ts";
import { isThrifty, type Making, variedIndex } from "./making.ts";
import type { Random } from "./random.ts";
import { type Keywords, type LocatedSchema, SchemaError } from "./schema.ts";
import { commonTypes, type TypeName } from "./schema-types.ts";

/** Objects and arrays within each other that are made. */
const MAX_DEPTH = 60;
/** Combinations of branches that are tried. */
const MAX_ATTEMPTS = 60;
/** Tries where chance alone decides whether a value holds. */
const MIN_ATTEMPTS = 8;

/**
 * A value that satisfies all of some schemas. Every value is checked against what it was made for, so whatever
 * is returned holds.
 * @throws SchemaError when none was found.
 */
export function makeValue(schemas: readonly LocatedSchema[], making: Making): Json {
  const path = schemas[0]?.path ?? "";
  if (making.depth > MAX_DEPTH) throw new SchemaError(path, "its instances nest without an end", true);
  making.document.spendValue(path);
  const seed = making.random.below(2 ** 32);
  let failure: SchemaError | undefined;
  let combinations = 1;
  for (let attempt = 0, attempts = 1; attempt < attempts; attempt++) {
    const chooser = createChooser(attempt, seed);
    const variety = making.variety + Math.floor(attempt / combinations);
    const made = attemptValue(schemas, chooser, { ...making, variety });
    if (made.ok) return made.value;
    if (made.failure.final) throw made.failure;
    // What the first attempt met is what the schema means most likely.
    failure ??= made.failure;
    const worthwhile = made.unchecked ? MIN_ATTEMPTS : 1;
    combinations = Math.max(combinations, chooser.combinations());
    attempts = Math.min(Math.max(attempts, combinations, worthwhile), MAX_ATTEMPTS);
  }
  throw failure ?? new SchemaError(path, "it has no instance");
}

type Made =
  | { readonly ok: true; readonly value: Json }
  /** `unchecked`: a value was made but does not hold, so another throw of the dice may. */
  | { readonly ok: false; readonly failure: SchemaError; readonly unchecked: boolean };

function attemptValue(schemas: readonly LocatedSchema[], chooser: Chooser, making: Making): Made {
  try {
    const { parts, entered } = expand(schemas, chooser, making);
    const inside = entered.length === 0 ? making : { ...making, entered: [...making.entered, ...entered] };
    const value = makeFromParts(parts, chooser, inside);
    for (const located of schemas) {
      const problem = checkValue(value, located, making.document);
      if (problem === undefined) continue;
      return { ok: false, failure: new SchemaError(problem.path, problem.reason), unchecked: true };
    }
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { ok: false, failure: error, unchecked: false };
  }
}

function makeFromParts(parts: readonly Keywords[], chooser: Chooser, making: Making): Json {
  const listed = listedValues(parts, making.document);
  if (listed !== undefined) {
    const shunned = listed.map((value) => value === null);
    const prefer = (random: Random): number =>
      making.variety === 0 ? preferIndex(shunned, random) : variedIndex(listed.length, making);
    return listed[chooser.choose(listed.length, prefer)] ?? null;
  }
  const { types, told } = commonTypes(parts);
  const prefer = (random: Random): number => (told ? preferredType(types, random, making) : 0);
  return makeOfType(types[chooser.choose(types.length, prefer)] ?? "null", parts, making);
}

function preferredType(types: readonly TypeName[], random: Random, making: Making): number {
  const nested = (type: TypeName): boolean => type === "object" || type === "array";
  const thrifty = isThrifty(making);
  return preferIndex(
    types.map((type) => (thrifty ? nested(type) : type === "null")),
    random,
  );
}

function makeOfType(type: TypeName, parts: readonly Keywords[], making: Making): Json {
  switch (type) {
    case "null":
      return null;
    case "boolean":
      return variedIndex(2, making) === 1;
    case "integer":
    case "number":
      return makeNumber(parts, making, type === "integer");
    case "string":
      return makeString(parts, making);
    case "array":
      return makeArray(parts, making);
    case "object":
      return makeObject(parts, making);
  }
}
