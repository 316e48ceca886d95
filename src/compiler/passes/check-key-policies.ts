import { formatDuration } from "../../kernel/duration.ts";
import type { Report } from "../report.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

type Tables = ResolvedConfig["tables"];
type KeyRow = Tables["keys"][number];
type TenantRow = Tables["tenants"][number];

/** Checks declared keys against the key policies of their tenants, as those are checked that members issue. */
export function checkKeyPolicies({ tables }: ResolvedConfig, report: Report, nowMs: number): void {
  const counts = new Map<number, number>();
  for (const key of tables.keys) {
    const app = tables.apps[key.app];
    const tenant = tables.tenants[app?.tenant ?? -1];
    if (app === undefined || tenant?.options.keyPolicy === undefined) continue;
    const count = (counts.get(key.app) ?? 0) + 1;
    counts.set(key.app, count);
    checkKey(key, tenant, report, nowMs);
    if (count !== (tenant.options.keyPolicy.maxPerApp ?? Number.POSITIVE_INFINITY) + 1) continue;
    breaks(report, key, tenant, "maxPerApp", [], `is one more than its application may have: ${count - 1}`);
  }
}

function checkKey(key: KeyRow, tenant: TenantRow, report: Report, nowMs: number): void {
  const { maxLifetime, environments, namePattern, allowUnscoped } = tenant.options.keyPolicy ?? {};
  const { environment, expires, scope } = key.options;
  if (environments !== undefined && (environment === undefined || !environments.includes(environment))) {
    const allowed = environments.join(" or ") || "none";
    const has = environment === undefined ? "names no environment" : `is of the environment ${environment}`;
    const path = environment === undefined ? [] : ["environment"];
    breaks(report, key, tenant, "environments", path, `${has}; its tenant allows ${allowed}`);
  }
  if (namePattern !== undefined && !new RegExp(`^(?:${namePattern})$`, "u").test(key.name))
    breaks(report, key, tenant, "namePattern", [], "has a name that its tenant does not allow");
  if (allowUnscoped === false && scope === undefined)
    breaks(report, key, tenant, "allowUnscoped", [], "has no scope, which its tenant asks for");
  if (maxLifetime === undefined) return;
  const longest = formatDuration(maxLifetime);
  if (expires === undefined)
    breaks(report, key, tenant, "maxLifetime", [], `does not expire; its tenant allows ${longest}`);
  else if (expires > nowMs + maxLifetime + DAY_MS) {
    report.add("LK1509", `the key ${JSON.stringify(key.name)} works longer than ${longest} from today`, {
      at: { declaration: key.id, path: ["expires"] },
      notes: [policyNote(tenant, "maxLifetime")],
    });
  }
}

/** A day is given as a whole. */
const DAY_MS = 86_400_000;

function breaks(
  report: Report,
  key: KeyRow,
  tenant: TenantRow,
  rule: string,
  path: readonly string[],
  problem: string,
): void {
  report.add("LK1508", `the key ${JSON.stringify(key.name)} ${problem}`, {
    at: { declaration: key.id, path },
    notes: [policyNote(tenant, rule)],
  });
}

function policyNote(
  { id }: TenantRow,
  rule: string,
): {
  readonly message: string;
  readonly at: { readonly declaration: number; readonly path: readonly string[] };
} {
  return { message: "the policy stands here", at: { declaration: id, path: ["keyPolicy", rule] } };
}
