import type { JWTVerifyGetKey } from "jose";
import type { Clock } from "../../../kernel/clock.ts";
import { discoverIssuer, type IssuerMetadata } from "./issuer-metadata.ts";
import { createKeySet } from "./key-set.ts";
import type { OutboundCall } from "./outbound-call.ts";

/** Metadata are asked for again after this, milliseconds. */
const MAX_AGE_MS = 3_600_000;

/** An issuer as it is known now. */
export interface Issuer {
  readonly metadata: IssuerMetadata;
  readonly keys: JWTVerifyGetKey;
}

/** Looks issuers up, each once in a while. Rejects with LK-2025. */
export type FindIssuer = (issuer: string) => Promise<Issuer>;

/** Makes the look-up. It remembers the issuers of the config, of which there are few. */
export function createFindIssuer(call: OutboundCall, clock: Pick<Clock, "monotonic">): FindIssuer {
  const known = new Map<string, { readonly found: Promise<Issuer>; readonly atMs: number }>();
  return (issuer) => {
    const held = known.get(issuer);
    if (held !== undefined && clock.monotonic() - held.atMs <= MAX_AGE_MS) return held.found;
    const found = discoverIssuer(call, issuer).then((metadata) => ({
      metadata,
      keys: createKeySet(call, clock, metadata.jwksUri),
    }));
    known.set(issuer, { found, atMs: clock.monotonic() });
    // A failure is not remembered.
    found.catch(() => known.delete(issuer));
    return found;
  };
}
