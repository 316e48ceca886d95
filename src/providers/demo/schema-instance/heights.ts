import type { JsonObject } from "../../../kernel/json.ts";
import {
  type Keywords,
  type LocatedSchema,
  numberAt,
  schemaAt,
  schemaMapAt,
  schemasAt,
  stringAt,
  stringsAt,
} from "./schema.ts";

/** Greatest height that is told apart; what is higher counts as endless. */
export const ENDLESS = 40;

/**
 * Tells how deep the smallest instances of schemas nest. Recursive schemas need it: the branches that end
 * soonest are the way out.
 */
export class Heights {
  readonly #resolve: (reference: string, path: string) => LocatedSchema;
  /** For each schema the smallest height known to do and the greatest known not to. */
  readonly #known = new Map<JsonObject, { enough: number; tooLow: number }>();

  constructor(resolve: (reference: string, path: string) => LocatedSchema) {
    this.#resolve = resolve;
  }

  /** Height of a schema's smallest instance, roughly; `ENDLESS` where there is none. */
  of(located: LocatedSchema): number {
    for (let height = 0; height < ENDLESS; height++) if (this.#endsWithin(located, height)) return height;
    return ENDLESS;
  }

  #endsWithin({ schema, path }: LocatedSchema, height: number): boolean {
    if (typeof schema === "boolean") return schema;
    if (height < 0) return false;
    const known = this.#known.get(schema) ?? { enough: ENDLESS, tooLow: -1 };
    if (height >= known.enough) return true;
    if (height <= known.tooLow) return false;
    const ends = this.#partsEnd({ schema, path }, height - 1);
    const learnt = ends ? { ...known, enough: height } : { ...known, tooLow: height };
    this.#known.set(schema, learnt);
    return ends;
  }

  #partsEnd(keywords: Keywords, height: number): boolean {
    const { schema } = keywords;
    if (Object.hasOwn(schema, "const") || Object.hasOwn(schema, "enum")) return true;
    const reference = stringAt(keywords, "$ref");
    if (reference !== undefined) {
      const target = this.#resolve(reference, `${keywords.path}.$ref`);
      if (!this.#endsWithin(target, height)) return false;
    }
    const ends = (part: LocatedSchema): boolean => this.#endsWithin(part, height);
    if (schemasAt(keywords, "allOf")?.every(ends) === false) return false;
    for (const name of ["anyOf", "oneOf"]) if (schemasAt(keywords, name)?.some(ends) === false) return false;
    return neededParts(keywords).every(ends);
  }
}

/** Parts of an object or array that every instance has. */
function neededParts(keywords: Keywords): readonly LocatedSchema[] {
  const properties = schemaMapAt(keywords, "properties");
  const parts = (stringsAt(keywords, "required") ?? []).flatMap((name) => properties.get(name) ?? []);
  const minItems = numberAt(keywords, "minItems") ?? 0;
  if (minItems <= 0) return parts;
  const prefix = schemasAt(keywords, "prefixItems") ?? [];
  const items = minItems > prefix.length ? schemaAt(keywords, "items") : undefined;
  return [...parts, ...prefix.slice(0, minItems), ...(items === undefined ? [] : [items])];
}
