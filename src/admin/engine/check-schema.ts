import type { z } from "zod";
import { wrongField } from "../check-input.ts";
import { explainIssue } from "./explain-issue.ts";
import { fieldPath } from "./field-path.ts";

/**
 * A part of a request as its schema reads it.
 * @throws LatchkeyError LK-2102 with the first field at fault
 */
export function checkSchema<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, { error: explainIssue });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const extra = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  throw wrongField(fieldPath([...(issue?.path ?? []), ...extra]), issue?.message ?? "This cannot be read.");
}
