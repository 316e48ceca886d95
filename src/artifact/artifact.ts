import type { z } from "zod";
import type { appSchema, grantSchema, keySchema, serviceSchema, tenantSchema } from "./schema/access.ts";
import type { artifactSchema, routeSchema } from "./schema/artifact.ts";
import type { approvalSchema, budgetSchema, limitSchema, planSchema } from "./schema/policy.ts";
import type { priceSchema } from "./schema/price.ts";
import type { promptSchema } from "./schema/prompt.ts";
import type {
  authSchema,
  endpointSchema,
  modelSchema,
  providerSchema,
  targetSchema,
  upstreamTimeoutsSchema,
} from "./schema/supply.ts";

/** What the compiler makes and the runtime serves. Pure data; the shape is `schema/artifact.ts`. */
export type Artifact = z.infer<typeof artifactSchema>;

/** An artifact as read from disk: the data, its hash and where its code file lies. */
export interface StoredArtifact {
  readonly artifact: Artifact;
  /** 64 hex digits: SHA-256 of the canonical JSON. */
  readonly hash: string;
  /** Path of `functions.js`; null where the artifact has none. */
  readonly functionsPath: string | null;
}

export type ArtifactProvider = z.infer<typeof providerSchema>;
export type ArtifactAuth = z.infer<typeof authSchema>;
export type ArtifactTarget = z.infer<typeof targetSchema>;
export type ArtifactModel = z.infer<typeof modelSchema>;
export type ArtifactEndpoint = z.infer<typeof endpointSchema>;
export type ArtifactRoute = z.infer<typeof routeSchema>;
export type ArtifactService = z.infer<typeof serviceSchema>;
export type ArtifactTenant = z.infer<typeof tenantSchema>;
export type ArtifactApp = z.infer<typeof appSchema>;
export type ArtifactKey = z.infer<typeof keySchema>;
export type ArtifactGrant = z.infer<typeof grantSchema>;
export type ArtifactLimit = z.infer<typeof limitSchema>;
export type ArtifactBudget = z.infer<typeof budgetSchema>;
export type ArtifactApproval = z.infer<typeof approvalSchema>;
export type ArtifactPlan = z.infer<typeof planSchema>;
export type ArtifactPrice = z.infer<typeof priceSchema>;
export type ArtifactPrompt = z.infer<typeof promptSchema>;
export type ArtifactUpstreamTimeouts = z.infer<typeof upstreamTimeoutsSchema>;
