import type { Artifact, ArtifactApproval, ArtifactService } from "../../artifact/artifact.ts";
import type { SubscriptionTerms } from "../../stores/records/subscription-record.ts";
import type { Member } from "../identity/member.ts";
import type { Role } from "../permissions.ts";

/** Who decides about one request. */
export type DecisionPolicy =
  | { readonly mode: "none" }
  | {
      readonly mode: "by";
      readonly roles: readonly Role[];
      /** Approvals needed. */
      readonly quorum: number;
      /** Milliseconds after which an undecided request lapses; null: never. */
      readonly withinMs: number | null;
    };

/** Who asks for what. */
export interface DecisionSubject {
  /** Id of the application's tenant. */
  readonly tenantId: number;
  readonly terms: SubscriptionTerms;
}

/** What a service's approval policy says of a request. */
export function policyFor({ approval }: ArtifactService, subject: DecisionSubject): DecisionPolicy {
  if (approval.mode !== "automatic") return approval;
  return holds(approval.when, subject) ? { mode: "none" } : approval.otherwise;
}

/**
 * Who decides about a request that waits. Where a policy has come to ask for nobody, or the service is gone, whoever
 * owns or administrates its tenant can still bring it to an end.
 */
export function decidersOf(
  service: ArtifactService | undefined,
  subject: DecisionSubject,
): Extract<DecisionPolicy, { readonly mode: "by" }> {
  const policy = service === undefined ? undefined : policyFor(service, subject);
  if (policy?.mode === "by") return policy;
  return { mode: "by", roles: ["owner", "admin"], quorum: 1, withinMs: null };
}

/** Whether a member has one of the roles that decide, in the tenant that owns the service. */
export function isDecider(member: Member, owner: string, roles: readonly Role[]): boolean {
  const own = member.roles.get(owner);
  return member.isOperator || (own !== undefined && roles.some((role) => own.has(role)));
}

/**
 * Whether somebody who has decided before still may, as far as the artifact knows: who has a role from a group of the
 * identity provider is not known while they are not there, and counts where a group could give it.
 */
export function couldDecide(
  artifact: Artifact,
  owner: string,
  roles: readonly Role[],
  address: string,
): boolean {
  const isOperator = artifact.settings.operators.some((operator) => operator.toLowerCase() === address);
  const tenant = artifact.tenants.find(({ name }) => name === owner);
  const fromGroup = tenant?.groups.some(([, role]) => roles.includes(role)) === true;
  return isOperator || fromGroup || deciderAddresses(artifact, owner, roles).includes(address);
}

/**
 * Addresses of those who decide, as far as the artifact knows them: not of people who have their role from a group of
 * the identity provider.
 */
export function deciderAddresses(
  artifact: Artifact,
  owner: string,
  roles: readonly Role[],
): readonly string[] {
  const tenant = artifact.tenants.find(({ name }) => name === owner);
  const found = (tenant?.members ?? []).filter(([, role]) => roles.includes(role));
  return [...new Set(found.map(([address]) => address.toLowerCase()))];
}

/** Asking for any environment, or for no limit, is more than every condition allows. */
function holds(
  when: Extract<ArtifactApproval, { readonly mode: "automatic" }>["when"],
  { tenantId, terms }: DecisionSubject,
): boolean {
  const { environments, requestsPerMinute } = terms;
  if (when.tenants !== null && !when.tenants.includes(tenantId)) return false;
  if (when.environments !== null) {
    if (environments === null) return false;
    if (!environments.every((environment) => when.environments?.includes(environment))) return false;
  }
  if (when.requestsPerMinuteUpTo === null) return true;
  return requestsPerMinute !== null && requestsPerMinute <= when.requestsPerMinuteUpTo;
}
