import { z } from "zod";
import { statusSchema, versionShape } from "./lifecycle.ts";
import { nameSchema, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { countSchema, namesSchema } from "./values.ts";

const ownVersion = z.strictObject({
  ...versionShape,
  /** Services of the tenant that offer it. */
  services: namesSchema,
  /** Applications that use those services, by the config or by an approved subscription. */
  subscribers: countSchema,
});

/** What a list says of a version. */
export type OwnVersion = z.input<typeof ownVersion>;

const query = pageQuery.extend({
  name: nameSchema.exactOptional(),
  service: nameSchema.exactOptional(),
  status: statusSchema.exactOptional(),
});

/** Lists the versions of a tenant's endpoints. */
export const listEndpoints = operation({
  name: "endpoints.list",
  method: "GET",
  path: "/tenants/{tenant}/endpoints",
  permission: "endpoint.read",
  scope: "tenant",
  summary: "Versions of the endpoints that the tenant's services offer, drafts too",
  params: tenantParams,
  query,
  body: null,
  output: pageOf(ownVersion),
  status: 200,
  affectsCalls: false,
});

/** Lists the versions of a tenant's backends. */
export const listBackends = operation({
  name: "backends.list",
  method: "GET",
  path: "/tenants/{tenant}/backends",
  permission: "endpoint.read",
  scope: "tenant",
  summary: "Versions of the backends that the tenant's services offer, drafts too",
  params: tenantParams,
  query,
  body: null,
  output: pageOf(ownVersion),
  status: 200,
  affectsCalls: false,
});
