import { z } from "zod";
import { nothing, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { budgetSchema, countSchema, limitSchema, listOf, namesSchema, roleSchema } from "./values.ts";

const tenantShape = {
  name: z.string(),
  displayName: z.string().nullable(),
  /** Of whoever asks; none for operators who are no members. */
  roles: listOf(roleSchema),
};

const tenantSchema = z.strictObject({
  ...tenantShape,
  /** What holds for keys; times in milliseconds, null: no limit. */
  keys: z.strictObject({
    maxPerApp: countSchema.nullable(),
    maxLifetimeMs: countSchema.nullable(),
    environments: namesSchema.nullable(),
    namePattern: z.string().nullable(),
    allowUnscoped: z.boolean(),
    warnBeforeMs: countSchema,
  }),
  limits: listOf(limitSchema),
  budget: budgetSchema.nullable(),
  counts: z.strictObject({ members: countSchema, apps: countSchema, services: countSchema }),
});

/** Lists the tenants of a member; operators see all. */
export const listTenants = operation({
  name: "tenants.list",
  method: "GET",
  path: "/tenants",
  permission: "self.read",
  scope: "self",
  summary: "Tenants that the member belongs to",
  params: nothing,
  query: pageQuery,
  body: null,
  output: pageOf(z.strictObject(tenantShape)),
  status: 200,
  affectsCalls: false,
});

/** Shows a tenant. */
export const getTenant = operation({
  name: "tenants.get",
  method: "GET",
  path: "/tenants/{tenant}",
  permission: "tenant.read",
  scope: "tenant",
  summary: "A tenant with its policy for keys, limits and budget",
  params: tenantParams,
  query: nothing,
  body: null,
  output: tenantSchema,
  status: 200,
  affectsCalls: false,
});
