import { pickContestants } from "../contestants/index.ts";
import type { Answer, QuestionContext } from "../questions/question.ts";
import { openArena } from "./arena.ts";
import { reportRequestLoad } from "./request-report.ts";
import { measureRequests, type RequestRound } from "./request-round.ts";
import { takeTurns } from "./take-turns.ts";
import { writeWrkScript } from "./wrk.ts";

const WARM_UP_SECONDS = 2;

/** Measures all contestants with one request body, over many connections and over one. */
export async function askRequestLoad(context: QuestionContext, requestBody: string): Promise<Answer> {
  const { options, folder, processes, progress } = context;
  const contestants = pickContestants(options.contestants);
  const entries = await openArena({ processes, folder, contestants, streams: false, progress }, requestBody);
  const scripted = await Promise.all(
    entries.map(async (entry) => ({
      entry,
      scriptFile: await writeWrkScript(folder, entry.name.replaceAll(" ", "-"), requestBody, entry.headers),
    })),
  );
  for (const one of scripted) {
    progress(`warming up ${one.entry.name}`);
    await measureRequests(one, processes, 0, WARM_UP_SECONDS);
  }
  const rounds: RequestRound[] = [];
  for (const { round, item } of takeTurns(scripted, options.rounds)) {
    progress(`round ${round + 1} of ${options.rounds}: ${item.entry.name}`);
    rounds.push(await measureRequests(item, processes, round + 1, options.seconds));
  }
  return reportRequestLoad(rounds, Buffer.byteLength(requestBody));
}
