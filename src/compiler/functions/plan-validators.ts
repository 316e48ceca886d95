import { canonicalJson, type JsonObject } from "../../kernel/json.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";

/** Where a schema of the config stands. */
export interface SchemaPlace {
  readonly endpoint: string;
  /** Which of the versions under that name. */
  readonly position: number;
  readonly side: "input" | "output";
}

/** Which validators `functions.js` has, and who uses them. */
export interface ValidatorPlan {
  /** Name by endpoint declaration and side, as `12.input`. */
  readonly names: ReadonlyMap<string, string>;
  /** Schemas that are checked as JSON Schema, by name. */
  readonly checked: ReadonlyMap<string, JsonObject>;
  /** Schemas of the config that have to run themselves, by name. */
  readonly run: ReadonlyMap<string, SchemaPlace>;
}

/** Plans one validator for each schema that differs from all others. */
export function planValidators({ tables }: PromptedConfig): ValidatorPlan {
  const names = new Map<string, string>();
  const checked = new Map<string, JsonObject>();
  const run = new Map<string, SchemaPlace>();
  const known = new Map<string, string>();
  for (const { id, name: endpoint, position, options } of tables.endpoints) {
    for (const side of ["input", "output"] as const) {
      const schema = options[side];
      if (schema === undefined) continue;
      const key = schema.code === null ? canonicalJson(schema.checked) : `${endpoint}[${position}].${side}`;
      const name = known.get(key) ?? `${schema.code === null ? "check" : "schema"}${known.size}`;
      if (!known.has(key)) {
        known.set(key, name);
        if (schema.code === null) checked.set(name, schema.checked);
        else run.set(name, { endpoint, position, side });
      }
      names.set(`${id}.${side}`, name);
    }
  }
  return { names, checked, run };
}
