import { accessRows, explainAccess } from "../../overlay/access.ts";
import { explainAccess as explainOperation, listAccess } from "../contract/access.ts";
import { noSuchThing } from "../refusals.ts";
import { bind } from "./bound-operation.ts";
import { offsetPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on who may call what. */
export const accessOperations = [
  bind(listAccess, async ({ parts }, { params: { tenant }, query }) => {
    requireTenant(parts.artifact().artifact, tenant);
    const { limit: _limit, cursor: _cursor, ...filter } = query;
    const rows = accessRows(parts.overlay(), { ...filter, tenant });
    const { items, next } = offsetPage(rows, query, ["access.matrix", tenant]);
    return { items: items.map(({ tenant: _tenant, ...row }) => row), next };
  }),
  bind(explainOperation, async ({ parts }, { params: { tenant }, query }) => {
    requireTenant(parts.artifact().artifact, tenant);
    const overlay = parts.overlay();
    const key = overlay.keys().find((one) => one.tenant === tenant && one.reference === query.key);
    if (key === undefined) throw noSuchThing("key");
    const explained = explainAccess(overlay, key, query.thing, "tenant");
    if (explained.length === 0) throw noSuchThing("thing");
    const { methods, networks } = key.row;
    return { key: key.reference, methods, networks, explained };
  }),
];
