import { z } from "zod";

/** Whole number that JavaScript counts exactly, not negative. */
export const countSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Index into one of the artifact's tables. */
export const idSchema = z.number().int().min(0).max(0x7fff_ffff);

/** A rate limit: so many of a unit in a window; calls under way have no window. */
export const limitSchema = z.strictObject({
  counts: z.enum(["requests", "tokens", "input-tokens", "output-tokens", "concurrent"]),
  limit: countSchema,
  /** Milliseconds; null for `concurrent`. */
  windowMs: countSchema.nullable(),
});

/** Money per period. */
export const budgetSchema = z.strictObject({
  limitNanoUsd: countSchema,
  per: z.enum(["hour", "day", "week", "month"]),
  timeZone: z.string(),
  /** Parts per million of the limit at which to warn, ascending. */
  warnAtPpm: z.array(countSchema),
  enforce: z.enum(["hard", "soft"]),
});

/** Limits and budget of one subject. */
export const policyShape = {
  limits: z.array(limitSchema),
  budget: budgetSchema.nullable(),
};

const approvalTermsShape = {
  roles: z.array(z.enum(["owner", "admin", "developer", "billing", "viewer"])).min(1),
  withinMs: countSchema.nullable(),
  quorum: z.number().int().min(1),
};

/** Who decides a subscription. */
export const approvalSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("none") }),
  z.strictObject({ mode: z.literal("by"), ...approvalTermsShape }),
  z.strictObject({
    mode: z.literal("automatic"),
    when: z.strictObject({
      tenants: z.array(idSchema).nullable(),
      environments: z.array(z.string()).nullable(),
      requestsPerMinuteUpTo: countSchema.nullable(),
    }),
    /** What applies where the condition does not hold. */
    otherwise: z.discriminatedUnion("mode", [
      z.strictObject({ mode: z.literal("none") }),
      z.strictObject({ mode: z.literal("by"), ...approvalTermsShape }),
    ]),
  }),
]);

/** Price of a service to its callers; null where the plan says nothing. All amounts in nano-USD. */
export const planSchema = z.strictObject({
  perCall: countSchema.nullable(),
  perThousandCalls: countSchema.nullable(),
  perMillionInputTokens: countSchema.nullable(),
  perMillionOutputTokens: countSchema.nullable(),
  perMonth: countSchema.nullable(),
  includedCalls: countSchema,
  includedTokens: countSchema,
});
