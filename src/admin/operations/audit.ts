import { showAudit } from "../audit-view.ts";
import { checkPage } from "../check-input.ts";
import { listAllAudit, listAudit, verifyAudit } from "../contract/audit.ts";
import { bind } from "./bound-operation.ts";
import { recordPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on the audit log. */
export const auditOperations = [
  bind(listAudit, async ({ parts }, { params: { tenant }, query }) => {
    requireTenant(parts.artifact().artifact, tenant);
    return recordPage(query, async (page, filter) => {
      const { entries, next } = await parts.records.pageAudit({ ...filter, tenant, ...checkPage(page) });
      return { items: entries.map((entry) => showAudit(entry, tenant)), next };
    });
  }),
  bind(listAllAudit, ({ parts }, { query }) =>
    recordPage(query, async (page, filter) => {
      const { entries, next } = await parts.records.pageAudit({ ...filter, ...checkPage(page) });
      return { items: entries.map((entry) => ({ ...entry, actor: { ...entry.actor } })), next };
    }),
  ),
  bind(verifyAudit, ({ parts }) => parts.records.verifyAudit()),
];
