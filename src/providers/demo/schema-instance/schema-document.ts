import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { matchesPattern } from "../pattern/match-pattern.ts";
import { parsePattern } from "../pattern/parse-pattern.ts";
import { type Pattern, PatternError } from "../pattern/pattern.ts";
import { Heights } from "./heights.ts";
import { type LocatedSchema, locate, SchemaError } from "./schema.ts";

/** What may be spent on one instance. */
const MAX_VALUES = 20_000;
const MAX_CHECKS = 300_000;
const MAX_CHARACTERS = 500_000;
/** Checks within checks; only references that lead back to themselves need more. */
const MAX_NESTING = 400;

/** A whole JSON Schema: what its references and patterns mean, and what may still be spent on it. */
export class SchemaDocument {
  readonly root: LocatedSchema;
  readonly heights: Heights;
  readonly #patterns = new Map<string, Pattern>();
  readonly #targets = new Map<string, LocatedSchema>();
  #values = MAX_VALUES;
  #checks = MAX_CHECKS;
  #characters = MAX_CHARACTERS;
  #nesting = 0;

  /** @throws SchemaError when the value is no schema. */
  constructor(schema: unknown) {
    this.root = locate(schema, "");
    this.heights = new Heights((reference, path) => this.resolve(reference, path));
  }

  /** Counts a value that is made. @throws SchemaError when there are too many. */
  spendValue(path: string): void {
    if (this.#values-- <= 0) throw tooLarge(path);
  }

  /** Whether most of what may be made is made, so that it is time to be brief. */
  get isNearlySpent(): boolean {
    return this.#values < MAX_VALUES * 0.9;
  }

  /** Runs one check and counts it. @throws SchemaError when there are too many, or too many inside each other. */
  checking<Result>(path: string, check: () => Result): Result {
    if (this.#checks-- <= 0) throw tooLarge(path);
    if (this.#nesting >= MAX_NESTING) throw new SchemaError(path, "it refers to itself without an end", true);
    this.#nesting++;
    try {
      return check();
    } finally {
      this.#nesting--;
    }
  }

  /** Counts characters that are made. @throws SchemaError when there are too many. */
  spendCharacters(count: number, path: string): void {
    this.#characters -= count;
    if (this.#characters < 0) throw tooLarge(path);
  }

  /** What a `$ref` points to. @throws SchemaError when it is nothing in this document. */
  resolve(reference: string, path: string): LocatedSchema {
    const known = this.#targets.get(reference);
    if (known !== undefined) return known;
    const target = this.#find(reference, path);
    this.#targets.set(reference, target);
    return target;
  }

  /** A pattern that was read. @throws SchemaError when it cannot be. */
  pattern(source: string, path: string): Pattern {
    const known = this.#patterns.get(source);
    if (known !== undefined) return known;
    return this.#guard(path, source, () => {
      const pattern = parsePattern(source);
      this.#patterns.set(source, pattern);
      return pattern;
    });
  }

  /** Whether a pattern matches somewhere in a text. @throws SchemaError when it cannot be told. */
  matches(source: string, text: string, path: string): boolean {
    const pattern = this.pattern(source, path);
    return this.#guard(path, source, () => matchesPattern(pattern, text));
  }

  #guard<Result>(path: string, source: string, run: () => Result): Result {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      throw new SchemaError(path, `the pattern \`${source}\` cannot be followed: ${error.message}`, true);
    }
  }

  #find(reference: string, path: string): LocatedSchema {
    const { schema } = this.root;
    const id = isJsonObject(schema) && typeof schema["$id"] === "string" ? schema["$id"] : undefined;
    const local = id !== undefined && reference.startsWith(id) ? reference.slice(id.length) : reference;
    if (local === "" || local === "#") return this.root;
    if (local.startsWith("#/")) return this.#follow(local.slice(2), reference, path);
    const anchored = local.startsWith("#") ? findAnchor(schema, local.slice(1), "") : undefined;
    if (anchored !== undefined) return anchored;
    throw new SchemaError(path, `\`${reference}\` points to nothing in this schema`, true);
  }

  /** Follows a JSON pointer. Source: https://www.rfc-editor.org/rfc/rfc6901 */
  #follow(pointer: string, reference: string, path: string): LocatedSchema {
    let at: unknown = this.root.schema;
    let where = "";
    for (const token of pointer.split("/")) {
      const name = decodeToken(token).replaceAll("~1", "/").replaceAll("~0", "~");
      const found = typeof at === "object" && at !== null && Object.hasOwn(at, name);
      if (!found) throw new SchemaError(path, `\`${reference}\` points to nothing in this schema`, true);
      where += Array.isArray(at) ? `[${name}]` : `.${name}`;
      at = (at as Record<string, unknown>)[name];
    }
    return locate(at, where);
  }
}

/** A part of the schema that names itself with `$anchor`. */
function findAnchor(value: unknown, anchor: string, path: string): LocatedSchema | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isJsonObject(value) && value["$anchor"] === anchor) return { schema: value as JsonObject, path };
  for (const [name, item] of Object.entries(value)) {
    const found = findAnchor(item, anchor, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

function tooLarge(path: string): SchemaError {
  return new SchemaError(path, "it takes a larger instance than the demo provider makes", true);
}
