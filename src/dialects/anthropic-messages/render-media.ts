import type { FilePart, MediaSource } from "../../canonical/content.ts";
import type { JsonObject } from "../../kernel/json.ts";

const IMAGES: Readonly<Record<string, string>> = {
  "image/png": "image/png",
  "image/jpeg": "image/jpeg",
  "image/jpg": "image/jpeg",
  "image/gif": "image/gif",
  "image/webp": "image/webp",
};

/** Types of files that are text although their name does not begin with `text/`. */
const TEXTS: ReadonlySet<string> = new Set([
  "application/json",
  "application/xml",
  "application/yaml",
  "application/x-yaml",
  "application/javascript",
]);

/** The source of a picture; `undefined` where Anthropic does not take it. Source: https://docs.anthropic.com/en/docs/build-with-claude/vision */
export function renderImage(source: MediaSource): JsonObject | undefined {
  switch (source.kind) {
    case "url":
      return { type: "url", url: source.url };
    case "file-id":
      return fileSource(source);
    case "base64": {
      const type = plainType(source.mediaType);
      return Object.hasOwn(IMAGES, type)
        ? { type: "base64", media_type: IMAGES[type], data: source.data }
        : undefined;
    }
  }
}

/** A document; `undefined` where Anthropic does not take it. Source: https://docs.anthropic.com/en/docs/build-with-claude/pdf-support */
export function renderDocument(part: FilePart, cache: JsonObject): JsonObject | undefined {
  const source = documentSource(part);
  if (source === undefined) return undefined;
  const { name, context, citations } = part;
  return {
    type: "document",
    source,
    ...(name !== undefined && { title: name }),
    ...(context !== undefined && { context }),
    ...(citations !== undefined && { citations: { enabled: citations } }),
    ...cache,
  };
}

function documentSource({ source, chunks }: FilePart): JsonObject | undefined {
  if (chunks !== undefined)
    return { type: "content", content: chunks.map((text) => ({ type: "text", text })) };
  if (source.kind === "file-id") return fileSource(source);
  const type = source.mediaType === undefined ? "application/pdf" : plainType(source.mediaType);
  if (source.kind === "url") return type === "application/pdf" ? { type: "url", url: source.url } : undefined;
  if (type === "application/pdf") return { type: "base64", media_type: type, data: source.data };
  if (!type.startsWith("text/") && !TEXTS.has(type)) return undefined;
  const data = Buffer.from(source.data, "base64").toString();
  return { type: "text", media_type: "text/plain", data };
}

function fileSource({ dialect, id }: MediaSource & { readonly kind: "file-id" }): JsonObject | undefined {
  return dialect === "anthropic-messages" ? { type: "file", file_id: id } : undefined;
}

function plainType(mediaType: string): string {
  return mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
}
