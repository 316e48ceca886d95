import { z } from "zod";
import { approvalSchema, countSchema, idSchema, planSchema, policyShape } from "./policy.ts";

const roleSchema = z.enum(["owner", "admin", "developer", "billing", "viewer"]);

/** What holds for keys that members issue at run time, and for declared ones where they say the same things. */
export const keyPolicySchema = z.strictObject({
  /** Keys of one application that work at the same time; null: any number. */
  maxPerApp: countSchema.nullable(),
  /** Milliseconds; null: a key need not expire. */
  maxLifetimeMs: countSchema.nullable(),
  /** Environments that keys may have; null: any, empty: none. */
  environments: z.array(z.string()).nullable(),
  /** Regular expression that a whole name has to match; null: any name. */
  namePattern: z.string().nullable(),
  /** Whether a key may reach all that its application does. */
  allowUnscoped: z.boolean(),
  /** Milliseconds before its end at which a key begins to be warned of. */
  warnBeforeMs: countSchema,
});

/** A tenant. */
export const tenantSchema = z.strictObject({
  name: z.string(),
  displayName: z.string().nullable(),
  members: z.array(z.tuple([z.string(), roleSchema])),
  /** Groups of the identity provider whose people have a role here. */
  groups: z.array(z.tuple([z.string(), roleSchema])),
  keys: keyPolicySchema,
  ...policyShape,
});

/** A service: what its subscribers may reach. */
export const serviceSchema = z.strictObject({
  name: z.string(),
  owner: idSchema,
  summary: z.string().nullable(),
  docs: z.string().nullable(),
  models: z.array(idSchema),
  endpoints: z.array(idSchema),
  backends: z.array(idSchema),
  /** Milliseconds for which an application may try the service before anybody decides; null: it may not. */
  trialMs: countSchema.nullable(),
  /** Milliseconds after which an approved subscription ends, unless it is renewed; null: never. */
  subscriptionMs: countSchema.nullable(),
  /** Whom subscribers ask: an address, or a URL. */
  contact: z.string().nullable(),
  /** Tenants that may subscribe; null: every one. */
  visibleTo: z.array(idSchema).nullable(),
  approval: approvalSchema,
  plan: planSchema.nullable(),
  ...policyShape,
});

/** An application. */
export const appSchema = z.strictObject({
  tenant: idSchema,
  name: z.string(),
  summary: z.string().nullable(),
  uses: z.array(idSchema),
  /** What a key of this application reaches when it narrows nothing. */
  grant: idSchema,
  starterKey: z.boolean(),
  ...policyShape,
});

/** What a key narrows. A list that is null narrows nothing; an empty one allows nothing. */
export const keyScopeSchema = z.strictObject({
  services: z.array(idSchema).nullable(),
  models: z.array(idSchema).nullable(),
  endpoints: z.array(idSchema).nullable(),
  backends: z.array(idSchema).nullable(),
  /** HTTP methods, upper case; null: any. */
  methods: z.array(z.string()).nullable(),
  /** Whether it may only read: GET, HEAD and OPTIONS. */
  readOnly: z.boolean(),
});

/** A declared key. */
export const keySchema = z.strictObject({
  app: idSchema,
  name: z.string(),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** First millisecond at which the key no longer works; null: never. */
  expiresAtMs: countSchema.nullable(),
  /** What it reaches by the declared subscriptions of its application. */
  grant: idSchema,
  /** Such as `live` or `test`; null: none. */
  environment: z.string().nullable(),
  /** Null: it narrows nothing. */
  scope: keyScopeSchema.nullable(),
  /** CIDR networks; null: from anywhere, empty: from nowhere. */
  networks: z.array(z.string()).nullable(),
  ...policyShape,
});

const bitSetSchema = z.string().regex(/^[0-9a-f]*$/);

/**
 * What a key really reaches, as bit sets over ids of models, endpoints and backends: lower-case hex, the first digit holding
 * ids 0 to 3 with id 0 as its lowest bit; trailing zeros left out.
 */
export const grantSchema = z.strictObject({
  models: bitSetSchema,
  endpoints: bitSetSchema,
  backends: bitSetSchema,
});
