import type { z } from "zod";
import type { AdminClient } from "../../admin/client/client-types.ts";
import type { listAudit } from "../../admin/contract/audit.ts";
import { segment } from "./find-in-tenants.ts";
import { takeItems } from "./take-items.ts";

/** An entry of the audit log with the tenant that it is about; null: the platform. */
export type ShownAudit = z.output<typeof listAudit.output>["items"][number] & {
  readonly tenant: string | null;
};

/** Which entries are wanted. */
export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly sinceMs?: number;
  readonly untilMs?: number;
}

/**
 * The newest entries that the member may see: of one tenant where one is named, of all for operators, and else of those
 * tenants whose log is open to the member.
 */
export async function auditEntries(
  client: AdminClient,
  named: string | undefined,
  { query, limit }: { readonly query: AuditFilter; readonly limit: number },
): Promise<readonly ShownAudit[]> {
  const ofTenant = async (tenant: string): Promise<readonly ShownAudit[]> => {
    const entries = await takeItems(client.audit.list, { params: { tenant }, query }, limit);
    return entries.map((entry) => ({ tenant, ...entry }));
  };
  if (named !== undefined) return ofTenant(segment(named));
  const { isOperator, tenants } = await client.me.get();
  const open = tenants.filter(({ permissions }) => permissions.includes("audit.read"));
  // Whoever may see nothing is told so by the API.
  if (isOperator || open.length === 0) {
    return takeItems(client.audit.listAll, { params: {}, query }, limit);
  }
  const lists: ShownAudit[] = [];
  for (const { name } of open) lists.push(...(await ofTenant(name)));
  return lists.toSorted((one, other) => other.timeMs - one.timeMs).slice(0, limit);
}
