import type { AdminParts } from "../admin-parts.ts";
import { ownerOf } from "../artifact-names.ts";
import { saveSubscription, systemActor } from "./save-subscription.ts";

/**
 * Hands subscriptions to the tenants that own their services now. To be called when a new artifact comes into force, so
 * that whoever owns a service can decide and revoke, and whoever owned it no longer can.
 * @returns how many changed hands
 */
export async function followOwners(parts: AdminParts): Promise<number> {
  const { artifact } = parts.artifact();
  let count = 0;
  for (const row of artifact.services) {
    const service = row.name;
    const owner = ownerOf(artifact, row);
    if (!(await hasOthers(parts, service, owner))) continue;
    let after: string | null | undefined;
    while (after !== null) {
      const position = after === undefined ? {} : { after };
      const query = { kind: "subscription", where: { service }, limit: 500, ...position } as const;
      const page = await parts.records.list(query);
      const others = page.records.filter(({ body }) => body.owner !== owner);
      for (const { id } of others) count += await handOver(parts, id, owner);
      after = page.next;
    }
  }
  return count;
}

/** Whether a service has subscriptions that another tenant decides on: counted, as there may be a million of them. */
async function hasOthers({ records }: AdminParts, service: string, owner: string): Promise<boolean> {
  const all = await records.count({ kind: "subscription", where: { service } });
  if (all === 0) return false;
  await new Promise(setImmediate);
  return all !== (await records.count({ kind: "subscription", where: { service, owner } }));
}

async function handOver(parts: AdminParts, id: string, owner: string): Promise<0 | 1> {
  return parts.records.transact(async (transaction) => {
    const before = await transaction.get("subscription", id);
    if (before === undefined || before.body.owner === owner) return 0;
    await saveSubscription(parts, transaction, {
      before,
      id,
      body: { ...before.body, owner },
      actor: systemActor,
      actedFor: before.body.appTenant,
      action: "subscription.owner",
      event: null,
      by: "system",
      reason: null,
    });
    return 1;
  });
}
