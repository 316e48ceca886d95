/** Short names of sound formats that do not follow from the media type, and the other way round. */
const SOUND_FORMATS: Readonly<Record<string, string>> = {
  "audio/l16": "pcm16",
  "audio/pcm": "pcm16",
  "audio/mpeg": "mp3",
  "audio/x-wav": "wav",
  "audio/wave": "wav",
};

const SOUND_TYPES: Readonly<Record<string, string>> = {
  pcm16: "audio/L16;codec=pcm;rate=24000",
  mp3: "audio/mpeg",
};

const BY_ENDING: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  heic: "image/heic",
  heif: "image/heif",
  pdf: "application/pdf",
  txt: "text/plain",
  html: "text/html",
  csv: "text/csv",
  md: "text/markdown",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  ogg: "audio/ogg",
  flac: "audio/flac",
  mp4: "video/mp4",
  mov: "video/quicktime",
  webm: "video/webm",
};

/** `pcm16` for `audio/L16;rate=24000`, `wav` for `audio/wav`. */
export function soundFormat(mediaType: string): string {
  const type = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  return (Object.hasOwn(SOUND_FORMATS, type) ? SOUND_FORMATS[type] : undefined) ?? type.replace("audio/", "");
}

/** The media type of a sound format; Gemini speaks raw samples of 24 kHz. */
export function soundType(format: string | undefined): string {
  if (format === undefined) return "audio/wav";
  return (Object.hasOwn(SOUND_TYPES, format) ? SOUND_TYPES[format] : undefined) ?? `audio/${format}`;
}

/** The media type that a URL's ending promises. */
export function typeByEnding(url: string): string | undefined {
  const [, ending] = /\.([0-9a-z]+)(?:[?#]|$)/i.exec(url) ?? [];
  const key = ending?.toLowerCase() ?? "";
  return Object.hasOwn(BY_ENDING, key) ? BY_ENDING[key] : undefined;
}
