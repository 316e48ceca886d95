import type {
  TranscriptionRequest,
  TranscriptionRequestField,
  TranscriptionResponse,
  TranscriptionStreamEvent,
} from "../../canonical/transcription.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { StreamDecoder } from "../dialect.ts";
import { type NewPart, writeMultipart } from "../multipart/write.ts";
import { parseError } from "../openai-chat/error.ts";
import { extraLosses } from "../task/fields.ts";
import { readJsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import { TypedEventDecoder } from "../task/stream-decoder.ts";
import type { RenderedTask, TaskBody, TaskTraits } from "../task/task-dialect.ts";
import { filePart } from "./openai.ts";
import { readSegment, readTranscript } from "./response.ts";
import type { TranscriptionEgress, TranscriptionLoss } from "./transcription-dialect.ts";

/** Forms that are made of segments. */
const SEGMENTED: readonly unknown[] = ["srt", "vtt", "verbose-json", "diarized-json"];

/** What there is no word for, and whether the transcript is the same without it. */
const UNKNOWN: readonly (readonly [field: TranscriptionRequestField, isHarmless: boolean])[] = [
  ["prompt", true],
  ["chunking", true],
  ["logprobs", false],
  ["speakerNames", false],
  ["speakerReferences", false],
];

function renderRequest(
  request: TranscriptionRequest,
  traits: TaskTraits,
): RenderedTask<TranscriptionRequestField> {
  const losses: TranscriptionLoss[] = extraLosses(request.extras);
  const lose = (
    field: TranscriptionRequestField,
    isHarmless: boolean,
    reason = "has no counterpart in Mistral's API",
  ): void => void losses.push({ path: { field }, isHarmless, reason });
  for (const [field, isHarmless] of UNKNOWN) if (request[field] !== undefined) lose(field, isHarmless);
  if (request.task === "translate") lose("task", false);
  const granularity = granularityOf(request);
  if (request.timestamps !== undefined && request.timestamps.length > 1)
    lose("timestamps", false, "has to be one of `word` and `segment` for Mistral");
  // Source: https://docs.mistral.ai/capabilities/audio_transcription (limits of `language`)
  const hasLanguage = request.language !== undefined && granularity === undefined;
  if (request.language !== undefined && !hasLanguage)
    lose("language", true, "cannot be told to Mistral together with timestamps");
  const form = writeMultipart([
    { name: "model", text: traits.upstreamModel },
    ...(hasLanguage ? [{ name: "language", text: String(request.language) }] : []),
    ...(request.temperature === undefined
      ? []
      : [{ name: "temperature", text: String(request.temperature) }]),
    ...(granularity === undefined ? [] : [{ name: "timestamp_granularities", text: granularity }]),
    ...(request.format === "diarized-json" ? [{ name: "diarize", text: "true" }] : []),
    ...(request.stream ? [{ name: "stream", text: "true" }] : []),
    filePart(request.audio),
  ] satisfies readonly NewPart[]);
  return { path: fillPath(traits.path, traits.upstreamModel), ...form, losses, streams: request.stream };
}

function granularityOf({ timestamps, format }: TranscriptionRequest): "word" | "segment" | undefined {
  const [asked] = timestamps ?? [];
  return asked ?? (SEGMENTED.includes(format) ? "segment" : undefined);
}

function parseResponse(answer: TaskBody, request: TranscriptionRequest): TranscriptionResponse | undefined {
  const body = readJsonBody(answer);
  return body && readAnswer(body, request);
}

/** Where words were asked for, each segment is one. */
function readAnswer(body: JsonObject, request: TranscriptionRequest): TranscriptionResponse | undefined {
  const response = readTranscript(body);
  if (response === undefined) return undefined;
  const seconds = response.usage?.audioSeconds;
  const timed = seconds === undefined ? response : { ...response, durationS: seconds };
  if (granularityOf(request) !== "word") return timed;
  const { segments = [], ...rest } = timed;
  return { ...rest, words: segments.map(({ text, start, end }) => ({ word: text.trim(), start, end })) };
}

function decodeStream(
  request: TranscriptionRequest,
  emit: (event: TranscriptionStreamEvent) => void,
): StreamDecoder {
  let isDone = false;
  return new TypedEventDecoder({
    event: (type, members) => {
      const { text } = members;
      if (type === "transcription.text.delta" && typeof text === "string") emit({ type: "delta", text });
      else if (type === "transcription.segment" && request.format === "diarized-json") {
        for (const segment of readSegment(members)) emit({ type: "segment", segment });
      } else if (type === "transcription.done") {
        const response = readAnswer(members, request);
        if (response === undefined) return;
        isDone = true;
        emit({ type: "done", response });
      }
    },
    fail: (error) => emit({ type: "error", error }),
    close: () => {
      if (isDone) emit({ type: "end" });
    },
  });
}

/** Transcripts of Mistral. Wire format: https://docs.mistral.ai/api/ (`/v1/audio/transcriptions`) */
export const mistral: TranscriptionEgress = {
  renderRequest,
  parseResponse,
  decodeStream: (request, _traits, emit) => decodeStream(request, emit),
  parseError,
};
