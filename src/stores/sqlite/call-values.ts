import type { CallRecord } from "../../canonical/call-record.ts";
import type { Usage } from "../../canonical/usage.ts";

/**
 * What many calls have in common, in the order of `kindColumns`: a batch holds it once for all calls of the kind.
 */
export type KindValues = readonly [
  artifact: string,
  tenant: string | null,
  app: string | null,
  key: string | null,
  service: string | null,
  endpoint: string | null,
  model: string | null,
  target: string | null,
  method: string,
  path: string,
  status: number,
  errorCode: string | null,
  stream: 0 | 1,
  attempts: number,
];

/** The rest of a call, in the order of `callColumns`; `kind` is the place of its kind in the batch. */
export type CallValues = readonly [
  kind: number,
  time: number,
  requestId: string,
  errorDetail: string | null,
  inputTokens: number | null,
  outputTokens: number | null,
  cacheReadTokens: number | null,
  cacheWriteTokens: number | null,
  reasoningTokens: number | null,
  costNanoUsd: number | null,
  latencyUs: number,
  firstByteUs: number | null,
  requestBytes: number,
  responseBytes: number,
  dropped: string | null,
  /** JSON of the usage's members that have no column. */
  usageDetails: string | null,
  changed: string | null,
];

/** Longest text of a column, UTF-16 code units; longer ones are cut, never between the halves of a character. */
export const maxTextLength = 2_000;

/** The values of a call's kind. @throws Error when one of them cannot be stored. */
export function kindValues(row: CallRecord): KindValues {
  return [
    text(row.artifact, "artifact"),
    textOrNull(row.tenant, "tenant"),
    textOrNull(row.app, "app"),
    textOrNull(row.key, "key"),
    textOrNull(row.service, "service"),
    textOrNull(row.endpoint, "endpoint"),
    textOrNull(row.model, "model"),
    textOrNull(row.target, "target"),
    text(row.method, "method"),
    text(row.path, "path"),
    count(row.status, "status"),
    textOrNull(row.errorCode, "errorCode"),
    row.stream ? 1 : 0,
    count(row.attempts, "attempts"),
  ];
}

/** Whether two calls are of one kind. */
export function isSameKind(a: CallRecord, b: CallRecord): boolean {
  return (
    a.key === b.key &&
    a.path === b.path &&
    a.model === b.model &&
    a.status === b.status &&
    a.target === b.target &&
    a.app === b.app &&
    a.tenant === b.tenant &&
    a.service === b.service &&
    a.endpoint === b.endpoint &&
    a.errorCode === b.errorCode &&
    a.stream === b.stream &&
    a.attempts === b.attempts &&
    a.method === b.method &&
    a.artifact === b.artifact
  );
}

/** The values of a call besides its kind. @throws Error when one of them cannot be stored. */
export function callValues(row: CallRecord, kind: number): CallValues {
  const { usage } = row;
  return [
    kind,
    count(row.time, "time"),
    text(row.requestId, "requestId"),
    textOrNull(row.errorDetail, "errorDetail"),
    usage === null ? null : count(usage.input, "usage"),
    usage === null ? null : count(usage.output, "usage"),
    usage === null ? null : count(usage.cacheRead, "usage"),
    usage === null ? null : count(usage.cacheWrite, "usage"),
    usage === null ? null : count(usage.reasoning, "usage"),
    row.costNanoUsd === null ? null : count(row.costNanoUsd, "costNanoUsd"),
    count(row.latencyUs, "latencyUs"),
    row.firstByteUs === null ? null : count(row.firstByteUs, "firstByteUs"),
    count(row.requestBytes, "requestBytes"),
    count(row.responseBytes, "responseBytes"),
    textOrNull(row.dropped, "dropped"),
    usage === null ? null : usageDetails(usage),
    textOrNull(row.changed, "changed"),
  ];
}

/** Members of a usage that have columns. */
const COLUMN_COUNT = 5;

/** Most calls have none, and pay for no more than the look. */
function usageDetails(usage: Usage): string | null {
  let members = 0;
  for (const _ in usage) members++;
  if (members <= COLUMN_COUNT) return null;
  const { input, output, cacheRead, cacheWrite, reasoning, ...others } = usage;
  const details = JSON.stringify(others);
  return details === "{}" ? null : text(details, "usage");
}

function count(value: unknown, field: keyof CallRecord): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new Error(`${field} is no whole number`);
}

function textOrNull(value: unknown, field: keyof CallRecord): string | null {
  return value === null ? null : text(value, field);
}

/** Lone surrogates, which UTF-8 cannot say, become U+FFFD. */
function text(value: unknown, field: keyof CallRecord): string {
  if (typeof value !== "string") throw new Error(`${field} is no text`);
  if (value.length <= maxTextLength) return value.toWellFormed();
  const last = value.charCodeAt(maxTextLength - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return value.slice(0, isHalf ? maxTextLength - 1 : maxTextLength).toWellFormed();
}
