import type {
  TranscriptionRequest,
  TranscriptionRequestField,
  TranscriptionResponse,
} from "../../canonical/transcription.ts";
import { parseError } from "../cohere-chat/error.ts";
import { writeMultipart } from "../multipart/write.ts";
import { extraLosses } from "../task/fields.ts";
import { readJsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskBody, TaskTraits } from "../task/task-dialect.ts";
import { filePart } from "./openai.ts";
import { readTranscript } from "./response.ts";
import type { TranscriptionEgress, TranscriptionLoss } from "./transcription-dialect.ts";

/** What there is no word for, and whether the transcript is the same without it. */
const UNKNOWN: readonly (readonly [field: TranscriptionRequestField, isHarmless: boolean])[] = [
  ["prompt", true],
  ["chunking", true],
  ["timestamps", false],
  ["logprobs", false],
  ["speakerNames", false],
  ["speakerReferences", false],
];

/** The language has to be told, and each field has to stand before the file. */
function renderRequest(
  request: TranscriptionRequest,
  traits: TaskTraits,
): RenderedTask<TranscriptionRequestField> {
  const losses: TranscriptionLoss[] = extraLosses(request.extras);
  const lose = (field: TranscriptionRequestField, isHarmless: boolean, reason: string): void =>
    void losses.push({ path: { field }, isHarmless, reason });
  for (const [field, isHarmless] of UNKNOWN)
    if (request[field] !== undefined) lose(field, isHarmless, "has no counterpart in Cohere's API");
  if (request.task === "translate") lose("task", false, "has no counterpart in Cohere's API");
  if (request.language === undefined) lose("language", false, "has to be told to Cohere, such as `en`");
  if (request.format !== undefined && request.format !== "json" && request.format !== "text")
    lose("format", false, "has to be `json` or `text` for Cohere, which tells no times");
  const form = writeMultipart([
    { name: "model", text: traits.upstreamModel },
    { name: "language", text: request.language ?? "" },
    ...(request.temperature === undefined
      ? []
      : [{ name: "temperature", text: String(request.temperature) }]),
    filePart(request.audio),
  ]);
  return { path: fillPath(traits.path, traits.upstreamModel), ...form, losses, streams: false };
}

function parseResponse(answer: TaskBody): TranscriptionResponse | undefined {
  const body = readJsonBody(answer);
  return body && readTranscript(body);
}

/** Transcripts of Cohere. Wire format: https://docs.cohere.com/reference/create-audio-transcription */
export const cohere: TranscriptionEgress = { renderRequest, parseResponse, parseError };
