import type { ArtifactTenant } from "../../artifact/artifact.ts";
import { diffKeyPolicy } from "./diff-key-policy.ts";
import { diffPolicy } from "./diff-policy.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { matchRows } from "./match.ts";
import type { NamedArtifact } from "./named-artifact.ts";
import type { Effect } from "./plan-report.ts";
import { arrow } from "./words.ts";

type Role = ArtifactTenant["members"][number][1];

/** Roles by how much they may do; two of the same rank differ in what, not in how much. */
const RANK: Readonly<Record<Role, number>> = { owner: 3, admin: 2, developer: 1, billing: 1, viewer: 0 };

/** What changes in tenants: their members and limits. Their applications are compared elsewhere. */
export function diffTenants(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { added, removed, kept } = matchRows(before.tenants, after.tenants);
  return [
    ...added.flatMap(([name]) =>
      about("tenant", [name], [{ kind: "tenant-added", effect: "safe", message: "added" }]),
    ),
    ...removed.flatMap(([name]) =>
      about("tenant", [name], [{ kind: "tenant-removed", effect: "breaking", message: "removed" }]),
    ),
    ...kept.flatMap(([name, old, tenant]) => about("tenant", [name], diffTenant(old, tenant))),
  ];
}

function diffTenant(before: ArtifactTenant, after: ArtifactTenant): readonly Statement[] {
  const [old, current] = [new Map(before.members), new Map(after.members)];
  const addresses = [...new Set([...old.keys(), ...current.keys()])];
  return [
    ...addresses.flatMap((address) => diffMember(address, old.get(address), current.get(address))),
    ...diffGroups(before, after),
    ...diffKeyPolicy(before.keys, after.keys),
    ...(before.displayName === after.displayName ? [] : [renamed(before, after)]),
    ...diffPolicy(before, after),
  ];
}

/** People whom the identity provider puts into a group. */
function diffGroups(before: ArtifactTenant, after: ArtifactTenant): readonly Statement[] {
  const [old, current] = [new Map(before.groups), new Map(after.groups)];
  const groups = [...new Set([...old.keys(), ...current.keys()])];
  return groups.flatMap((group) => diffMember(`group ${group}`, old.get(group), current.get(group)));
}

/** Members run the tenant; they hold no keys by it, so that losing a role breaks no call. */
function diffMember(
  address: string,
  before: Role | undefined,
  after: Role | undefined,
): readonly Statement[] {
  if (before === after) return [];
  if (after === undefined) {
    return [{ kind: "member-removed", effect: "safe", message: `${address} is no longer ${before}` }];
  }
  if (before === undefined)
    return [{ kind: "member-added", effect: "widening", message: `${address} becomes ${after}` }];
  const effect: Effect = RANK[after] < RANK[before] ? "safe" : "widening";
  return [{ kind: "member-role-changed", effect, message: `${address}: ${arrow(before, after)}` }];
}

function renamed(before: ArtifactTenant, after: ArtifactTenant): Statement {
  const message = `display name ${arrow(before.displayName ?? "none", after.displayName ?? "none")}`;
  return { kind: "tenant-renamed", effect: "safe", message };
}
