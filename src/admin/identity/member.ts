import type { Actor } from "../../stores/record-store.ts";
import { isPermission, type Permission, type Permitted, type Role } from "../permissions.ts";
import type { IdentitySettings } from "./identity-settings.ts";

/** Somebody who is known to the gateway, with what the artifact in force lets them do. */
export interface Member extends Permitted {
  /** In lower case; `local` for whoever runs the gateway's own machine. */
  readonly address: string;
  /** What to call them. */
  readonly name: string;
  readonly means: "session" | "token" | "local";
  /** Groups that the identity provider told of. */
  readonly groups: readonly string[];
  /** Id of the session or the access token; null: neither. */
  readonly credential: string | null;
  /** What `x-csrf-token` has to say on writes; null where nothing is asked for. */
  readonly csrf: string | null;
}

/** What a credential says of its bearer. */
export interface MemberClaims {
  readonly address: string;
  readonly groups: readonly string[];
  readonly means: Member["means"];
  readonly credential: string | null;
  readonly csrf?: string;
  readonly permissions?: readonly string[] | null;
}

/**
 * The member that a credential speaks of, with the roles that the artifact gives to the address and to its groups.
 * @returns `undefined` where the artifact does not know them (any more)
 */
export function findMember(settings: IdentitySettings, claims: MemberClaims): Member | undefined {
  const roles = rolesOf(settings, claims.address, claims.groups);
  const isOperator = settings.operators.some((operator) => operator.toLowerCase() === claims.address);
  if (roles.size === 0 && !isOperator) return undefined;
  const { address, groups, means, credential, csrf = null, permissions = null } = claims;
  const narrowed = permissions === null ? null : new Set<Permission>(permissions.filter(isPermission));
  return {
    address,
    name: address,
    means,
    groups,
    credential,
    csrf,
    roles,
    isOperator,
    permissions: narrowed,
  };
}

/**
 * Whoever runs commands on the gateway's own machine, and could read its files as well: an operator.
 * @param user how the operating system calls them, where it is known
 */
export function localMember(user = "local"): Member {
  return {
    address: "local",
    name: user,
    means: "local",
    groups: [],
    credential: null,
    csrf: null,
    roles: new Map(),
    isOperator: true,
    permissions: null,
  };
}

/** A member as the audit log names them. @param address network address they came from; null: this machine */
export function actorOf(member: Member, address: string | null): Actor {
  const { means, name, credential } = member;
  if (means === "token") {
    return { kind: "token", id: `${member.address} (token ${credential ?? ""})`, address };
  }
  if (means === "local") {
    const id = name === member.address ? name : `${member.address} (${name})`;
    return { kind: "person", id, address: null };
  }
  return { kind: "person", id: member.address, address };
}

function rolesOf(
  settings: IdentitySettings,
  address: string,
  groups: readonly string[],
): ReadonlyMap<string, ReadonlySet<Role>> {
  const found = new Map<string, ReadonlySet<Role>>();
  for (const tenant of settings.tenants) {
    const roles = new Set<Role>();
    for (const [member, role] of tenant.members) if (member.toLowerCase() === address) roles.add(role);
    for (const [group, role] of tenant.groups) if (groups.includes(group)) roles.add(role);
    if (roles.size > 0) found.set(tenant.name, roles);
  }
  return found;
}
