import type { Artifact } from "../../artifact/artifact.ts";
import { offerKinds } from "../../artifact/offer-kind.ts";
import { isKeyEnvironment } from "../../kernel/api-key.ts";
import { isNetwork } from "../../kernel/networks.ts";
import type { KeyBody, KeyScopeBody } from "../../stores/records/key-record.ts";
import { isVisibleTo } from "../artifact-names.ts";
import { checkCount, checkList, checkName, wrongField } from "../check-input.ts";
import { lastMs } from "../day.ts";
import { checkOffered, offersTo } from "../offers.ts";

/** Methods of HTTP that a key may be narrowed to. */
const httpMethods: readonly string[] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/** What a member says of a new key. */
export type WantedKey = Pick<
  KeyBody,
  "name" | "environment" | "expiresAtMs" | "scope" | "networks" | "requestsPerMinute"
>;

/**
 * Checks a new key, but for policies. Its scope may name what the application reaches or could subscribe to; whatever
 * else there is, is unknown here.
 * @throws LatchkeyError LK-2102 with the field at fault
 */
export function checkWantedKey(artifact: Artifact, tenantId: number, key: WantedKey, nowMs: number): void {
  checkName(key.name, "name");
  if (!isKeyEnvironment(key.environment)) {
    throw wrongField("environment", "An environment is 1 to 16 lower-case letters or digits.");
  }
  checkExpiry(key.expiresAtMs, nowMs);
  checkScope(artifact, tenantId, key.scope);
  checkNetworks(key.networks);
  if (key.requestsPerMinute !== null) checkCount(key.requestsPerMinute, "requestsPerMinute", 1);
}

/** @throws LatchkeyError LK-2102 where a key would have expired already, or would outlive all dates */
export function checkExpiry(expiresAtMs: number | null, nowMs: number): void {
  if (expiresAtMs === null) return;
  if (Number.isSafeInteger(expiresAtMs) && expiresAtMs > nowMs && expiresAtMs <= lastMs) return;
  throw wrongField("expiresAtMs", "A key has to expire in the future, before the year 10000.");
}

function checkNetworks(networks: readonly string[] | null): void {
  checkList(networks ?? [], "networks");
  const wrong = (networks ?? []).findIndex((network) => !isNetwork(network));
  if (wrong === -1) return;
  throw wrongField(`networks[${wrong}]`, "This is no network such as 10.0.0.0/8 or 2001:db8::/32.");
}

function checkScope(artifact: Artifact, tenantId: number, scope: KeyScopeBody): void {
  const visible = artifact.services.filter((service) => isVisibleTo(service, tenantId));
  checkList(scope.services ?? [], "scope.services");
  const services = visible.map(({ name }) => ({ name, version: null, isRetired: false }));
  checkOffered(scope.services, services, "scope.services", "taken");
  const offers = offersTo(artifact, tenantId, visible);
  for (const kind of offerKinds) {
    checkList(scope[kind] ?? [], `scope.${kind}`);
    checkOffered(scope[kind], offers[kind], `scope.${kind}`, "taken");
  }
  checkList(scope.methods ?? [], "scope.methods");
  const wrong = (scope.methods ?? []).findIndex((method) => !httpMethods.includes(method));
  if (wrong !== -1)
    throw wrongField(`scope.methods[${wrong}]`, `A method is one of ${httpMethods.join(", ")}.`);
}
