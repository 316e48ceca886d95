import { z } from "zod";
import { approvalSchema, countSchema, idSchema, planSchema, policyShape } from "./policy.ts";

/** A tenant. */
export const tenantSchema = z.strictObject({
  name: z.string(),
  displayName: z.string().nullable(),
  members: z.array(z.tuple([z.string(), z.enum(["owner", "admin", "developer", "billing", "viewer"])])),
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

/** A declared key. */
export const keySchema = z.strictObject({
  app: idSchema,
  name: z.string(),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** First millisecond at which the key no longer works; null: never. */
  expiresAtMs: countSchema.nullable(),
  grant: idSchema,
  /** CIDR networks; null: from anywhere, empty: from nowhere. */
  networks: z.array(z.string()).nullable(),
  ...policyShape,
});

const bitSetSchema = z.string().regex(/^[0-9a-f]*$/);

/**
 * What a key really reaches, as bit sets over model and endpoint ids: lower-case hex, the first digit holding
 * ids 0 to 3 with id 0 as its lowest bit; trailing zeros left out.
 */
export const grantSchema = z.strictObject({ models: bitSetSchema, endpoints: bitSetSchema });
