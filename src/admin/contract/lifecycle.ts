import { z } from "zod";
import { timeSchema } from "./values.ts";

/** How far a version has come. */
export const statusSchema = z.enum(["draft", "published", "deprecated", "retired"]);

/** What there is to say of a version. */
export const versionShape = {
  name: z.string(),
  version: z.string(),
  status: statusSchema,
  /** Since when it is deprecated, and when it will be retired; null: not said. */
  deprecatedAtMs: timeSchema.nullable(),
  sunsetAtMs: timeSchema.nullable(),
  /** What takes its place, as `name@version`; null: nothing is named. */
  successor: z.string().nullable(),
  summary: z.string().nullable(),
};
