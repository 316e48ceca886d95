import type {
  AudioPart,
  CacheMarker,
  FilePart,
  ImagePart,
  MediaSource,
  TextPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import { standsAt } from "../origins.ts";
import { fileTypeOf, readDataUrl } from "./data-url.ts";
import { fieldError, optionalString, optionalWord, requiredBase64, requiredObject } from "./field.ts";
import { noteMembers } from "./known-members.ts";

/** What stands in a message's `content` or in a tool's `output`. */
export type InputPart = TextPart | ImagePart | FilePart | AudioPart;

/**
 * A text or a list of parts.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create (`input`)
 * @throws LatchkeyError LK-2102
 */
export function parseContent(value: Json | undefined, path: string, losses: Loss[]): readonly InputPart[] {
  if (typeof value === "string") return value === "" ? [] : [standsAt({ type: "text", text: value }, path)];
  if (!Array.isArray(value)) throw fieldError(path, "has to be a string or a list of parts");
  return value.map((part, index) => {
    const place = `${path}[${index}]`;
    return standsAt(parseInputPart(part, place, losses), place);
  });
}

function parseInputPart(value: Json, path: string, losses: Loss[]): InputPart {
  const part = requiredObject(value, path);
  noteMembers(part, path, losses);
  const cached = cacheOf(part, path);
  switch (part["type"]) {
    case "input_text":
    case "output_text":
      return { type: "text", text: textOf(part["text"], `${path}.text`), ...cached };
    case "input_image":
      return { ...parseImage(part, path, losses), ...cached };
    case "input_file":
      return { ...parseFile(part, path, losses), ...cached };
    case "input_audio":
      return parseAudio(part, path);
    default:
      throw fieldError(
        `${path}.type`,
        "has to be `input_text`, `input_image`, `input_file` or `input_audio`",
      );
  }
}

/** A text, which may be empty. @throws LatchkeyError LK-2102 */
export function textOf(value: Json | undefined, path: string): string {
  const text = optionalString(value, path);
  if (text === undefined) throw fieldError(path, "has to be a string");
  return text;
}

function cacheOf(
  { prompt_cache_breakpoint: marker }: JsonObject,
  path: string,
): { readonly cache?: CacheMarker } {
  if (marker === undefined || marker === null) return {};
  requiredObject(marker, `${path}.prompt_cache_breakpoint`);
  return { cache: {} };
}

function parseImage(part: JsonObject, path: string, losses: Loss[]): ImagePart {
  const words = ["auto", "low", "high", "original"] as const;
  const detail = optionalWord(part["detail"], `${path}.detail`, words);
  if (detail === "original") {
    const reason = "is told as `high`: no other API knows it";
    losses.push({ path: `${path}.detail`, isHarmless: true, isChanged: true, reason });
  }
  const source = sourceOf(part, path, "image_url");
  return {
    type: "image",
    source,
    ...(detail !== undefined && { detail: detail === "original" ? "high" : detail }),
  };
}

function parseFile(part: JsonObject, path: string, losses: Loss[]): FilePart {
  const name = optionalString(part["filename"], `${path}.filename`);
  const named = name !== undefined && { name };
  if (part["detail"] !== undefined && part["detail"] !== null) {
    const reason = "has no counterpart in other APIs";
    losses.push({ path: `${path}.detail`, isHarmless: true, reason });
  }
  const bytes = optionalString(part["file_data"], `${path}.file_data`);
  if (bytes === undefined) return { type: "file", source: sourceOf(part, path, "file_url"), ...named };
  // Older clients send the base64 alone.
  const { mediaType, data } = readDataUrl(bytes) ?? { mediaType: fileTypeOf(name), data: bytes };
  const checked = requiredBase64(data, `${path}.file_data`);
  return { type: "file", source: { kind: "base64", mediaType, data: checked }, ...named };
}

function sourceOf(part: JsonObject, path: string, member: "image_url" | "file_url"): MediaSource {
  const id = optionalString(part["file_id"], `${path}.file_id`);
  const url = optionalString(part[member], `${path}.${member}`);
  if (url === undefined) {
    if (id === undefined) throw fieldError(`${path}.${member}`, "has to be a URL");
    return { kind: "file-id", dialect: "openai-responses", id };
  }
  if (!/^data:/i.test(url)) return { kind: "url", url };
  const inline = readDataUrl(url);
  if (inline === undefined) throw fieldError(`${path}.${member}`, "has to have its data as base64");
  const data = requiredBase64(inline.data, `${path}.${member}`);
  return { kind: "base64", mediaType: inline.mediaType, data };
}

function parseAudio(part: JsonObject, path: string): AudioPart {
  const audio = requiredObject(part["input_audio"], `${path}.input_audio`);
  const format = optionalWord(audio["format"], `${path}.input_audio.format`, ["mp3", "wav"]) ?? "mp3";
  const data = requiredBase64(audio["data"], `${path}.input_audio.data`);
  const mediaType = format === "wav" ? "audio/wav" : "audio/mpeg";
  return { type: "audio", source: { kind: "base64", mediaType, data }, format };
}
