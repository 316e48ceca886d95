import type { CallQuery } from "../ports.ts";
import type { CallValues, KindValues } from "./call-values.ts";

/** What a query asks of the calls in a batch. */
export interface CallFilter {
  readonly matchesKind: (kind: KindValues) => boolean;
  /** Time, request id and position; the call's kind is not looked at. */
  readonly matchesCall: (call: CallValues, position: number) => boolean;
}

/** Fields of the query that are compared with a value of the kind, and its place. */
const EQUAL = [
  ["tenant", 1],
  ["app", 2],
  ["key", 3],
  ["service", 4],
  ["endpoint", 5],
  ["model", 6],
  ["target", 7],
  ["errorCode", 11],
] as const satisfies readonly (readonly [keyof CallQuery, number])[];

/** The conditions of a query. Its texts are compared as they would have been stored. */
export function createCallFilter(query: CallQuery): CallFilter {
  const wanted = EQUAL.flatMap(([field, place]) => {
    const value = query[field];
    return value === undefined ? [] : [{ place, value: value.toWellFormed() }];
  });
  const requestId = query.requestId?.toWellFormed();
  const { sinceMs = Number.NEGATIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY, afterPosition = 0 } = query;
  return {
    matchesKind: (kind) =>
      wanted.every(({ place, value }) => kind[place] === value) && matchesStatus(query.status, kind[10]),
    matchesCall: ([, time, id], position) =>
      time >= sinceMs &&
      time < untilMs &&
      position > afterPosition &&
      (requestId === undefined || id === requestId),
  };
}

function matchesStatus(wanted: CallQuery["status"], status: number): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === "number" ? status === wanted : `${Math.floor(status / 100)}xx` === wanted;
}
