import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

const OWN = "#/$defs/";

/**
 * Turns schemas into JSON Schema (2020-12, as OpenAPI 3.1 has it). What they define for themselves goes to one place for
 * all, since references inside them would else lead to nowhere.
 */
export class SchemaPool {
  readonly #shared = new Map<string, JsonObject>();

  /** What was defined, by name. */
  get shared(): JsonObject {
    return Object.fromEntries([...this.#shared].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /**
   * @param owner unique text, of which names of what has none are made
   * @param io whether it is what callers send or what they get
   */
  schemaOf(schema: z.ZodType, io: "input" | "output", owner: string): JsonObject {
    const made: unknown = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    // Only what JSON has: the object carries more for other users of such schemas.
    const { $schema: _, $defs = {}, ...root } = JSON.parse(JSON.stringify(made)) as JsonObject;
    const nameOf = (name: string): string => (name.startsWith("__") ? `${owner}.${name.slice(2)}` : name);
    const moved = (value: Json | undefined): Json | undefined => move(value, owner, nameOf);
    for (const [name, defined] of Object.entries($defs as JsonObject)) {
      const { id: __, ...rest } = moved(defined) as JsonObject;
      this.#shared.set(nameOf(name), rest);
    }
    const { id: ___, ...own } = moved(root) as JsonObject;
    if (!JSON.stringify(own).includes(`"${referenceTo(owner)}"`)) return own;
    this.#shared.set(owner, own);
    return { $ref: referenceTo(owner) };
  }
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** A schema whose references lead to the pool. */
function move(value: Json | undefined, owner: string, nameOf: (name: string) => string): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => move(item, owner, nameOf) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name !== "$ref" || typeof member !== "string") return [name, move(member, owner, nameOf)];
      return [name, referenceTo(member.startsWith(OWN) ? nameOf(member.slice(OWN.length)) : owner)];
    }),
  );
}
