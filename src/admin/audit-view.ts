import type { JsonObject } from "../kernel/json.ts";
import { isJsonObject } from "../kernel/json.ts";
import type { StoredAudit } from "../stores/record-store.ts";
import type { AuditAnswer } from "./contract/audit.ts";

/**
 * An entry of the audit log for the tenant that it is about. Its place in the log would tell how much others do, and of a
 * subscription to another tenant's service the members who decide are left out.
 */
export function showAudit(entry: StoredAudit, tenant: string): AuditAnswer {
  const { timeMs, actor, action, subject, before, after, artifact } = entry;
  return {
    ...{ timeMs, action, subject, artifact },
    actor: { kind: actor.kind, id: actor.id, address: actor.address },
    before: withoutOthers(before, tenant),
    after: withoutOthers(after, tenant),
  };
}

function withoutOthers(view: JsonObject | null, tenant: string): JsonObject | null {
  if (view === null || typeof view["owner"] !== "string" || view["owner"] === tenant) return view;
  const { approvedBy: _approvedBy, open = null, ...rest } = view;
  if (!isJsonObject(open)) return { ...rest, open: null };
  const { approvedBy: _votes, ...decision } = open;
  return { ...rest, open: decision };
}
