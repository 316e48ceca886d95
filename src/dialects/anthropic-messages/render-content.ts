import type {
  AssistantPart,
  CacheMarker,
  Citation,
  ReasoningPart,
  ToolCallPart,
  ToolResultPart,
  UserPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { argumentsAsSaid } from "../call-arguments.ts";
import { ownCitation } from "./citation.ts";
import { renderDocument, renderImage } from "./render-media.ts";

/** Something other than white space, which is all that `trim` takes away. */
const WORDS = /\S/;
const NO_CITATIONS: readonly Citation[] = [];

type Part = UserPart | AssistantPart | ToolResultPart;

/** Parts of a message as Anthropic's content blocks. What has no counterpart is told to `losses`. */
export function renderContent(parts: readonly Part[], path: string, losses: Loss[]): JsonObject[] {
  const blocks: JsonObject[] = [];
  for (const [index, part] of parts.entries()) {
    const block = renderPart(part, `${path}.content[${index}]`, losses);
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}

/** The mark up to which the prompt is cached. Source: https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching */
export function cacheControl(cache: CacheMarker | undefined): JsonObject {
  if (cache === undefined) return {};
  const { ttl } = cache;
  return { cache_control: { type: "ephemeral", ...(ttl !== undefined && { ttl }) } };
}

/** An id of a tool call: Anthropic takes letters, digits, `_` and `-` only, other vendors make others. */
export function toolUseId(id: string): string {
  return id.replace(/[^\w-]/g, "_");
}

function renderPart(part: Part, path: string, losses: Loss[]): JsonObject | undefined {
  const lose = (reason: string, isHarmless = false): undefined => {
    losses.push({ path, isHarmless, reason });
    return undefined;
  };
  const cache = "cache" in part ? part.cache : undefined;
  switch (part.type) {
    case "text":
      return renderText(part.text, part.citations ?? NO_CITATIONS, cache, lose);
    case "refusal":
      return renderText(part.text, NO_CITATIONS, undefined, lose);
    case "image": {
      const source = renderImage(part.source);
      if (source === undefined) return lose("has to be a PNG, JPEG, GIF or WebP picture for Anthropic");
      if (part.detail === "low" || part.detail === "high")
        losses.push({ path: `${path}.detail`, isHarmless: true, reason: "has no counterpart in Anthropic" });
      return { type: "image", source, ...cacheControl(cache) };
    }
    case "file":
      return renderDocument(part, cacheControl(cache)) ?? lose("has to be a PDF or plain text for Anthropic");
    case "tool-call":
      return { ...renderToolUse(part), ...cacheControl(cache) };
    case "reasoning":
      return renderThinking(part) ?? lose("is thinking that Anthropic has not signed", true);
    case "vendor":
      return part.dialect === "anthropic-messages" && isJsonObject(part.value)
        ? (part.value as JsonObject)
        : lose("has no counterpart in Anthropic");
    case "spoken":
      if (part.transcript === undefined) return lose("has no counterpart in Anthropic");
      return renderText(part.transcript, NO_CITATIONS, undefined, lose);
    case "audio":
      return lose("is sound, which Anthropic does not take");
  }
}

/** Anthropic refuses blocks without words. Citations are its own only. */
function renderText(
  text: string,
  citations: readonly Citation[],
  cache: CacheMarker | undefined,
  lose: (reason: string, isHarmless: boolean) => undefined,
): JsonObject | undefined {
  if (!WORDS.test(text)) return undefined;
  // Most blocks are plain words, and long conversations have many of them.
  if (citations.length === 0 && cache === undefined) return { type: "text", text };
  const own = citations.map(ownCitation).filter((citation) => citation !== undefined);
  if (own.length < citations.length) lose("has citations of another vendor", true);
  return { type: "text", text, ...(own.length > 0 && { citations: own }), ...cacheControl(cache) };
}

function renderToolUse({ id, name, arguments: text, signature }: ToolCallPart): JsonObject {
  const caller = signature?.dialect === "anthropic-messages" ? tryParseJson(signature.value) : undefined;
  const input = argumentsAsSaid(text);
  return {
    type: "tool_use",
    id: toolUseId(id),
    name,
    input,
    ...(isJsonObject(caller) && (caller as JsonObject)),
  };
}

/** Thinking goes back as it came, or not at all. */
function renderThinking({ text, signature, redacted }: ReasoningPart): JsonObject | undefined {
  if (redacted?.dialect === "anthropic-messages") return { type: "redacted_thinking", data: redacted.value };
  if (signature?.dialect !== "anthropic-messages") return undefined;
  return { type: "thinking", thinking: text, signature: signature.value };
}
