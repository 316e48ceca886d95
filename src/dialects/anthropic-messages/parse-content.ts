import type {
  CacheMarker,
  FilePart,
  ImagePart,
  MediaSource,
  PartBase,
  TextPart,
  ToolResultPart,
  VendorPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { memberStandsAt, standsAt } from "../origins.ts";
import { readCitations } from "./citation.ts";
import { base64At, booleanAt, listAt, objectAt, optional, stringAt, wrong } from "./field-reader.ts";
import { noteBlock } from "./known-members.ts";

/** The mark for the prompt cache of a block, or of the request (an empty path), as a member to be spread. Wire format: https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching */
export function readCache(block: JsonObject, path: string): { readonly cache?: CacheMarker } {
  const param = path === "" ? "cache_control" : `${path}.cache_control`;
  const control = optional(block["cache_control"], param, objectAt);
  if (control === undefined) return {};
  if (control["type"] !== "ephemeral") throw wrong(`${param}.type`, "has to be `ephemeral`");
  const ttl = optional(control["ttl"], `${param}.ttl`, stringAt);
  if (ttl === undefined) return { cache: {} };
  if (ttl !== "5m" && ttl !== "1h") throw wrong(`${param}.ttl`, "has to be `5m` or `1h`");
  return { cache: { ttl } };
}

/** Notes where such a mark stands. */
export function cacheStandsAt<Marked extends PartBase>(marked: Marked, path: string): Marked {
  if (marked.cache !== undefined) memberStandsAt(marked, "cache", `${path}.cache_control`);
  return marked;
}

/** Content that is a string or a list of blocks, as blocks with their paths. */
export function readBlocks(
  content: unknown,
  path: string,
): readonly { readonly block: JsonObject; readonly path: string }[] {
  if (typeof content === "string") return [{ block: { type: "text", text: content }, path }];
  if (!Array.isArray(content)) throw wrong(path, "has to be a string or a list of content blocks");
  return (content as readonly unknown[]).map((block, index) => {
    const at = `${path}[${index}]`;
    const members = objectAt(block, at);
    stringAt(members["type"], `${at}.type`);
    return { block: members, path: at };
  });
}

/** Content that takes words only. */
export function parseTexts(content: unknown, path: string, losses: Loss[]): readonly TextPart[] {
  return readBlocks(content, path).map(({ block, path: at }) => {
    noteBlock(block, at, losses);
    if (block["type"] !== "text") throw wrong(`${at}.type`, "has to be `text`");
    return standsAt(parseText(block, at), at);
  });
}

/** A block of words. */
export function parseText(block: JsonObject, path: string): TextPart {
  const text = stringAt(block["text"], `${path}.text`);
  const citations = readCitations(optional(block["citations"], `${path}.citations`, listAt));
  const { cache } = readCache(block, path);
  // Most blocks are plain words, and long conversations have many of them.
  if (citations.length === 0 && cache === undefined) return { type: "text", text };
  const part: TextPart = {
    type: "text",
    text,
    ...(citations.length > 0 && { citations }),
    ...(cache !== undefined && { cache }),
  };
  return cacheStandsAt(part, path);
}

/**
 * A block of the user's turn or of a tool's result. What only Anthropic knows stays as it is.
 * Wire format: https://docs.anthropic.com/en/api/messages (`messages`)
 */
export function parseInput(block: JsonObject, path: string, losses: Loss[]): ToolResultPart {
  noteBlock(block, path, losses);
  switch (block["type"]) {
    case "text":
      return parseText(block, path);
    case "image":
      return parseImage(block, path, losses);
    case "document":
      return parseDocument(block, path);
    default:
      return ownPart(block);
  }
}

/** A block that only Anthropic knows. */
export function ownPart(block: JsonObject): VendorPart {
  return { type: "vendor", dialect: "anthropic-messages", value: block };
}

function parseImage(block: JsonObject, path: string, losses: Loss[]): ImagePart {
  const source = parseSource(objectAt(block["source"], `${path}.source`), `${path}.source`);
  if (isJsonObject(block["transformations"])) {
    const reason = "can be told to Anthropic only";
    losses.push({ path: `${path}.transformations`, isHarmless: true, reason });
  }
  return cacheStandsAt({ type: "image", source, ...readCache(block, path) }, path);
}

function parseSource(source: JsonObject, path: string): MediaSource {
  switch (source["type"]) {
    case "base64":
      return {
        kind: "base64",
        mediaType: stringAt(source["media_type"], `${path}.media_type`),
        data: base64At(source["data"], `${path}.data`),
      };
    case "url":
      return { kind: "url", url: stringAt(source["url"], `${path}.url`) };
    case "file": {
      const id = stringAt(source["file_id"], `${path}.file_id`);
      return { kind: "file-id", dialect: "anthropic-messages", id };
    }
    default:
      throw wrong(`${path}.type`, "is no source that this block can have");
  }
}

function parseDocument(block: JsonObject, path: string): FilePart | VendorPart {
  const at = `${path}.source`;
  const source = objectAt(block["source"], at);
  const name = optional(block["title"], `${path}.title`, stringAt);
  const context = optional(block["context"], `${path}.context`, stringAt);
  const config = optional(block["citations"], `${path}.citations`, objectAt);
  const citations = optional(config?.["enabled"], `${path}.citations.enabled`, booleanAt);
  const bytes = documentSource(source, at);
  // Pieces that are pictures have no place but Anthropic's.
  if (bytes === undefined) return ownPart(block);
  const part: FilePart = {
    type: "file",
    ...bytes,
    ...(name !== undefined && { name }),
    ...(context !== undefined && { context }),
    ...(citations !== undefined && { citations }),
    ...readCache(block, path),
  };
  return cacheStandsAt(part, path);
}

function documentSource(source: JsonObject, path: string): Pick<FilePart, "source" | "chunks"> | undefined {
  if (source["type"] === "text") return { source: textSource(stringAt(source["data"], `${path}.data`)) };
  if (source["type"] === "url") {
    // Documents at a URL are PDFs.
    const url = stringAt(source["url"], `${path}.url`);
    return { source: { kind: "url", url, mediaType: "application/pdf" } };
  }
  if (source["type"] !== "content") return { source: parseSource(source, path) };
  const chunks: string[] = [];
  for (const { block, path: at } of readBlocks(source["content"], `${path}.content`)) {
    if (block["type"] !== "text") return undefined;
    chunks.push(stringAt(block["text"], `${at}.text`));
  }
  return { source: textSource(chunks.join("\n")), chunks };
}

function textSource(text: string): MediaSource {
  return { kind: "base64", mediaType: "text/plain", data: Buffer.from(text).toString("base64") };
}
