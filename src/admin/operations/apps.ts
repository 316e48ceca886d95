import { findApp } from "../artifact-names.ts";
import { showApp } from "../catalogue/app-view.ts";
import { getApp, listApps } from "../contract/apps.ts";
import { noSuchThing } from "../refusals.ts";
import { bind } from "./bound-operation.ts";
import { offsetPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on applications. */
export const appOperations = [
  bind(listApps, async ({ parts }, { params, query }) => {
    const { artifact } = parts.artifact();
    const { tenantId, tenant } = requireTenant(artifact, params.tenant);
    const text = query.text?.toLowerCase() ?? "";
    const own = artifact.apps.flatMap((app, appId) =>
      app.tenant === tenantId && app.name.toLowerCase().includes(text)
        ? [{ tenantId, tenant, appId, app }]
        : [],
    );
    const list = ["apps.list", params.tenant];
    if (query.service === undefined) {
      const { items, next } = offsetPage(own, query, list);
      return { items: await Promise.all(items.map((found) => showApp(parts, found))), next };
    }
    const shown = await Promise.all(own.map((found) => showApp(parts, found)));
    const using = shown.filter(({ uses }) => uses.some(({ service }) => service === query.service));
    return offsetPage(using, query, list);
  }),
  bind(getApp, async ({ parts }, { params: { tenant, app: name } }) => {
    const found = findApp(parts.artifact().artifact, tenant, name);
    if (found === undefined) throw noSuchThing("app");
    const { limits, budget } = found.app;
    const reach = parts.overlay().reach({ tenant, app: name });
    return { ...(await showApp(parts, found)), limits, budget, reach };
  }),
];
