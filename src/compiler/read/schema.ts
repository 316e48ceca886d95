import type { GraphSchema } from "../evaluate/graph.ts";
import { isTagged } from "./describe-value.ts";
import { lastName, type Reader, wrongType } from "./reader.ts";

/** A Zod schema that could be converted. */
export type ReadSchema = Extract<GraphSchema, { ok: true }>;

/** A Zod schema. Whether it fits its place is checked by a pass. */
export const schema: Reader<ReadSchema> = (value, at, context) => {
  if (!isTagged(value) || value.$ !== "schema") {
    const isShape = isTagged(value) && value.$ === "object";
    if (!isShape) return wrongType(value, at, "a Zod schema", context);
    context.report.add("LK1410", `${lastName(at)} is an object; it takes a Zod schema`, {
      at,
      suggestion: "wrap it: `z.object({ … })`",
    });
    return undefined;
  }
  const found = context.graph.schemas[value.index];
  if (found === undefined || found.ok) return found;
  context.report.add("LK1410", `${lastName(at)} cannot be used as a schema: ${found.problem}`, { at });
  return undefined;
};
