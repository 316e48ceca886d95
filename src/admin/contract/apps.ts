import { z } from "zod";
import { nameSchema, nothing, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { budgetSchema, countSchema, limitSchema, listOf, reachSchema, timeSchema } from "./values.ts";

const appShape = {
  name: z.string(),
  summary: z.string().nullable(),
  /** Services that it uses: those that the config declares, then those that it is subscribed to. */
  uses: listOf(
    z.strictObject({
      service: z.string(),
      /** Tenant that owns the service. */
      owner: z.string(),
      /** Id of the subscription; null: the config declares it. */
      subscription: z.string().nullable(),
      isTrial: z.boolean(),
      expiresAtMs: timeSchema.nullable(),
    }),
  ),
  /** Declared keys, and issued ones that have not been revoked. */
  keys: z.strictObject({ declared: countSchema, issued: countSchema }),
};

const appSchema = z.strictObject({
  ...appShape,
  limits: listOf(limitSchema),
  budget: budgetSchema.nullable(),
  /** What a key reaches that narrows nothing. */
  reach: reachSchema,
});

/** What an answer says of an application. */
export type AppView = z.input<typeof appSchema>;

/** Lists the applications of a tenant. */
export const listApps = operation({
  name: "apps.list",
  method: "GET",
  path: "/tenants/{tenant}/apps",
  permission: "app.read",
  scope: "tenant",
  summary: "Applications of the tenant, with what they use",
  params: tenantParams,
  query: pageQuery.extend({ service: nameSchema.exactOptional(), text: nameSchema.exactOptional() }),
  body: null,
  output: pageOf(z.strictObject(appShape)),
  status: 200,
  affectsCalls: false,
});

/** Shows an application. */
export const getApp = operation({
  name: "apps.get",
  method: "GET",
  path: "/tenants/{tenant}/apps/{app}",
  permission: "app.read",
  scope: "tenant",
  summary: "An application with its limits and all that its keys may reach",
  params: tenantParams.extend({ app: nameSchema }),
  query: nothing,
  body: null,
  output: appSchema,
  status: 200,
  affectsCalls: false,
});
