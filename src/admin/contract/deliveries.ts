import { z } from "zod";
import { idParams, nameSchema, nothing, tenantIdParams, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { countSchema, timeSchema, versionSchema } from "./values.ts";

const deliveryState = z.enum(["waiting", "delivered", "failed"]);

const deliveryShape = {
  id: z.string(),
  version: versionSchema,
  createdAtMs: timeSchema,
  updatedAtMs: timeSchema,
  state: deliveryState,
  channel: z.enum(["webhook", "email"]),
  /** Name of the webhook, or the address. */
  to: z.string(),
  event: z.string(),
  attempts: countSchema,
  /** When it is tried next; null: it is not. */
  nextAtMs: timeSchema.nullable(),
  /** Why the last attempt failed; of e-mail, whose server is the platform's, a tenant learns only that it did. */
  lastProblem: z.string().nullable(),
};

const deliverySchema = z.strictObject(deliveryShape);

/** What an answer says of a delivery. */
export type DeliveryAnswer = z.input<typeof deliverySchema>;

const platformDelivery = z.strictObject({ ...deliveryShape, tenant: z.string().nullable() });

const query = pageQuery.extend({ state: deliveryState.exactOptional() });

/** Lists what a tenant's webhooks and members are told. */
export const listDeliveries = operation({
  name: "deliveries.list",
  method: "GET",
  path: "/tenants/{tenant}/deliveries",
  permission: "delivery.read",
  scope: "tenant",
  summary: "Messages to the tenant's webhooks and members, the newest first",
  params: tenantParams,
  query,
  body: null,
  output: pageOf(deliverySchema),
  status: 200,
  affectsCalls: false,
});

/** Sends a message again. */
export const retryDelivery = operation({
  name: "deliveries.retry",
  method: "POST",
  path: "/tenants/{tenant}/deliveries/{id}/retry",
  permission: "delivery.retry",
  scope: "tenant",
  summary: "Send a message again that has failed, or one that waits at once",
  params: tenantIdParams,
  query: nothing,
  body: null,
  output: deliverySchema,
  status: 200,
  affectsCalls: false,
});

/** Lists all messages. */
export const listAllDeliveries = operation({
  name: "deliveries.listAll",
  method: "GET",
  path: "/deliveries",
  permission: "delivery.read",
  scope: "platform",
  summary: "Messages of all tenants and of the platform, the newest first",
  params: nothing,
  query: query.extend({ tenant: nameSchema.exactOptional() }),
  body: null,
  output: pageOf(platformDelivery),
  status: 200,
  affectsCalls: false,
});

/** Sends any message again. */
export const retryAnyDelivery = operation({
  name: "deliveries.retryAny",
  method: "POST",
  path: "/deliveries/{id}/retry",
  permission: "delivery.retry",
  scope: "platform",
  summary: "Send any message again, the platform's own too",
  params: idParams,
  query: nothing,
  body: null,
  output: platformDelivery,
  status: 200,
  affectsCalls: false,
});
