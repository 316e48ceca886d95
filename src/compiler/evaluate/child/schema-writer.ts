import { z } from "zod";
import type { JsonObject } from "../../../kernel/json.ts";
import type { GraphJsonSchema, GraphPattern, GraphSchema } from "../graph.ts";
import { markChecked } from "./checked-schema.ts";
import { hasDefaultInUnion } from "./default-in-union.ts";
import { patternsOf } from "./patterns-of.ts";
import { codeReason, hasChangingDefault } from "./schema-code.ts";

type Direction = "input" | "output";
type Visit = (schema: z.core.$ZodType, json: object, path: readonly (string | number)[]) => void;

const NO_JSON = "bigint symbol undefined void date map set nan transform function promise file";

/**
 * Zod types that no JSON value has. In an output also those that change values: a model is asked for what comes
 * out, and that would then be read once more.
 */
const UNREPRESENTABLE: Readonly<Record<Direction, ReadonlySet<string>>> = {
  input: new Set(NO_JSON.split(" ")),
  output: new Set(`${NO_JSON} pipe`.split(" ")),
};

/** Whether a value is a schema of Zod 4, of whichever copy, or something that an older one made. */
export function isZodSchema(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Reflect.has(value, "_zod") || Reflect.has(value, "_def");
}

/** A schema in the forms that the compiler needs. */
export function writeSchema(schema: object): GraphSchema {
  if (!isCurrent(schema)) return { ok: false, problem: "it was not made by Zod 4" };
  try {
    return convert(schema);
  } catch (thrown) {
    return { ok: false, problem: thrown instanceof Error ? thrown.message : "Zod cannot convert it" };
  }
}

function convert(schema: z.core.$ZodType): GraphSchema {
  let code: string | null = null;
  const found = new Map<string, GraphPattern>();
  const checked = toJson(schema, "input", (visited, json, path) => {
    code ??= codeReason(visited);
    // What a schema was made from comes before it at the same place: `regex(…)` before `regex(…).max(9)`.
    for (const pattern of patternsOf(visited, json, fieldPath(path)))
      found.set(`${path.join("/")} ${pattern.flags} ${pattern.source}`, pattern);
    markChecked(visited, json);
  });
  const patterns = [...found.values()];
  code ??= hasDefaultInUnion(checked) ? "a default inside a union" : null;
  return {
    ok: true,
    type: schema._zod.def.type,
    input: side(schema, "input"),
    output: side(schema, "output"),
    checked,
    code,
    // Zod itself tries patterns also on texts that are too long.
    patterns: code === null ? patterns : patterns.map((pattern) => ({ ...pattern, maxLength: null })),
  };
}

function side(schema: z.core.$ZodType, io: Direction): GraphJsonSchema {
  const unrepresentable = new Map<string, { type: string; path: readonly string[] }>();
  const json = toJson(schema, io, (visited, _, path) => {
    const { type } = visited._zod.def;
    if (UNREPRESENTABLE[io].has(type)) unrepresentable.set(path.join("/"), { type, path: fieldPath(path) });
  });
  return { json, unrepresentable: [...unrepresentable.values()] };
}

function toJson(schema: z.core.$ZodType, io: Direction, visit: Visit): JsonObject {
  const json = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema, path }) => {
      if (hasChangingDefault(zodSchema)) Reflect.deleteProperty(jsonSchema, "default");
      visit(zodSchema, jsonSchema, path);
    },
  });
  // What is left of Zod's own values, such as dates in defaults, becomes what JSON makes of it.
  const { $schema: _, ...members } = JSON.parse(JSON.stringify(json));
  return members;
}

/** Field names and `[]` for items, out of a path through JSON Schema's own keywords. */
function fieldPath(path: readonly (string | number)[]): readonly string[] {
  const names: string[] = [];
  for (let index = 0; index < path.length; index++) {
    if (path[index] === "properties") names.push(String(path[++index]));
    else if (path[index] === "items" || path[index] === "prefixItems") names.push("[]");
  }
  return names;
}

function isCurrent(schema: object): schema is z.core.$ZodType {
  const internals: unknown = Reflect.get(schema, "_zod");
  return typeof internals === "object" && internals !== null && "def" in internals;
}
