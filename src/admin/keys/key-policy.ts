import type { Artifact, ArtifactKeyPolicy } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { RecordTransaction } from "../../stores/record-store.ts";
import type { KeyBody } from "../../stores/records/key-record.ts";
import type { FoundApp } from "../artifact-names.ts";
import { stateOf } from "./key-view.ts";

/** What of a key a tenant's policy is about. */
export type PolicedKey = Pick<KeyBody, "name" | "environment" | "expiresAtMs" | "scope">;

/**
 * Checks a key against the policy of its tenant, but for the number of keys.
 * @throws LatchkeyError LK-2022 that names the rule, with the field at fault
 */
export function checkKeyPolicy(policy: ArtifactKeyPolicy, key: PolicedKey, nowMs: number): void {
  checkPolicyName(policy, key.name);
  const { environments, maxLifetimeMs, allowUnscoped } = policy;
  if (environments !== null && !environments.includes(key.environment)) {
    const allowed = environments.join(", ") || "none";
    throw forbidden("environments", "environment", `keys may have these environments: ${allowed}`);
  }
  if (!allowUnscoped && isUnscoped(key)) {
    const words = "a key has to name the services, models, endpoints or backends that it is for";
    throw forbidden("allowUnscoped", "scope", words);
  }
  if (maxLifetimeMs === null) return;
  if (key.expiresAtMs === null || key.expiresAtMs > nowMs + maxLifetimeMs) {
    const words = `a key has to expire within ${formatDuration(maxLifetimeMs)}`;
    throw forbidden("maxLifetime", "expiresAtMs", words);
  }
}

/**
 * Checks the name of a key.
 * @throws LatchkeyError LK-2022
 */
export function checkPolicyName({ namePattern }: ArtifactKeyPolicy, name: string): void {
  if (namePattern === null || new RegExp(`^(?:${namePattern})$`, "u").test(name)) return;
  throw forbidden("namePattern", "name", `names of keys have to match ${namePattern}`);
}

/**
 * Checks that an application may have one more key. Declared ones count, and those that work and that no other key has
 * taken the place of. Exact as part of the transaction that makes the key.
 * @throws LatchkeyError LK-2022
 */
export async function checkKeyCount(
  artifact: Artifact,
  transaction: RecordTransaction,
  { tenant, appId, app }: FoundApp,
  nowMs: number,
): Promise<void> {
  const { maxPerApp } = tenant.keys;
  if (maxPerApp === null) return;
  const declared = artifact.keys.filter(
    (key) => key.app === appId && (key.expiresAtMs === null || nowMs < key.expiresAtMs),
  );
  let count = declared.length;
  let after: string | null | undefined;
  while (after !== null && count < maxPerApp) {
    const position = after === undefined ? {} : { after };
    const where = { app: app.name, state: "active" };
    const page = await transaction.list({
      kind: "key",
      tenant: tenant.name,
      where,
      limit: 1_000,
      ...position,
    });
    count += page.records.filter(
      ({ body }) => (body.replacedBy ?? null) === null && stateOf(body, nowMs) === "active",
    ).length;
    after = page.next;
  }
  if (count < maxPerApp) return;
  throw forbidden("maxPerApp", "app", `an application may have ${maxPerApp} keys at a time`);
}

/** Methods and read-only access narrow how a key is used, and not what it reaches. */
function isUnscoped({ scope }: PolicedKey): boolean {
  const { services, models, endpoints, backends } = scope;
  return [services, models, endpoints, backends].every((list) => list === null);
}

function forbidden(rule: string, param: string, words: string): LatchkeyError {
  return new LatchkeyError("LK-2022", `The key policy of the tenant (${rule}) says that ${words}.`, {
    param,
  });
}
