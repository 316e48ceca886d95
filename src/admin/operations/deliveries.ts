import * as contract from "../contract/deliveries.ts";
import { showDelivery, showOwnDelivery } from "../deliveries/delivery-view.ts";
import { listDeliveries } from "../deliveries/list-deliveries.ts";
import { retryDelivery } from "../deliveries/retry-delivery.ts";
import { bind } from "./bound-operation.ts";
import { recordPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on messages that tell of what happened. */
export const deliveryOperations = [
  bind(contract.listDeliveries, async ({ parts }, { params: { tenant }, query }) => {
    requireTenant(parts.artifact().artifact, tenant);
    return recordPage(query, async (page, filter) => {
      const { deliveries, next } = await listDeliveries(parts, { ...filter, ...page, tenant });
      return { items: deliveries.map(showOwnDelivery), next };
    });
  }),
  bind(contract.retryDelivery, async ({ parts, member, address, version = null }, { params }) =>
    showOwnDelivery(await retryDelivery(parts, member, { ...params, version }, address)),
  ),
  bind(contract.listAllDeliveries, ({ parts }, { query }) =>
    recordPage(query, async (page, filter) => {
      const { deliveries, next } = await listDeliveries(parts, { ...filter, ...page });
      return { items: deliveries.map((one) => ({ ...showDelivery(one), tenant: one.tenant })), next };
    }),
  ),
  bind(contract.retryAnyDelivery, async ({ parts, member, address, version = null }, { params }) => {
    const saved = await retryDelivery(parts, member, { ...params, tenant: null, version }, address);
    return { ...showDelivery(saved), tenant: saved.tenant };
  }),
];
