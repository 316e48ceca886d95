import type {
  AudioPart,
  CacheMarker,
  FilePart,
  ImagePart,
  ToolResultPart,
  UserPart,
} from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { NOT_CITED } from "../not-cited.ts";
import type { RenderContext } from "./render-context.ts";

const NO_COUNTERPART = "has no counterpart in Chat Completions";

/** Short names of sound formats that media types do not end with. */
const AUDIO_FORMATS: Readonly<Record<string, string>> = { mpeg: "mp3", "x-wav": "wav", wave: "wav" };

/**
 * A message's content: a text where one part says it all, a list of parts otherwise. What has no counterpart is told to
 * the losses. Wire format: https://platform.openai.com/docs/api-reference/chat/create (`messages[].content`)
 */
export function renderContent(
  parts: readonly (UserPart | ToolResultPart)[],
  path: string,
  context: RenderContext,
): string | readonly JsonObject[] {
  const rendered: JsonObject[] = [];
  for (const [index, part] of parts.entries()) {
    const at = `${path}.content[${index}]`;
    const body = partBody(part, at, context);
    // What is said about a file stands before it.
    if (body !== undefined && part.type === "file" && part.context !== undefined)
      rendered.push({ type: "text", text: part.context });
    if (body !== undefined) rendered.push(withCache(body, part.cache, at, context));
  }
  return joined(rendered, context, "\n");
}

/** One text where all parts are plain text and the vendor, or their number, wants it so. */
export function joined(
  parts: readonly JsonObject[],
  { quirks }: RenderContext,
  separator: string,
): string | readonly JsonObject[] {
  const isPlain = parts.every((part) => part["type"] === "text" && Object.keys(part).length === 2);
  if (!isPlain || (parts.length > 1 && quirks.textParts)) return parts;
  return parts.map(({ text }) => text).join(separator);
}

function partBody(
  part: UserPart | ToolResultPart,
  path: string,
  context: RenderContext,
): JsonObject | undefined {
  switch (part.type) {
    case "text":
      return { type: "text", text: part.text };
    case "image":
      return renderImage(part, path, context);
    case "file":
      return renderFile(part, path, context);
    case "audio":
      return renderAudio(part, path, context);
    case "vendor":
      return part.dialect === "openai-chat" && isJsonObject(part.value)
        ? (part.value as JsonObject)
        : context.lose(path, NO_COUNTERPART);
  }
}

/** A part with the mark for the end of what is to be cached, if it has one. */
export function withCache(
  body: JsonObject,
  cache: CacheMarker | undefined,
  path: string,
  context: RenderContext,
): JsonObject {
  return cache === undefined ? body : { ...body, ...cacheMember(cache, path, context) };
}

/** The member that marks a part as the end of what is to be cached, in the vendor's words. */
export function cacheMember(
  cache: CacheMarker | undefined,
  path: string,
  { quirks, lose }: RenderContext,
): JsonObject {
  if (cache === undefined) return {};
  if (quirks.cacheMarkers === "prompt_cache_breakpoint")
    return { prompt_cache_breakpoint: { mode: "explicit" } };
  if (quirks.cacheMarkers === "cache_control") {
    return { cache_control: { type: "ephemeral", ...(cache.ttl !== undefined && { ttl: cache.ttl }) } };
  }
  lose(
    `${path}.cache`,
    "cannot be marked as the end of a cached prompt: this provider caches by itself",
    true,
  );
  return {};
}

/** A picture as `image_url`. */
export function renderImage(
  { source, detail }: ImagePart,
  path: string,
  context: RenderContext,
): JsonObject | undefined {
  if (context.lacks.has("images")) return context.lose(path, "cannot be seen by this model");
  if (source.kind === "file-id") return context.lose(path, NO_COUNTERPART);
  if (source.kind === "url" && !context.quirks.imageUrls)
    return context.lose(path, "has to be the picture itself, as base64, for this provider");
  const url = source.kind === "url" ? source.url : dataUrl(source.mediaType, source.data);
  return { type: "image_url", image_url: { url, ...(detail !== undefined && { detail }) } };
}

function renderFile(part: FilePart, path: string, context: RenderContext): JsonObject | undefined {
  const { source, name, citations } = part;
  const { quirks, lacks, lose } = context;
  if (citations === true) lose(`${path}.citations`, NOT_CITED);
  const text = source.kind === "base64" && plainText(source.mediaType, source.data);
  // Files are for documents that need reading: what is text already goes as text.
  if (typeof text === "string")
    return { type: "text", text: name === undefined ? text : `${name}:\n${text}` };
  if (lacks.has("files")) return lose(path, "cannot be read by this model");
  if (source.kind === "file-id") {
    const isOpenAi = source.dialect === "openai-chat" || source.dialect === "openai-responses";
    if (!isOpenAi) return lose(path, "is a file of another provider");
    return { type: "file", file: { file_id: source.id, ...(name !== undefined && { filename: name }) } };
  }
  if (source.kind === "url" && quirks.files === "file") {
    return lose(path, "has to be the file itself, as base64, for this provider");
  }
  const url = source.kind === "url" ? source.url : dataUrl(source.mediaType, source.data);
  if (quirks.files === "document_url") {
    return { type: "document_url", document_url: url, ...(name !== undefined && { document_name: name }) };
  }
  return { type: "file", file: { file_data: url, filename: name ?? "file" } };
}

function renderAudio(
  { source, format }: AudioPart,
  path: string,
  context: RenderContext,
): JsonObject | undefined {
  if (context.lacks.has("audio")) return context.lose(path, "cannot be heard by this model");
  if (source.kind !== "base64") return context.lose(path, "has to be the sound itself, as base64");
  if (context.quirks.plainAudio) return { type: "input_audio", input_audio: source.data };
  const subtype = source.mediaType.split(";")[0]?.split("/")[1] ?? "";
  const named = Object.hasOwn(AUDIO_FORMATS, subtype) ? AUDIO_FORMATS[subtype] : subtype;
  return { type: "input_audio", input_audio: { data: source.data, format: format ?? named ?? "" } };
}

function dataUrl(mediaType: string, data: string): string {
  return `data:${mediaType};base64,${data}`;
}

function plainText(mediaType: string, data: string): string | undefined {
  return mediaType.startsWith("text/") ? Buffer.from(data, "base64").toString("utf8") : undefined;
}
