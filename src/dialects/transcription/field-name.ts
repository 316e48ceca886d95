import type { TranscriptFormat, TranscriptionRequestField } from "../../canonical/transcription.ts";

const NAMES: Readonly<Record<TranscriptionRequestField, string>> = {
  task: "task",
  audio: "file",
  language: "language",
  prompt: "prompt",
  format: "response_format",
  temperature: "temperature",
  timestamps: "timestamp_granularities",
  logprobs: "include",
  chunking: "chunking_strategy",
  speakerNames: "known_speaker_names",
  speakerReferences: "known_speaker_references",
};

/** Where a member of the canonical request stands in OpenAI's shape. */
export function fieldName(field: TranscriptionRequestField): string {
  return NAMES[field];
}

/** The forms of a transcript by OpenAI's names. */
export const transcriptFormats: Readonly<Record<string, TranscriptFormat>> = {
  json: "json",
  verbose_json: "verbose-json",
  diarized_json: "diarized-json",
  text: "text",
  srt: "srt",
  vtt: "vtt",
};
