import type { Digest } from "../kernel/hash.ts";
import type { KeyBody } from "../stores/records/key-record.ts";

/** Label of starter keys in the records. */
export const starterLabel = "starter";

/** The record of a starter key, which reaches what its application reaches and works until it is revoked. */
export function starterKeyBody(app: string, digest: Digest): KeyBody {
  return {
    app,
    name: starterLabel,
    environment: "demo",
    digest,
    state: "active",
    expiresAtMs: null,
    scope: { services: null, models: null, endpoints: null, backends: null, methods: null, readOnly: false },
    networks: null,
    requestsPerMinute: null,
    createdBy: "system",
    replaces: null,
    revokedAtMs: null,
    revokedBy: null,
    revokedFor: null,
    label: starterLabel,
  };
}
