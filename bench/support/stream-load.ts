import { pickContestants } from "../contestants/index.ts";
import type { Answer, QuestionContext } from "../questions/question.ts";
import { STREAM_EVENTS } from "../upstream/answers.ts";
import { openArena } from "./arena.ts";
import { streamedChatRequest } from "./chat-request.ts";
import { reportStreamLoad } from "./stream-report.ts";
import { measureStreams, type StreamRound } from "./stream-round.ts";
import { takeTurns } from "./take-turns.ts";

const WARM_UP_SECONDS = 2;

/** Measures all contestants with each number of concurrent streams. */
export async function askStreamLoad(context: QuestionContext): Promise<Answer> {
  const { options, folder, processes, progress } = context;
  const contestants = pickContestants(options.contestants);
  const requestBody = streamedChatRequest();
  const entries = await openArena({ processes, folder, contestants, streams: true, progress }, requestBody);
  const most = Math.max(...options.streams);
  for (const entry of entries) {
    progress(`warming up ${entry.name}`);
    await measureStreams(entry, processes, {
      streams: most,
      requestBody,
      events: STREAM_EVENTS,
      round: 0,
      seconds: WARM_UP_SECONDS,
    });
  }
  const rounds: StreamRound[] = [];
  for (const streams of options.streams) {
    for (const { round, item } of takeTurns(entries, options.rounds)) {
      progress(`${streams} streams, round ${round + 1} of ${options.rounds}: ${item.name}`);
      const load = {
        streams,
        requestBody,
        events: STREAM_EVENTS,
        round: round + 1,
        seconds: options.seconds,
      };
      rounds.push(await measureStreams(item, processes, load));
    }
  }
  return reportStreamLoad(rounds);
}
