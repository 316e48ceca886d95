import type { RequestCost } from "./request-round.ts";
import type { StreamRound } from "./stream-round.ts";
import type { LoadName } from "./translation-ways.ts";

/** What one way cost in one round of one load. */
export interface TranslationRound {
  /** Name of the way. */
  readonly contestant: string;
  readonly load: LoadName;
  readonly round: number;
  /** Time of the gateway per request, or per piece of a stream, microseconds. */
  readonly cpuMicroseconds: number;
  /** Requests or pieces per second. */
  readonly perSecond: number;
  /** Share of its core that the gateway used. */
  readonly busy: number;
  /** Requests that were answered, or streams that ended. */
  readonly answered: number;
  readonly failures: number;
}

/** The round of a load of whole answers. */
export function wholeRound(
  contestant: string,
  load: LoadName,
  round: number,
  { many, cpuMicrosecondsPerRequest, busy }: RequestCost,
): TranslationRound {
  return {
    contestant,
    load,
    round,
    cpuMicroseconds: cpuMicrosecondsPerRequest,
    perSecond: many.requestsPerSecond,
    busy,
    answered: many.requests,
    failures: many.failedAnswers + many.socketErrors,
  };
}

/** The round of a load of streams. */
export function streamedRound(streamed: StreamRound): TranslationRound {
  const { contestant, round, cpuMicrosecondsPerPiece, piecesPerSecond, busy, ended, broken } = streamed;
  return {
    contestant,
    load: "stream",
    round,
    cpuMicroseconds: cpuMicrosecondsPerPiece,
    perSecond: piecesPerSecond,
    busy,
    answered: ended,
    failures: broken,
  };
}
