import type { RequestCost } from "./request-round.ts";

/** One gateway's figures of one round. */
export interface AccessRound {
  readonly contestant: string;
  readonly round: number;
  readonly requestsPerSecond: number;
  /** Time of all threads of the gateway per request, microseconds. */
  readonly cpuMicrosecondsPerRequest: number;
  /** Share of one core that the gateway used. */
  readonly busy: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
  readonly residentBytes: number;
  readonly requests: number;
  readonly failures: number;
}

/** What happens to keys while a gateway is called. */
export const churnNames = ["nothing changes", "keys elsewhere", "keys of this gateway"] as const;

/** A round while keys are issued and revoked, or not. */
export interface ChurnRound extends AccessRound {
  /** Keys that were issued in a second, and about as many were revoked. */
  readonly issuedPerSecond: number;
}

/** The round of one load. */
export function accessRound(
  contestant: string,
  round: number,
  { many, cpuMicrosecondsPerRequest, busy, residentBytes }: RequestCost,
): AccessRound {
  return {
    contestant,
    round,
    requestsPerSecond: many.requestsPerSecond,
    cpuMicrosecondsPerRequest,
    busy,
    p50Microseconds: many.p50Microseconds,
    p99Microseconds: many.p99Microseconds,
    residentBytes,
    requests: many.requests,
    failures: many.failedAnswers + many.socketErrors,
  };
}
