import type { z } from "zod";
import { formatKeyword, stripKeyword } from "../../functions/keywords.ts";

/**
 * Marks what a compiled validator has to do beyond plain JSON Schema to agree with Zod: drop the fields that an
 * object does not know, and check a format by Zod's own pattern.
 */
export function markChecked({ _zod: { def } }: z.core.$ZodType, json: object): void {
  if (def.type === "object" && !Reflect.get(def, "catchall")) {
    Reflect.set(json, stripKeyword, true);
  }
  const format: unknown = Reflect.get(json, "format");
  const pattern: unknown = Reflect.get(json, "pattern");
  Reflect.deleteProperty(json, "format");
  if (typeof format !== "string" || typeof pattern !== "string") return;
  Reflect.deleteProperty(json, "pattern");
  Reflect.set(json, formatKeyword, { format, pattern });
}
