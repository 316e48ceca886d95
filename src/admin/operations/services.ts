import { findService, isVisibleTo, ownerOf } from "../artifact-names.ts";
import { listedService, showService } from "../catalogue/service-view.ts";
import { getService, listServices } from "../contract/services.ts";
import { noSuchThing } from "../refusals.ts";
import { bind } from "./bound-operation.ts";
import { offsetPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on the catalogue. */
export const serviceOperations = [
  bind(listServices, async ({ parts }, { params: { tenant }, query }) => {
    const { artifact } = parts.artifact();
    const { tenantId } = requireTenant(artifact, tenant);
    const text = query.text?.toLowerCase() ?? "";
    const visible = artifact.services.filter(
      (service) =>
        isVisibleTo(service, tenantId) &&
        (query.owner === undefined || ownerOf(artifact, service) === query.owner) &&
        `${service.name}\n${service.summary ?? ""}`.toLowerCase().includes(text),
    );
    const { items, next } = offsetPage(visible, query, ["services.list", tenant]);
    const viewer = { tenantId, tenant };
    return { items: await Promise.all(items.map((service) => listedService(parts, service, viewer))), next };
  }),
  bind(getService, async ({ parts }, { params: { tenant, service: name } }) => {
    const { artifact } = parts.artifact();
    const { tenantId } = requireTenant(artifact, tenant);
    const service = findService(artifact, name);
    if (service === undefined || !isVisibleTo(service, tenantId)) throw noSuchThing("service");
    return showService(parts, service, { tenantId, tenant });
  }),
];
