import type { CallRecord } from "../../canonical/call-record.ts";

/** A value of a column. */
export type CallValue = string | number | null;

/** Longest text of a column, UTF-16 code units; longer ones are cut, never between the halves of a character. */
export const maxTextLength = 2_000;

/**
 * Appends the values of a row in the order of `callColumns`. Lone surrogates, which UTF-8 cannot say, become
 * U+FFFD when they are stored.
 */
export function pushCallValues(values: CallValue[], row: CallRecord): void {
  const { usage } = row;
  values.push(
    row.time,
    bounded(row.requestId),
    bounded(row.artifact),
    bounded(row.tenant),
    bounded(row.app),
    bounded(row.key),
    bounded(row.service),
    bounded(row.endpoint),
    bounded(row.model),
    bounded(row.target),
    bounded(row.method),
    bounded(row.path),
    row.status,
    bounded(row.errorCode),
    bounded(row.errorDetail),
    row.stream ? 1 : 0,
    row.attempts,
    usage === null ? null : usage.input,
    usage === null ? null : usage.output,
    usage === null ? null : usage.cacheRead,
    usage === null ? null : usage.cacheWrite,
    usage === null ? null : usage.reasoning,
    row.costNanoUsd,
    row.latencyUs,
    row.firstByteUs,
    row.requestBytes,
    row.responseBytes,
  );
}

function bounded(text: string | null): string | null {
  if (text === null || text.length <= maxTextLength) return text;
  const last = text.charCodeAt(maxTextLength - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? maxTextLength - 1 : maxTextLength);
}
