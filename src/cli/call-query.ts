import { parseDuration } from "../kernel/duration.ts";
import type { CallQuery } from "../stores/ports.ts";
import { type FlagValues, flag, option, usageError } from "./args.ts";
import { normalizeCode } from "./explanations.ts";

/** Flags that choose calls. */
export const callFlags = {
  follow: flag("go on with rows as they are written"),
  since: option("TIME", "calls of the last such time, as 1h"),
  limit: option("N", "rows at most, the newest ones; default 50"),
  request: option("ID", "the call with this request id, in full"),
  status: option("STATUS", "a status such as 404, or a class such as 5xx"),
  error: option("CODE", "an error code such as LK-3011"),
  tenant: option("NAME", "calls of this tenant"),
  app: option("NAME", "calls of this application"),
  key: option("NAME", "calls with this key: its name, or the public id of an issued one"),
  service: option("NAME", "calls through this service"),
  endpoint: option("NAME", "calls of this endpoint version, such as sentiment@1.0.0"),
  model: option("NAME", "calls of this model"),
  target: option("NAME", "calls answered by this target, such as oai/gpt-4o-mini"),
};

const DEFAULT_LIMIT = 50;
const MOST_ROWS = 1_000_000;

/** Flag → field of the query, where the value is taken as it is. */
const PLAIN = {
  request: "requestId",
  tenant: "tenant",
  app: "app",
  key: "key",
  service: "service",
  endpoint: "endpoint",
  model: "model",
  target: "target",
} as const satisfies Partial<Record<keyof typeof callFlags, keyof CallQuery>>;

/** The query that the flags ask for. @throws LatchkeyError LK-6103 when one is not understood. */
export function readCallQuery(flags: FlagValues<typeof callFlags>, nowMs: number): CallQuery {
  const plain: Partial<Record<(typeof PLAIN)[keyof typeof PLAIN], string>> = {};
  for (const [name, field] of Object.entries(PLAIN)) {
    const value = flags[name as keyof typeof PLAIN];
    if (value !== undefined) plain[field] = value;
  }
  return {
    ...plain,
    ...(flags.since === undefined ? {} : { sinceMs: nowMs - readSince(flags.since) }),
    ...(flags.status === undefined ? {} : { status: readStatus(flags.status) }),
    ...(flags.error === undefined ? {} : { errorCode: normalizeCode(flags.error) }),
    limit: flags.limit === undefined ? DEFAULT_LIMIT : readLimit(flags.limit),
  };
}

function readSince(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw usageError(`--since takes a time such as 30m, 1h or 2d, not "${text}"`);
}

function readStatus(text: string): NonNullable<CallQuery["status"]> {
  if (/^[1-5]xx$/i.test(text)) return text.toLowerCase() as `${1 | 2 | 3 | 4 | 5}xx`;
  if (/^[1-5]\d\d$/.test(text)) return Number(text);
  throw usageError(`--status takes a status such as 404 or a class such as 5xx, not "${text}"`);
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MOST_ROWS) return limit;
  throw usageError(`--limit takes a number from 1 to ${MOST_ROWS}, not "${text}"`);
}
