import { z } from "zod";
import { artifactFormat } from "../version.ts";
import { appSchema, grantSchema, keySchema, serviceSchema, tenantSchema } from "./access.ts";
import { backendSchema } from "./backend.ts";
import { idSchema } from "./policy.ts";
import { settingsSchema } from "./settings.ts";
import { endpointSchema, modelSchema, providerSchema, targetSchema } from "./supply.ts";

/** A path of one endpoint version. */
export const routeSchema = z.strictObject({
  method: z.literal("POST"),
  path: z.string().regex(/^\/api\/[^/]+\/[^/]+$/),
  endpoint: idSchema,
});

/** The code file beside the artifact. */
const functionsSchema = z.strictObject({
  /** Digest of `functions.js`. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
});

/** Everything a gateway serves, resolved: ids are indexes into the tables. */
export const artifactSchema = z.strictObject({
  format: z.literal(artifactFormat),
  settings: settingsSchema,
  providers: z.array(providerSchema),
  targets: z.array(targetSchema),
  models: z.array(modelSchema),
  endpoints: z.array(endpointSchema),
  routes: z.array(routeSchema),
  backends: z.array(backendSchema),
  services: z.array(serviceSchema),
  tenants: z.array(tenantSchema),
  apps: z.array(appSchema),
  keys: z.array(keySchema),
  grants: z.array(grantSchema),
  functions: functionsSchema.nullable(),
});
