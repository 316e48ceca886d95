import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type {
  TranscriptionResponse,
  TranscriptSegment,
  TranscriptWord,
} from "../../canonical/transcription.ts";
import { noTokens, type Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { objectsOf } from "../task/json-body.ts";
import { amount, count, readTaskUsage } from "../task/usage.ts";

/**
 * A transcript in any of OpenAI's JSON forms; `undefined` where it has no text.
 * Wire format: https://platform.openai.com/docs/api-reference/audio/verbose-json-object
 */
export function readTranscript(body: JsonObject): TranscriptionResponse | undefined {
  const { text, language, segments, words, logprobs } = body;
  if (typeof text !== "string") return undefined;
  const durationS = amount(body["duration"]);
  const usage = readTaskUsage(body["usage"]) ?? secondsUsage(durationS);
  return {
    text,
    ...(typeof language === "string" && language !== "" && { language }),
    ...(durationS !== undefined && { durationS }),
    ...(Array.isArray(segments) && { segments: objectsOf(segments).flatMap(readSegment) }),
    ...(Array.isArray(words) && { words: objectsOf(words).flatMap(readWord) }),
    ...(Array.isArray(logprobs) && { logprobs: readLogprobs(logprobs) }),
    ...(usage !== undefined && { usage }),
  };
}

/** Usage of a transcript that is priced by its length. */
export function secondsUsage(seconds: number | undefined): Usage | undefined {
  return seconds === undefined ? undefined : { ...noTokens, audioSeconds: seconds };
}

/** One segment; `[]` where it has no text or no times. */
export function readSegment(segment: JsonObject): readonly TranscriptSegment[] {
  const { text, speaker = segment["speaker_id"], tokens } = segment;
  const start = amount(segment["start"]);
  const end = amount(segment["end"]);
  if (typeof text !== "string" || start === undefined || end === undefined) return [];
  const number = (name: string): number | undefined => {
    const value = segment[name];
    return typeof value === "number" ? value : undefined;
  };
  const more = {
    avgLogprob: number("avg_logprob"),
    compressionRatio: number("compression_ratio"),
    noSpeechProb: number("no_speech_prob"),
    temperature: number("temperature"),
    seek: number("seek"),
  };
  const told = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  const ids = Array.isArray(tokens) && {
    tokens: tokens.filter((token) => count(token) !== undefined).map(Number),
  };
  return [{ start, end, text, ...(typeof speaker === "string" && { speaker }), ...told, ...ids }];
}

function readWord({ word, start, end }: JsonObject): readonly TranscriptWord[] {
  const [from, to] = [amount(start), amount(end)];
  return typeof word === "string" && from !== undefined && to !== undefined
    ? [{ word, start: from, end: to }]
    : [];
}

/** How likely each token was. */
export function readLogprobs(list: unknown): readonly TokenLogprob[] {
  return objectsOf(list).flatMap(({ token, logprob, bytes }) =>
    typeof token === "string" && typeof logprob === "number"
      ? [{ token, logprob, ...(Array.isArray(bytes) && { bytes: bytes.map(Number) }) }]
      : [],
  );
}
