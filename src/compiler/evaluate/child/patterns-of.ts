import type { z } from "zod";
import type { GraphPattern } from "../graph.ts";

/**
 * The regular expressions that a schema checks texts by, with their flags, which JSON Schema has no word for. `json` is what
 * Zod has made of the schema, before any mark.
 */
export function patternsOf(
  { _zod: { def } }: z.core.$ZodType,
  json: object,
  path: readonly string[],
): readonly GraphPattern[] {
  const length: unknown = Reflect.get(json, "maxLength");
  const place = { path, maxLength: typeof length === "number" ? length : null };
  const written = [def, ...(def.checks ?? []).map((check) => check._zod.def)]
    .map((part): unknown => Reflect.get(part, "pattern"))
    .filter((pattern) => pattern instanceof RegExp)
    .map(({ source, flags }) => ({ source, flags: flags.replace(/[gy]/g, ""), ...place }));
  if (written.length === 1) return written;
  // Several are checked one by one, whatever the length.
  if (written.length > 1) return written.map((pattern) => ({ ...pattern, maxLength: null }));
  const made: unknown = Reflect.get(json, "pattern");
  return typeof made === "string" ? [{ source: made, flags: "", ...place }] : [];
}
