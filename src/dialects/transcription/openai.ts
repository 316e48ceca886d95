import type {
  TranscriptFormat,
  TranscriptionRequest,
  TranscriptionRequestField,
  TranscriptionResponse,
} from "../../canonical/transcription.ts";
import { fieldParts, type NewPart, writeMultipart } from "../multipart/write.ts";
import { parseError } from "../openai-chat/error.ts";
import { readJsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskBody, TaskTraits } from "../task/task-dialect.ts";
import { readTranscript } from "./response.ts";
import { decodeStream } from "./stream-decoder.ts";
import type { TranscriptionEgress, TranscriptionLoss } from "./transcription-dialect.ts";

/** What is asked for so that the form that is wanted can be made of it. */
const ASKED: Readonly<Record<TranscriptFormat, string>> = {
  json: "json",
  text: "json",
  "verbose-json": "verbose_json",
  srt: "verbose_json",
  vtt: "verbose_json",
  "diarized-json": "diarized_json",
};

/** What guides the model is no part of the transcript. */
const HINTS: readonly TranscriptionRequestField[] = ["language", "prompt", "chunking", "temperature"];

/**
 * A request in OpenAI's shape. A vendor's profile may name members that it has not (`lacks`, canonical names between
 * spaces), the forms that it has (`formats`, OpenAI's names between spaces), and that it has no streams
 * (`stream: false`).
 */
function renderRequest(
  request: TranscriptionRequest,
  traits: TaskTraits,
): RenderedTask<TranscriptionRequestField> {
  const { lacks, formats, stream } = traits.quirks ?? {};
  const missing = typeof lacks === "string" ? lacks.split(" ") : [];
  const losses: TranscriptionLoss[] = [];
  const can = (field: TranscriptionRequestField): boolean => {
    if (request[field] === undefined) return false;
    if (!missing.includes(field)) return true;
    const isHarmless = HINTS.includes(field);
    losses.push({ path: { field }, isHarmless, reason: "has no counterpart for this provider" });
    return false;
  };
  const asked = request.format === undefined ? undefined : ASKED[request.format];
  const isKnown = asked === undefined || typeof formats !== "string" || formats.split(" ").includes(asked);
  if (!isKnown)
    losses.push({ path: { field: "format" }, isHarmless: false, reason: "cannot be had of this provider" });
  const streams = request.stream && stream !== false;
  const one = (name: string, value: unknown): NewPart => ({ name, text: String(value) });
  const many = (name: string, values: readonly string[] = []): readonly NewPart[] =>
    values.map((value) => one(`${name}[]`, value));
  const { audio } = request;
  const fields: readonly NewPart[] = [
    one("model", traits.upstreamModel),
    ...(can("language") ? [one("language", request.language)] : []),
    ...(can("prompt") ? [one("prompt", request.prompt)] : []),
    ...(asked === undefined ? [] : [one("response_format", asked)]),
    ...(can("temperature") ? [one("temperature", request.temperature)] : []),
    ...(can("timestamps") ? many("timestamp_granularities", request.timestamps) : []),
    ...(can("logprobs") ? many("include", ["logprobs"]) : []),
    ...(can("chunking") ? [one("chunking_strategy", request.chunking)] : []),
    ...(can("speakerNames") ? many("known_speaker_names", request.speakerNames) : []),
    ...(can("speakerReferences") ? many("known_speaker_references", request.speakerReferences) : []),
    ...(streams ? [one("stream", "true")] : []),
    ...Object.entries(request.extras ?? {}).flatMap(([name, value]) => fieldParts(name, value)),
  ];
  const form = writeMultipart([...fields, filePart(audio)]);
  return { path: fillPath(traits.path, traits.upstreamModel), ...form, losses, streams };
}

/** The sound, which goes last: some vendors read forms as they come. */
export function filePart({ bytes, name, mediaType }: TranscriptionRequest["audio"]): NewPart {
  return { name: "file", bytes, filename: name === "" ? "audio" : name, contentType: mediaType };
}

function parseResponse(answer: TaskBody): TranscriptionResponse | undefined {
  const body = readJsonBody(answer);
  if (body !== undefined) return readTranscript(body);
  // Some answer with the bare text whatever they are asked for.
  const isText = answer.contentType.startsWith("text/plain");
  return isText ? { text: new TextDecoder().decode(answer.body).trimEnd() } : undefined;
}

/** Transcripts of OpenAI and of those who have its shape. Wire format: https://platform.openai.com/docs/api-reference/audio/createTranscription */
export const openai: TranscriptionEgress = {
  renderRequest,
  parseResponse,
  decodeStream: (_request, _traits, emit) => decodeStream(emit),
  parseError,
};
