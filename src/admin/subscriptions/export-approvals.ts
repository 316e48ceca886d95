import type { Artifact } from "../../artifact/artifact.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { StoredRecord } from "../../stores/record-store.ts";
import type { SubscriptionTerms } from "../../stores/records/subscription-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { findApp } from "../artifact-names.ts";
import type { Member } from "../identity/member.ts";
import { may } from "../permissions.ts";
import { requirePermission } from "../refusals.ts";
import { serviceOf } from "./find-subscription.ts";
import { settle } from "./settle.ts";
import { createConstants, identifierOf } from "./source-names.ts";
import { narrowsAnything } from "./terms.ts";

/** Approvals as code. */
export interface ExportedApprovals {
  /** TypeScript of the config language. */
  readonly text: string;
  /** Ids of the subscriptions that the text declares: once it is deployed, they need no record. */
  readonly declared: readonly string[];
  /** Ids of those that it can only name in a comment. */
  readonly remarked: readonly string[];
}

interface Approved {
  readonly id: string;
  readonly service: string;
  readonly terms: SubscriptionTerms;
  readonly expiresAtMs: number | null;
}

const HEADER = `// Approved subscriptions as declarations. Take each \`uses\` over into the application's own declaration.
// What stands in a comment stays a record: a declared subscription has no terms and does not end.
`;

/**
 * Writes what was approved as code of the config: for each application with approved subscriptions, an `app` that uses
 * what the config declares and what was approved without terms and for good. Trials are left out. The same records give
 * the same text.
 * @param tenant whose applications' subscriptions; null: every tenant's, for operators
 * @throws LatchkeyError LK-2020, LK-2014
 */
export async function exportApprovals(
  parts: AdminParts,
  member: Member,
  tenant: string | null,
): Promise<ExportedApprovals> {
  if (tenant !== null) requirePermission(member, "approval.export", tenant);
  else if (!may(member, "approval.export", null)) {
    throw new LatchkeyError("LK-2014", "Only operators of the platform export what all tenants approved.");
  }
  const { artifact } = parts.artifact();
  const byApp = await approvedByApp(parts, tenant);
  const constantFor = createConstants();
  const blocks: string[] = [];
  for (const key of [...byApp.keys()].sort()) {
    const approved = (byApp.get(key) ?? []).toSorted((one, other) => (one.service < other.service ? -1 : 1));
    const [tenantName = "", appName = ""] = JSON.parse(key) as readonly string[];
    blocks.push(
      blockOf(artifact, { tenantName, appName, approved, constant: constantFor(tenantName, appName) }),
    );
  }
  const all = [...byApp.values()].flat();
  const idsOf = (list: readonly Approved[]): readonly string[] => list.map(({ id }) => id).sort();
  return {
    text: [HEADER, ...blocks].join("\n"),
    declared: idsOf(all.filter((one) => remarkOf(one) === null)),
    remarked: idsOf(all.filter((one) => remarkOf(one) !== null)),
  };
}

/** Subscriptions by the names of tenant and application, as JSON. */
async function approvedByApp(
  { records, clock, artifact }: AdminParts,
  tenant: string | null,
): Promise<ReadonlyMap<string, readonly Approved[]>> {
  const found: StoredRecord<"subscription">[] = [];
  const scope = tenant === null ? {} : { tenant };
  let after: string | null | undefined;
  while (after !== null) {
    const position = after === undefined ? {} : { after };
    const where = { state: "approved" };
    const page = await records.list({ kind: "subscription", ...scope, where, limit: 1_000, ...position });
    found.push(...page.records);
    after = page.next;
  }
  const byApp = new Map<string, Approved[]>();
  for (const { id, body: stored } of found) {
    const body = settle(stored, clock.now());
    const { appTenant, app, service, granted, expiresAtMs, isTrial, state } = body;
    const inForce = artifact().artifact;
    const isKnown = serviceOf(inForce, body) !== undefined && findApp(inForce, appTenant, app) !== undefined;
    if (state !== "approved" || granted === null || isTrial || !isKnown) continue;
    const key = JSON.stringify([appTenant, app]);
    byApp.set(key, [...(byApp.get(key) ?? []), { id, service, terms: granted, expiresAtMs }]);
  }
  return byApp;
}

function blockOf(
  artifact: Artifact,
  {
    tenantName,
    appName,
    approved,
    constant,
  }: {
    readonly tenantName: string;
    readonly appName: string;
    readonly approved: readonly Approved[];
    readonly constant: string;
  },
): string {
  const uses = findApp(artifact, tenantName, appName)?.app.uses ?? [];
  const declared = uses.flatMap((id) => artifact.services[id]?.name ?? []);
  const lines = [
    ...declared.map((name) => `    ${identifierOf(name)},${nameRemark(name)}`),
    ...approved
      .filter(({ service }) => !declared.includes(service))
      .map((one) => {
        const remark = remarkOf(one);
        const name = identifierOf(one.service);
        if (remark !== null) return `    // ${name} (${one.id}): ${remark}`;
        return `    ${name}, // ${one.id}${name === one.service ? "" : `, the service ${JSON.stringify(one.service)}`}`;
      }),
  ];
  return `// The application ${JSON.stringify(appName)} of the tenant ${JSON.stringify(tenantName)}.
export const ${constant} = app({
  uses: () => [
${lines.join("\n")}
  ],
});
`;
}

function nameRemark(name: string): string {
  return name === identifierOf(name) ? "" : ` // the service ${JSON.stringify(name)}`;
}

/** Why an approval cannot be declared; null: it can. */
function remarkOf({ terms, expiresAtMs }: Approved): string | null {
  const { environments, requestsPerMinute } = terms;
  const parts = [
    ...(["models", "endpoints", "backends"] as const).map((kind) => [kind, terms[kind]] as const),
    ["environments", environments] as const,
  ].flatMap(([member, list]) => (list === null ? [] : [`${member} ${JSON.stringify(list)}`]));
  if (requestsPerMinute !== null) parts.push(`${requestsPerMinute} requests per minute`);
  if (expiresAtMs !== null) parts.push(`until ${new Date(expiresAtMs).toISOString()}`);
  return narrowsAnything(terms) || expiresAtMs !== null ? `approved on terms: ${parts.join("; ")}` : null;
}
