import { compareRounds, groupByContestant } from "./compare.ts";
import type { RequestRound } from "./request-round.ts";
import { median, type Spread, spread } from "./stats.ts";

/** Figures of one contestant over all rounds. */
export interface RequestSummary {
  readonly contestant: string;
  readonly requestsPerSecond: Spread;
  /** Requests/s over nginx's of the same round. */
  readonly rateRatio: Spread | undefined;
  readonly cpuMicrosecondsPerRequest: number;
  /** nginx's CPU per request over this one's: higher is better, as with the rate. */
  readonly cpuRatio: Spread | undefined;
  readonly busy: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
  /** Over one connection, beyond the direct call of the same round. */
  readonly addedP50Microseconds: number | undefined;
  readonly addedP99Microseconds: number | undefined;
  readonly residentBytes: number;
}

/** One summary for each contestant, in order of first appearance. */
export function summarizeRequests(rounds: readonly RequestRound[]): RequestSummary[] {
  const byName = groupByContestant(rounds);
  const nginx = byName.get("nginx");
  const direct = byName.get("direct");
  return [...byName].map(([contestant, own]) => {
    const middle = (field: (round: RequestRound) => number): number => median(own.map(field));
    const added = (field: (round: RequestRound) => number): number | undefined =>
      compareRounds(own, direct, (mine, theirs) => field(mine) - field(theirs))?.median;
    return {
      contestant,
      requestsPerSecond: spread(own.map((round) => round.requestsPerSecond)),
      rateRatio: compareRounds(
        own,
        nginx,
        (mine, theirs) => mine.requestsPerSecond / theirs.requestsPerSecond,
      ),
      cpuMicrosecondsPerRequest: middle((round) => round.cpuMicrosecondsPerRequest),
      cpuRatio: compareRounds(
        own,
        nginx,
        (mine, theirs) => theirs.cpuMicrosecondsPerRequest / mine.cpuMicrosecondsPerRequest,
      ),
      busy: middle((round) => round.busy),
      p50Microseconds: middle((round) => round.p50Microseconds),
      p99Microseconds: middle((round) => round.p99Microseconds),
      addedP50Microseconds: added((round) => round.singleP50Microseconds),
      addedP99Microseconds: added((round) => round.singleP99Microseconds),
      residentBytes: middle((round) => round.residentBytes),
    };
  });
}
