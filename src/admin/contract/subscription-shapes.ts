import { z } from "zod";
import { countSchema, listOf, namesSchema, timeSchema, versionSchema, wantedNames } from "./values.ts";

/** Where a subscription stands. */
export const subscriptionStateSchema = z.enum([
  "requested",
  "approved",
  "rejected",
  "cancelled",
  "revoked",
  "expired",
]);

const termsSchema = z.strictObject({
  models: namesSchema.nullable(),
  endpoints: namesSchema.nullable(),
  backends: namesSchema.nullable(),
  environments: namesSchema.nullable(),
  requestsPerMinute: countSchema.nullable(),
});

const wanted = wantedNames.nullable().default(null);

/** What is asked for of a service; what is left out, or null, is all of it. */
export const wantedTermsSchema = z.strictObject({
  models: wanted,
  endpoints: wanted,
  backends: wanted,
  environments: wanted,
  requestsPerMinute: countSchema.nullable().default(null),
});

const narrowed = wantedNames.nullable().exactOptional();

/** What is allowed of what was asked for; what is left out is allowed as asked. */
export const narrowedTermsSchema = z.strictObject({
  models: narrowed,
  endpoints: narrowed,
  backends: narrowed,
  environments: narrowed,
  requestsPerMinute: countSchema.nullable().exactOptional(),
});

const shape = {
  id: z.string(),
  version: versionSchema,
  createdAtMs: timeSchema,
  updatedAtMs: timeSchema,
  app: z.string(),
  appTenant: z.string(),
  service: z.string(),
  /** Tenant that owns the service. */
  owner: z.string(),
  state: subscriptionStateSchema,
  purpose: z.string(),
  expectedCallsPerMonth: countSchema.nullable(),
  requested: termsSchema,
  /** What was allowed; null until it is approved. */
  granted: termsSchema.nullable(),
  /** Approved for a while, before anybody has decided. */
  isTrial: z.boolean(),
  triedAtMs: timeSchema.nullable(),
  /** When an undecided request lapses, or an approved one ends; null: never. */
  expiresAtMs: timeSchema.nullable(),
  history: listOf(
    z.strictObject({
      timeMs: timeSchema,
      state: subscriptionStateSchema,
      step: z.enum(["request", "trial", "vote", "approve", "reject", "cancel", "revoke", "expire", "renew"]),
      side: z.enum(["app", "owner", "system"]),
      /** Address of the member; null: it was the gateway, or somebody of the owner's whom subscribers do not see. */
      by: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
};

const openShape = {
  kind: z.enum(["request", "renewal"]),
  askedBy: z.string(),
  askedAtMs: timeSchema,
  terms: termsSchema,
  /** First millisecond at which it can no longer be decided; null: it waits as long as it takes. */
  lapsesAtMs: timeSchema.nullable(),
};

/** A subscription as the application's side sees it: of the owner's members it sees none. */
export const subscriptionSchema = z.strictObject({
  ...shape,
  /** What is to be decided; null: nothing. */
  open: z.strictObject({ ...openShape, approvals: countSchema }).nullable(),
});

/** What the application's side is answered. */
export type SubscriptionAnswer = z.input<typeof subscriptionSchema>;

/** A subscription as the service's owner sees it. */
export const subscriberSchema = z.strictObject({
  ...shape,
  approvedBy: namesSchema,
  open: z
    .strictObject({
      ...openShape,
      votes: listOf(z.strictObject({ by: z.string(), timeMs: timeSchema, terms: termsSchema })),
    })
    .nullable(),
});

/** What the owner's side is answered. */
export type SubscriberAnswer = z.input<typeof subscriberSchema>;
