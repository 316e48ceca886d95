import * as contract from "../contract/keys.ts";
import { inspectKey } from "../keys/inspect-key.ts";
import { issueKey } from "../keys/issue-key.ts";
import { getKey, listKeys } from "../keys/list-keys.ts";
import { revokeKey } from "../keys/revoke-key.ts";
import { rotateKey } from "../keys/rotate-key.ts";
import { updateKey } from "../keys/update-key.ts";
import { noSuchThing } from "../refusals.ts";
import { bind, type OperationContext } from "./bound-operation.ts";
import { recordPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on keys. */
export const keyOperations = [
  bind(contract.listKeys, async ({ parts, member }, { params, query }) => {
    requireTenant(parts.artifact().artifact, params.tenant);
    return recordPage(query, async (page, filter) => {
      const { keys, next } = await listKeys(parts, member, { ...filter, ...params, ...page });
      return { items: keys, next };
    });
  }),
  bind(contract.getKey, async (context, { params }) => {
    await requireKeyOf(context, params);
    return getKey(context.parts, context.member, params.id);
  }),
  bind(contract.createKey, ({ parts, member, address }, { params, body }) =>
    issueKey(parts, member, { ...body, tenant: params.tenant }, address),
  ),
  bind(contract.updateKey, async (context, { params, body }) => {
    await requireKeyOf(context, params);
    const { parts, member, address, version = null } = context;
    return updateKey(parts, member, { ...body, id: params.id, version }, address);
  }),
  bind(contract.rotateKey, async (context, { params, body }) => {
    await requireKeyOf(context, params);
    const { parts, member, address, version = null } = context;
    return rotateKey(parts, member, { ...body, id: params.id, version }, address);
  }),
  bind(contract.revokeKey, async (context, { params, body }) => {
    await requireKeyOf(context, params);
    const { parts, member, address, version = null } = context;
    return revokeKey(parts, member, { ...body, id: params.id, version }, address);
  }),
  bind(contract.inspectKey, async ({ parts, member }, { params, body }) => {
    const key = await inspectKey(parts, member, body.key);
    if (key.tenant !== params.tenant) throw noSuchThing("key");
    return key;
  }),
];

/**
 * Checks that a key is one of the tenant that the path names: whoever belongs to another tenant too does not find it here.
 * @throws LatchkeyError LK-2020
 */
async function requireKeyOf(
  { parts }: OperationContext,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<void> {
  const record = await parts.records.get("key", id);
  const isOwn = record === undefined ? id.startsWith(`${tenant}/`) : record.tenant === tenant;
  if (!isOwn) throw noSuchThing("id");
}
