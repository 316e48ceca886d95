import type {
  AudioPart,
  CacheMarker,
  FilePart,
  ImagePart,
  MediaSource,
  ToolResultPart,
  UserPart,
  VendorPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { foreignReason } from "../custom-tools.ts";
import { NOT_CITED } from "../not-cited.ts";
import { dataUrl, fileNameOf } from "./data-url.ts";
import type { ResponsesQuirks } from "./quirks.ts";

/** How parts are rendered. */
export interface ContentOptions {
  readonly quirks: ResponsesQuirks;
  readonly losses: Loss[];
}

/**
 * A part of what the user or a tool says, after what is said about a file; none for what has no counterpart, which is
 * told to the losses. Wire format: https://platform.openai.com/docs/api-reference/responses/create (`input`)
 */
export function renderInputPart(
  part: Exclude<UserPart | ToolResultPart, { readonly type: "vendor" }>,
  path: string,
  options: ContentOptions,
): readonly JsonObject[] {
  const rendered =
    part.type === "text" ? { type: "input_text", text: part.text } : renderMedia(part, path, options.losses);
  if (rendered === undefined) return [];
  const marked = { ...rendered, ...breakpoint(part.cache, path, options) };
  if (part.type !== "file") return [marked];
  if (part.citations === true)
    options.losses.push({ path: `${path}.citations`, isHarmless: false, reason: NOT_CITED });
  return part.context === undefined ? [marked] : [{ type: "input_text", text: part.context }, marked];
}

/** Marks the end of what is to be cached, where the model has words for it; OpenAI caches without being asked. */
export function breakpoint(
  cache: CacheMarker | undefined,
  path: string,
  { quirks, losses }: ContentOptions,
): JsonObject {
  if (cache !== undefined && quirks.cacheBreakpoints)
    return { prompt_cache_breakpoint: { mode: "explicit" } };
  noteCache(cache, path, losses);
  return {};
}

/** Tells of a mark where there can be none. */
export function noteCache(cache: CacheMarker | undefined, path: string, losses: Loss[]): void {
  if (cache === undefined) return;
  const reason = "cannot be marked as the end of a cached prompt: this provider caches by itself";
  losses.push({ path: `${path}.cache`, isHarmless: true, reason });
}

function renderMedia(
  part: ImagePart | FilePart | AudioPart,
  path: string,
  losses: Loss[],
): JsonObject | undefined {
  const rendered =
    part.type === "image" ? renderImage(part) : part.type === "file" ? renderFile(part) : renderAudio(part);
  if (rendered === undefined) {
    const reason =
      part.type === "audio"
        ? "has to be a recording as base64, WAV or MP3, for OpenAI's Responses API"
        : "names a file that OpenAI does not have";
    losses.push({ path, isHarmless: false, reason });
  }
  return rendered;
}

function renderImage({ source, detail = "auto" }: ImagePart): JsonObject | undefined {
  const base = { type: "input_image", detail };
  if (source.kind === "base64") return { ...base, image_url: dataUrl(source.mediaType, source.data) };
  if (source.kind === "url") return { ...base, image_url: source.url };
  return isOpenaiFile(source) ? { ...base, file_id: source.id } : undefined;
}

function renderFile({ source, name }: FilePart): JsonObject | undefined {
  const named = name === undefined ? {} : { filename: name };
  if (source.kind === "url") return { type: "input_file", ...named, file_url: source.url };
  if (source.kind === "file-id")
    return isOpenaiFile(source) ? { type: "input_file", ...named, file_id: source.id } : undefined;
  const { mediaType, data } = source;
  return {
    type: "input_file",
    filename: name ?? fileNameOf(mediaType),
    file_data: dataUrl(mediaType, data),
  };
}

function renderAudio({ source, format }: AudioPart): JsonObject | undefined {
  if (source.kind !== "base64") return undefined;
  const known = format ?? (/wav/.test(source.mediaType) ? "wav" : "mp3");
  return known === "wav" || known === "mp3"
    ? { type: "input_audio", input_audio: { data: source.data, format: known } }
    : undefined;
}

/** Both of OpenAI's dialects name files of the same account. */
function isOpenaiFile(source: Extract<MediaSource, { readonly kind: "file-id" }>): boolean {
  return source.dialect === "openai-responses" || source.dialect === "openai-chat";
}

/** An item that only this dialect knows, as it was; `undefined` for another dialect's. */
export function vendorItem(part: {
  readonly dialect: string;
  readonly value: unknown;
}): JsonObject | undefined {
  return part.dialect === "openai-responses" && isJsonObject(part.value)
    ? (part.value as JsonObject)
    : undefined;
}

/** The loss of a part that only another dialect knows. */
export function foreignPart(path: string, part?: VendorPart): Loss {
  const why = "has no counterpart in OpenAI's Responses API";
  return { path, isHarmless: false, reason: part === undefined ? why : foreignReason(part, why) };
}
