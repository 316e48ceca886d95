import { z } from "zod";
import { versionShape } from "./lifecycle.ts";
import { nameSchema, nothing, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { subscriptionStateSchema } from "./subscription-shapes.ts";
import { countSchema, limitSchema, listOf, namesSchema, roleSchema, timeSchema } from "./values.ts";

const decisionSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("none") }),
  z.strictObject({
    mode: z.literal("by"),
    roles: listOf(roleSchema),
    quorum: countSchema,
    withinMs: countSchema.nullable(),
  }),
]);

const approvalSchema = z.discriminatedUnion("mode", [
  ...decisionSchema.options,
  z.strictObject({
    mode: z.literal("automatic"),
    when: z.strictObject({
      /** Tenants that qualify, as far as the tenant may know: its own name, or none; null: every one. */
      tenants: namesSchema.nullable(),
      environments: namesSchema.nullable(),
      requestsPerMinuteUpTo: countSchema.nullable(),
    }),
    otherwise: decisionSchema,
  }),
]);

/** What an answer says of an approval policy. */
export type ApprovalAnswer = z.input<typeof approvalSchema>;

const planSchema = z.strictObject({
  perCall: countSchema.nullable(),
  perThousandCalls: countSchema.nullable(),
  perMillionInputTokens: countSchema.nullable(),
  perMillionOutputTokens: countSchema.nullable(),
  perMonth: countSchema.nullable(),
  includedCalls: countSchema,
  includedTokens: countSchema,
});

const serviceShape = {
  name: z.string(),
  owner: z.strictObject({ name: z.string(), displayName: z.string().nullable() }),
  /** Whether the tenant that asks owns it. */
  isOwn: z.boolean(),
  summary: z.string().nullable(),
  docs: z.string().nullable(),
  /** Whom to ask. */
  contact: z.string().nullable(),
  /** Applications of the tenant that use it, or have asked to. */
  apps: listOf(
    z.strictObject({
      app: z.string(),
      /** Newest subscription; null: the config declares the use. */
      subscription: z.string().nullable(),
      state: subscriptionStateSchema,
      expiresAtMs: timeSchema.nullable(),
    }),
  ),
};

const jsonSchema = z.record(z.string(), z.unknown());

const serviceSchema = z.strictObject({
  ...serviceShape,
  approval: approvalSchema,
  /** The same in words. */
  approvalWords: z.string(),
  /** Amounts in nano-USD; null: it costs nothing. */
  plan: planSchema.nullable(),
  /** Milliseconds for which it can be tried before anybody decides; null: it cannot. */
  trialMs: countSchema.nullable(),
  /** Milliseconds after which a subscription ends unless it is renewed; null: never. */
  subscriptionMs: countSchema.nullable(),
  limits: listOf(limitSchema),
  models: listOf(
    z.strictObject({
      name: z.string(),
      summary: z.string().nullable(),
      /** `YYYY-MM-DD`; null: unknown. */
      releasedOn: z.string().nullable(),
    }),
  ),
  endpoints: listOf(
    z.strictObject({
      ...versionShape,
      paths: namesSchema,
      input: jsonSchema,
      /** Null: it answers text. */
      output: jsonSchema.nullable(),
    }),
  ),
  backends: listOf(
    z.strictObject({
      ...versionShape,
      /** Where it begins at the gateway. */
      basePath: z.string(),
      webSocket: z.boolean(),
      /** Whether an OpenAPI document describes it. */
      hasOpenapi: z.boolean(),
    }),
  ),
});

/** What an answer says of a service. */
export type ServiceAnswer = z.input<typeof serviceSchema>;

const listedService = z.strictObject({
  ...serviceShape,
  /** Names of what it offers; versions as `name@version`. */
  models: namesSchema,
  endpoints: namesSchema,
  backends: namesSchema,
});

/** What a list says of a service. */
export type ListedService = z.input<typeof listedService>;

/** Lists the services that a tenant may see. */
export const listServices = operation({
  name: "services.list",
  method: "GET",
  path: "/tenants/{tenant}/services",
  permission: "service.read",
  scope: "tenant",
  summary: "Catalogue: services that the tenant owns or may subscribe to",
  params: tenantParams,
  query: pageQuery.extend({
    owner: nameSchema.exactOptional(),
    /** Part of the name or the summary. */
    text: nameSchema.exactOptional(),
  }),
  body: null,
  output: pageOf(listedService),
  status: 200,
  affectsCalls: false,
});

/** Shows a service. */
export const getService = operation({
  name: "services.get",
  method: "GET",
  path: "/tenants/{tenant}/services/{service}",
  permission: "service.read",
  scope: "tenant",
  summary: "A service of the catalogue with all that it offers, its approval policy and its plan",
  params: tenantParams.extend({ service: nameSchema }),
  query: nothing,
  body: null,
  output: serviceSchema,
  status: 200,
  affectsCalls: false,
});
