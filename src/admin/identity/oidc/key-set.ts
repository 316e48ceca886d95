import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { Clock } from "../../../kernel/clock.ts";
import { isJsonObject, tryParseJson } from "../../../kernel/json.ts";
import { issuerProblem, type OutboundCall } from "./outbound-call.ts";

/** Keys are asked for again after this, milliseconds: a key that was withdrawn must not live on here. */
const MAX_AGE_MS = 600_000;
/** A key that is not known has them asked for again, but not more often than this: anybody can name unknown keys. */
const COOLDOWN_MS = 30_000;

/** Makes the look-up of an issuer's keys, which are kept for a while. Rejects with LK-2025 where they cannot be had. */
export function createKeySet(
  call: OutboundCall,
  clock: Pick<Clock, "monotonic">,
  url: string,
): JWTVerifyGetKey {
  let held: { readonly find: JWTVerifyGetKey; readonly atMs: number } | undefined;
  let underWay: Promise<JWTVerifyGetKey> | undefined;
  const load = async (): Promise<JWTVerifyGetKey> => {
    const answer = await call({ method: "GET", url, headers: { accept: "application/json" } });
    const find = createLocalJWKSet(readKeys(answer.status === 200 ? tryParseJson(answer.body) : undefined));
    held = { find, atMs: clock.monotonic() };
    return find;
  };
  const loadOnce = (): Promise<JWTVerifyGetKey> => {
    underWay ??= load().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  return async (header, token) => {
    const age = held === undefined ? Number.POSITIVE_INFINITY : clock.monotonic() - held.atMs;
    const find = held === undefined || age > MAX_AGE_MS ? await loadOnce() : held.find;
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || age < COOLDOWN_MS || age > MAX_AGE_MS) throw error;
      return (await loadOnce())(header, token);
    }
  };
}

/** Public keys alone: an issuer that publishes a shared secret would let everybody sign. */
function readKeys(document: unknown): JSONWebKeySet {
  const list = isJsonObject(document) ? document["keys"] : undefined;
  if (!Array.isArray(list)) throw issuerProblem("the identity provider's keys cannot be read");
  const keys = list
    .filter(isJsonObject)
    .filter((key) => typeof key["kty"] === "string" && key["kty"] !== "oct");
  return { keys: keys as unknown as JSONWebKeySet["keys"] };
}
