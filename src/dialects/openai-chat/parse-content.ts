import type {
  AudioPart,
  CacheMarker,
  FilePart,
  ImagePart,
  PartBase,
  TextPart,
  UserPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import { memberStandsAt, standsAt } from "../origins.ts";
import { parseDataUrl } from "./data-url.ts";
import {
  base64At,
  fieldError,
  listAt,
  type Members,
  noteUnknown,
  objectAt,
  optionalText,
  optionalWord,
  textAt,
} from "./fields.ts";

const KNOWN = new Set([
  "type",
  "text",
  "image_url",
  "input_audio",
  "file",
  "cache_control",
  "prompt_cache_breakpoint",
]);

/** Kinds of sound by the short name of their format. */
const AUDIO_TYPES: Readonly<Record<string, string>> = { mp3: "audio/mpeg" };

/**
 * Parts of a user's message or of a tool's result: a text alone, or a list.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create (`messages[].content`)
 * @throws LatchkeyError LK-2102.
 */
export function parseContent(content: unknown, path: string, losses: Loss[]): readonly UserPart[] {
  if (typeof content === "string") return [standsAt({ type: "text", text: content }, path)];
  if (!Array.isArray(content)) throw fieldError(path, "has to be a string or a list of parts");
  return listAt(content, path).map((part, index) => {
    const at = `${path}[${index}]`;
    const members = objectAt(part, at);
    noteUnknown(members, KNOWN, at, losses);
    return standsAt(cacheStandsAt(parsePart(members, at), members, at), at);
  });
}

/** The same where only words may stand. @throws LatchkeyError LK-2102. */
export function parseText(content: unknown, path: string, losses: Loss[]): readonly TextPart[] {
  return parseContent(content, path, losses).map((part, index) => {
    if (part.type === "text") return part;
    throw fieldError(`${path}[${index}].type`, "has to be `text` here");
  });
}

function parsePart(members: Members, path: string): UserPart {
  const cache = parseCache(members, path);
  const marked = cache !== undefined && { cache };
  switch (members["type"]) {
    case "text":
      return { type: "text", text: textAt(members["text"], `${path}.text`), ...marked };
    case "image_url": {
      const image = { ...parseImage(members["image_url"], `${path}.image_url`), ...marked };
      if (image.detail !== undefined) memberStandsAt(image, "detail", `${path}.image_url.detail`);
      return image;
    }
    case "input_audio":
      return { ...parseAudio(members["input_audio"], `${path}.input_audio`), ...marked };
    case "file":
      return { ...parseFile(members["file"], `${path}.file`), ...marked };
    default:
      throw fieldError(`${path}.type`, "has to be one of `text`, `image_url`, `input_audio` and `file`");
  }
}

/**
 * The end of what is to be cached: OpenAI's `prompt_cache_breakpoint`, or `cache_control` as Anthropic and the routers
 * of many models have it.
 */
export function parseCache(members: Members, path: string): CacheMarker | undefined {
  const { cache_control, prompt_cache_breakpoint } = members;
  if (cache_control !== undefined && cache_control !== null) {
    const at = `${path}.cache_control`;
    const ttl = optionalWord(objectAt(cache_control, at)["ttl"], ["5m", "1h"], `${at}.ttl`);
    return ttl === undefined ? {} : { ttl };
  }
  return prompt_cache_breakpoint === undefined || prompt_cache_breakpoint === null ? undefined : {};
}

/** Notes where such a mark of a part, message or tool stands. */
export function cacheStandsAt<Marked extends PartBase>(
  marked: Marked,
  members: Members,
  path: string,
): Marked {
  if (marked.cache === undefined) return marked;
  const isOther = members["cache_control"] === undefined || members["cache_control"] === null;
  memberStandsAt(marked, "cache", `${path}.${isOther ? "prompt_cache_breakpoint" : "cache_control"}`);
  return marked;
}

function parseImage(value: unknown, path: string): ImagePart {
  // Some callers write the URL without anything around it.
  const image = typeof value === "string" ? { url: value } : objectAt(value, path);
  const url = textAt(image["url"], `${path}.url`);
  const detail = optionalWord(image["detail"], ["low", "high", "auto"], `${path}.detail`);
  return { type: "image", source: sourceAt(url, `${path}.url`), ...(detail !== undefined && { detail }) };
}

function sourceAt(url: string, path: string): ImagePart["source"] {
  const inline = parseDataUrl(url);
  if (inline !== undefined) return { ...inline, data: base64At(inline.data, path) };
  if (/^https?:\/\//i.test(url)) return { kind: "url", url };
  throw fieldError(path, "has to be an http or https URL, or a data URL of base64");
}

function parseAudio(value: unknown, path: string): AudioPart {
  const audio = objectAt(value, path);
  const format = textAt(audio["format"], `${path}.format`);
  const data = base64At(audio["data"], `${path}.data`);
  const mediaType = Object.hasOwn(AUDIO_TYPES, format) ? AUDIO_TYPES[format] : undefined;
  return {
    type: "audio",
    source: { kind: "base64", mediaType: mediaType ?? `audio/${format}`, data },
    format,
  };
}

function parseFile(value: unknown, path: string): FilePart {
  const file = objectAt(value, path);
  const filename = optionalText(file["filename"], `${path}.filename`);
  const named = filename !== undefined && { name: filename };
  const id = optionalText(file["file_id"], `${path}.file_id`);
  if (id !== undefined)
    return { type: "file", source: { kind: "file-id", dialect: "openai-chat", id }, ...named };
  const data = textAt(file["file_data"], `${path}.file_data`);
  return { type: "file", source: sourceAt(data, `${path}.file_data`), ...named };
}
