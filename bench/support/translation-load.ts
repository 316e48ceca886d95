import { startGateway } from "../contestants/gateway.ts";
import type { Answer, QuestionContext } from "../questions/question.ts";
import { pieceText, STREAM_PIECES } from "../upstream/answers.ts";
import { makeAccessKeys } from "./access-keys.ts";
import { type Entry, proveWorking, startUpstream } from "./arena.ts";
import { BenchError } from "./bench-error.ts";
import { translationConfigText } from "./gateway-config.ts";
import { measureCost, type ScriptedEntry } from "./request-round.ts";
import { measureStreams } from "./stream-round.ts";
import { takeTurns } from "./take-turns.ts";
import { reportTranslation } from "./translation-report.ts";
import { streamedRound, type TranslationRound, wholeRound } from "./translation-round.ts";
import { type LoadName, type TranslationWay, translationWays } from "./translation-ways.ts";
import { writeWrkScript } from "./wrk.ts";

const WARM_UP_SECONDS = 1;

/** One way under one load: measures a round of it. */
interface Measurement {
  readonly name: string;
  readonly measure: (round: number, seconds: number) => Promise<TranslationRound>;
}

/** Measures all ways through one gateway with small chats, with long ones, and with streams. */
export async function askTranslation(context: QuestionContext): Promise<Answer> {
  const { options, progress } = context;
  const gateway = await startTranslator(context);
  const measurements: Measurement[] = [];
  for (const way of translationWays) {
    const entry = { ...gateway.entry, name: way.name, api: way.api, headers: way.api.headers(gateway.key) };
    measurements.push(
      await wholeAnswers(context, entry, way, "small"),
      await wholeAnswers(context, entry, way, "long"),
      await streamedAnswers(context, entry, way),
    );
  }
  for (const one of measurements) {
    progress(`warming up ${one.name}`);
    await one.measure(0, WARM_UP_SECONDS);
  }
  const rounds: TranslationRound[] = [];
  for (const { round, item } of takeTurns(measurements, options.rounds)) {
    progress(`round ${round + 1} of ${options.rounds}: ${item.name}`);
    rounds.push(await item.measure(round + 1, options.seconds));
  }
  return reportTranslation(rounds);
}

async function startTranslator({
  processes,
  folder,
  progress,
}: QuestionContext): Promise<{ entry: Pick<Entry, "origin" | "pid" | "checksKeys">; key: string }> {
  const keys = makeAccessKeys();
  const upstreamKey = makeAccessKeys().used;
  const upstream = await startUpstream({ processes, folder }, upstreamKey);
  progress("starting gateway");
  const { origin, started } = await startGateway(
    { processes, folder, upstreamKey },
    translationConfigText(upstream.port, keys.all),
  );
  return { entry: { origin, pid: started.pid, checksKeys: true }, key: keys.used };
}

async function wholeAnswers(
  { processes, folder }: QuestionContext,
  entry: Entry,
  way: TranslationWay,
  load: LoadName,
): Promise<Measurement> {
  const body = way.bodies[load];
  await proveWorking(entry, body);
  const name = `${way.name}, ${load}`;
  const scriptFile = await writeWrkScript(folder, name.replaceAll(/\W+/g, "-"), body, entry.headers);
  const scripted: ScriptedEntry = { entry, scriptFile };
  return {
    name,
    measure: async (round, seconds) =>
      wholeRound(way.name, load, round, await measureCost(scripted, processes, seconds)),
  };
}

async function streamedAnswers(
  { processes, options }: QuestionContext,
  entry: Entry,
  way: TranslationWay,
): Promise<Measurement> {
  const requestBody = way.bodies.stream;
  const events = eventsOf(await proveWorking(entry, requestBody), entry);
  const streams = Math.max(...options.streams);
  return {
    name: `${way.name}, ${streams} streams`,
    measure: async (round, seconds) =>
      streamedRound(await measureStreams(entry, processes, { streams, requestBody, events, round, seconds })),
  };
}

/** Events of a stream, which must have all pieces and its end. */
function eventsOf(text: string, { name, api }: Entry): number {
  const missing = Array.from({ length: STREAM_PIECES }, (_, index) => pieceText(index)).filter(
    (piece) => !text.includes(piece),
  );
  if (missing.length > 0 || !text.endsWith(api.lastEvent)) {
    throw new BenchError(`${name} streamed something else than the upstream: ${text.slice(0, 500)}`);
  }
  return text.split("\n\n").length - 1;
}
