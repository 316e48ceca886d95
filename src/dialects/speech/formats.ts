import type { SpeechFormat } from "../../canonical/speech.ts";

/** Formats that callers may ask for. */
export const speechFormats: readonly SpeechFormat[] = ["mp3", "opus", "aac", "flac", "wav", "pcm"];

const MEDIA_TYPES: Readonly<Record<SpeechFormat, string>> = {
  mp3: "audio/mpeg",
  opus: "audio/opus",
  aac: "audio/aac",
  flac: "audio/flac",
  wav: "audio/wav",
  pcm: "audio/pcm",
};

/** The media type of sound in a format. */
export function mediaTypeOf(format: SpeechFormat): string {
  return MEDIA_TYPES[format];
}
