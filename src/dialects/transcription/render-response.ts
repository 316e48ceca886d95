import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type {
  TranscriptionRequest,
  TranscriptionResponse,
  TranscriptionStreamEvent,
  TranscriptSegment,
} from "../../canonical/transcription.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { jsonBody } from "../task/json-body.ts";
import type { TaskBody, TaskContext } from "../task/task-dialect.ts";
import { renderTokens } from "../task/usage.ts";
import { renderSrt, renderVtt } from "./subtitles.ts";

/**
 * A transcript in the form that was asked for.
 * Wire formats: https://platform.openai.com/docs/api-reference/audio/json-object,
 * https://platform.openai.com/docs/api-reference/audio/verbose-json-object
 */
export function renderResponse(
  response: TranscriptionResponse,
  { request }: TaskContext<TranscriptionRequest>,
): TaskBody {
  switch (request.format ?? "json") {
    case "text":
      return textBody(`${response.text}\n`);
    case "srt":
      return textBody(renderSrt(cuesOf(response)));
    case "vtt":
      return textBody(renderVtt(cuesOf(response)));
    case "verbose-json":
      return jsonBody(renderVerbose(response, request));
    case "diarized-json":
      return jsonBody(renderDiarized(response));
    default:
      return jsonBody({
        text: response.text,
        ...(response.logprobs !== undefined && { logprobs: response.logprobs.map(renderLogprob) }),
        ...renderUsage(response.usage),
      });
  }
}

/** A whole transcript as the steps of a stream. */
export function eventsOf(response: TranscriptionResponse): readonly TranscriptionStreamEvent[] {
  return [{ type: "delta", text: response.text }, { type: "done", response }, { type: "end" }];
}

/** Usage as a member, where it was told: tokens, or else seconds. */
export function renderUsage(usage: Usage | undefined): JsonObject {
  const tokens = renderTokens(usage);
  if (tokens === undefined) return renderSeconds(usage);
  const sound = usage?.audioInput;
  return {
    usage: {
      type: "tokens",
      input_tokens: tokens.input,
      ...(sound !== undefined && {
        input_token_details: { audio_tokens: sound, text_tokens: Math.max(0, tokens.input - sound) },
      }),
      output_tokens: tokens.output,
      total_tokens: tokens.total,
    },
  };
}

/** Token and how likely it was, in OpenAI's words. */
export function renderLogprob({ token, logprob, bytes }: TokenLogprob): JsonObject {
  return { token, logprob, ...(bytes !== undefined && { bytes }) };
}

/** A stretch of speech with who speaks, in OpenAI's words. */
export function renderSpoken(
  { start, end, text, speaker }: TranscriptSegment,
  index: number,
): JsonObject & { type: string } {
  const id = `seg_${String(index + 1).padStart(3, "0")}`;
  return { type: "transcript.text.segment", id, start, end, text, speaker: speaker ?? "A" };
}

function textBody(text: string): TaskBody {
  return { body: new TextEncoder().encode(text), contentType: "text/plain; charset=utf-8" };
}

/** Segments, or the whole text as one where the vendor made none. */
function cuesOf({ segments, text, durationS }: TranscriptionResponse): readonly TranscriptSegment[] {
  if (segments !== undefined && segments.length > 0) return segments;
  return text === "" ? [] : [{ start: 0, end: durationS ?? 0, text }];
}

function renderVerbose(response: TranscriptionResponse, request: TranscriptionRequest): JsonObject {
  const { language, segments, words, text } = response;
  return {
    task: request.task,
    language: language ?? request.language ?? "",
    duration: response.durationS ?? response.usage?.audioSeconds ?? lastEnd(response),
    text,
    ...(segments !== undefined && { segments: segments.map(renderSegment) }),
    ...(words !== undefined && { words: words.map(({ word, start, end }) => ({ word, start, end })) }),
    ...renderSeconds(response.usage),
  };
}

function renderSegment(segment: TranscriptSegment, id: number): JsonObject {
  const { start, end, text, avgLogprob, compressionRatio, noSpeechProb, temperature, seek, tokens } = segment;
  return {
    id,
    ...(seek !== undefined && { seek }),
    start,
    end,
    text,
    ...(tokens !== undefined && { tokens }),
    ...(temperature !== undefined && { temperature }),
    ...(avgLogprob !== undefined && { avg_logprob: avgLogprob }),
    ...(compressionRatio !== undefined && { compression_ratio: compressionRatio }),
    ...(noSpeechProb !== undefined && { no_speech_prob: noSpeechProb }),
  };
}

function renderDiarized(response: TranscriptionResponse): JsonObject {
  return {
    task: "transcribe",
    duration: response.durationS ?? response.usage?.audioSeconds ?? lastEnd(response),
    text: response.text,
    segments: (response.segments ?? []).map(renderSpoken),
    ...renderUsage(response.usage),
  };
}

function lastEnd({ segments = [], words = [] }: TranscriptionResponse): number {
  return Math.max(0, segments.at(-1)?.end ?? 0, words.at(-1)?.end ?? 0);
}

function renderSeconds(usage: Usage | undefined): JsonObject {
  return usage?.audioSeconds === undefined
    ? {}
    : { usage: { type: "duration", seconds: usage.audioSeconds } };
}
