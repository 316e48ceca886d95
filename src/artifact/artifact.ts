import type { z } from "zod";
import type {
  appSchema,
  grantSchema,
  keyPolicySchema,
  keySchema,
  keyScopeSchema,
  serviceSchema,
  tenantSchema,
} from "./schema/access.ts";
import type { artifactSchema, routeSchema } from "./schema/artifact.ts";
import type {
  backendRouteSchema,
  backendSchema,
  healthSchema,
  operationSchema,
  parameterSchema,
  upstreamSchema,
} from "./schema/backend.ts";
import type { approvalSchema, budgetSchema, limitSchema, planSchema } from "./schema/policy.ts";
import type { priceSchema } from "./schema/price.ts";
import type { promptSchema } from "./schema/prompt.ts";
import type { settingsSchema, signInSchema, smtpSchema, webhookSchema } from "./schema/settings.ts";
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
export type ArtifactSettings = z.infer<typeof settingsSchema>;
export type ArtifactSignIn = z.infer<typeof signInSchema>;
export type ArtifactWebhook = z.infer<typeof webhookSchema>;
export type ArtifactSmtp = z.infer<typeof smtpSchema>;
export type ArtifactKeyPolicy = z.infer<typeof keyPolicySchema>;
export type ArtifactKeyScope = z.infer<typeof keyScopeSchema>;
export type ArtifactBackend = z.infer<typeof backendSchema>;
export type ArtifactUpstream = z.infer<typeof upstreamSchema>;
export type ArtifactBackendRoute = z.infer<typeof backendRouteSchema>;
export type ArtifactOperation = z.infer<typeof operationSchema>;
export type ArtifactParameter = z.infer<typeof parameterSchema>;
export type ArtifactHealth = z.infer<typeof healthSchema>;
