import { z } from "zod";

/** A list in an answer. */
export function listOf<T extends z.ZodType>(item: T): z.ZodReadonly<z.ZodArray<T>> {
  return z.array(item).readonly();
}

/** Names in an answer. */
export const namesSchema = listOf(z.string());

/** Whole number that can be counted exactly. */
export const countSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Milliseconds since 1970. */
export const timeSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Version of a record: 1 when it is made, and one more with each change. */
export const versionSchema = z.number().int().min(1);

/** A moment as a filter. */
export const timeQuery = z.coerce.number<string | number>().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Text that people write to be read by people. */
export const wordsSchema = z.string().min(1).max(2_000);

/** Names in a request. */
export const wantedNames = z.array(z.string().min(1).max(300)).max(500);

/** Roles that a member can have in a tenant. */
export const roleSchema = z.enum(["owner", "admin", "developer", "billing", "viewer"]);

/** What may be called: versions of endpoints and backends as `name@version`. */
export const reachSchema = z.strictObject({
  models: namesSchema,
  endpoints: namesSchema,
  backends: namesSchema,
});

/** A rate limit: so many of a unit in a window of milliseconds; calls under way have no window. */
export const limitSchema = z.strictObject({
  counts: z.enum(["requests", "tokens", "input-tokens", "output-tokens", "concurrent"]),
  limit: countSchema,
  windowMs: countSchema.nullable(),
});

/** Money per period, in nano-USD. */
export const budgetSchema = z.strictObject({
  limitNanoUsd: countSchema,
  per: z.enum(["hour", "day", "week", "month"]),
  timeZone: z.string(),
  /** Parts per million of the limit at which to warn. */
  warnAtPpm: listOf(countSchema),
  enforce: z.enum(["hard", "soft"]),
});
