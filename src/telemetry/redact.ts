/** What stands in the place of a secret. */
const MASK = "[redacted]";

/** Texts that are credentials by their form: Latchkey's own keys, vendors' keys, bearer tokens. */
const CREDENTIALS = [
  /\blk_[a-z0-9]{1,16}_[0-9A-Za-z]{12}_[0-9A-Za-z]+/g,
  /\bsk-[0-9A-Za-z_-]{8,}/g,
  /\bAIza[0-9A-Za-z_-]{20,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\b(?:gsk|xai|hf|pplx|r8)[_-][0-9A-Za-z_-]{16,}/g,
  /(?<=\bbearer\s+)[^\s"',;]+/gi,
  /(?<=[?&](?:key|api_key|token|access_token)=)[^&\s"']+/gi,
];

/** Names of fields whose value is never shown. */
const SECRET_FIELD =
  /^(authorization|cookie|set-cookie|password|passwd|secret|token|api[-_]?key|x-api-key|x-goog-api-key|client[-_]?secret|private[-_]?key)$/i;

/** Objects inside each other at most; what is deeper is left out. */
const MAX_DEPTH = 8;

/** A text with everything masked that looks like a credential. */
export function redactText(text: string): string {
  let safe = text;
  for (const pattern of CREDENTIALS) safe = safe.replace(pattern, MASK);
  return safe;
}

/** A copy of a value that may be logged: credentials masked in every text, secret fields masked whole. */
export function redact(value: unknown): unknown {
  return redactDeep(value, 0, new Set());
}

function redactDeep(value: unknown, depth: number, seen: Set<object>): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "function")
    return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_DEPTH || seen.has(value)) return "[…]";
  seen.add(value);
  const safe = value instanceof Error ? redactError(value, depth, seen) : redactFields(value, depth, seen);
  seen.delete(value);
  return safe;
}

function redactFields(value: object, depth: number, seen: Set<object>): unknown {
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, depth + 1, seen));
  const safe: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    safe[redactText(name)] = SECRET_FIELD.test(name) ? MASK : redactDeep(field, depth + 1, seen);
  }
  return safe;
}

function redactError(error: Error, depth: number, seen: Set<object>): unknown {
  return {
    name: error.name,
    message: redactText(error.message),
    ...(error.stack !== undefined && { stack: redactText(error.stack) }),
    ...(error.cause !== undefined && { cause: redactDeep(error.cause, depth + 1, seen) }),
    ...(redactFields({ ...error }, depth, seen) as object),
  };
}
