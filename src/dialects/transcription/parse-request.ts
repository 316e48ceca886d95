import type { AudioInput, TranscriptionRequest } from "../../canonical/transcription.ts";
import { fieldError, readFields, type TaskFields } from "../task/fields.ts";
import type { ParsedTask, TaskInput } from "../task/task-dialect.ts";
import { transcriptFormats } from "./field-name.ts";

const KNOWN_TO_TRANSLATIONS = ["file", "model", "prompt", "response_format", "temperature"];
const KNOWN = [
  ...KNOWN_TO_TRANSLATIONS,
  "language",
  "stream",
  "timestamp_granularities",
  "include",
  "chunking_strategy",
  "known_speaker_names",
  "known_speaker_references",
];

/**
 * Reads a caller's request for a transcript, or for one in English.
 * Wire formats: https://platform.openai.com/docs/api-reference/audio/createTranscription,
 * https://platform.openai.com/docs/api-reference/audio/createTranslation
 */
export function parseRequest(input: TaskInput): ParsedTask<TranscriptionRequest> {
  const fields = readFields(input);
  const isTranslation = input.operation === "translate";
  const prompt = fields.text("prompt");
  const format = fields.choice("response_format", Object.keys(transcriptFormats));
  const temperature = fields.number("temperature");
  if (temperature !== undefined && (temperature < 0 || temperature > 1))
    throw fieldError("temperature", "has to be from 0 to 1");
  const common: TranscriptionRequest = {
    model: fields.required("model"),
    task: isTranslation ? "translate" : "transcribe",
    audio: parseAudio(fields),
    stream: false,
    ...(prompt !== undefined && { prompt }),
    ...(format !== undefined && { format: transcriptFormats[format] ?? "json" }),
    ...(temperature !== undefined && { temperature }),
  };
  const { extras, losses } = fields.rest(isTranslation ? KNOWN_TO_TRANSLATIONS : KNOWN);
  const more = {
    ...(isTranslation ? {} : parseTranscribed(fields)),
    ...(extras !== undefined && { extras }),
  };
  return { request: { ...common, ...more }, losses };
}

function parseTranscribed(fields: TaskFields): Partial<TranscriptionRequest> {
  const language = fields.text("language");
  const timestamps = listed(fields, "timestamp_granularities", ["word", "segment"]);
  const include = listed(fields, "include", ["logprobs"]);
  const chunking = fields.value("chunking_strategy");
  const speakerNames = fields.texts("known_speaker_names");
  const speakerReferences = fields.texts("known_speaker_references");
  return {
    stream: fields.flag("stream"),
    ...(language !== undefined && language !== "" && { language }),
    ...(timestamps !== undefined && { timestamps }),
    ...(include !== undefined && { logprobs: true }),
    ...(chunking !== undefined && {
      chunking: typeof chunking === "string" ? chunking : JSON.stringify(chunking),
    }),
    ...(speakerNames !== undefined && { speakerNames }),
    ...(speakerReferences !== undefined && { speakerReferences }),
  };
}

function parseAudio(fields: TaskFields): AudioInput {
  const [file, second] = fields.files("file");
  if (file === undefined) throw fieldError("file", "is missing: send the sound as a file of a form");
  if (second !== undefined) throw fieldError("file", "has to be one file");
  return file;
}

function listed<T extends string>(
  fields: TaskFields,
  name: string,
  choices: readonly T[],
): readonly T[] | undefined {
  const values = fields.texts(name);
  if (values === undefined || values.length === 0) return undefined;
  return values.map((value, index) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw fieldError(`${name}[${index}]`, `has to be one of: ${choices.join(", ")}`);
    return found;
  });
}
