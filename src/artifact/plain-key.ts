const DIGEST = /^sha256:[0-9a-f]{64}$/;
const FIELDS = 10;

/**
 * Whether a row is a key without policies of its own that `keySchema` surely accepts. Keys are most of what an
 * artifact holds, and nearly all are like this: looking at them by hand takes a tenth of the time. What is not
 * recognised here is no worse for it, only left to the schema.
 */
export function isPlainKey(row: unknown): boolean {
  if (typeof row !== "object" || row === null || Object.keys(row).length !== FIELDS) return false;
  const { app, name, digest, expiresAtMs, grant, environment, scope, networks, limits, budget } =
    row as Record<string, unknown>;
  return (
    isId(app) &&
    isId(grant) &&
    typeof name === "string" &&
    typeof digest === "string" &&
    DIGEST.test(digest) &&
    (expiresAtMs === null || isCount(expiresAtMs)) &&
    (environment === null || typeof environment === "string") &&
    scope === null &&
    networks === null &&
    budget === null &&
    Array.isArray(limits) &&
    limits.length === 0
  );
}

function isId(value: unknown): boolean {
  return isCount(value) && (value as number) <= 0x7fff_ffff;
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
