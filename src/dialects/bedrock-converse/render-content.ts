import type {
  AssistantPart,
  FilePart,
  ImagePart,
  ReasoningPart,
  ToolResultPart,
  UserPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { argumentsAsSaid } from "../call-arguments.ts";
import { noteCitations } from "../note-citations.ts";
import { documentFormat, documentName, imageFormat } from "./media-format.ts";
import { isClaude } from "./render-reasoning.ts";

type Part = UserPart | AssistantPart | ToolResultPart;

/**
 * Parts of a message as Bedrock's content blocks. What has no counterpart is told to `losses`.
 * @param model the vendor's id, since models of one family can read each other's seals
 */
export function renderContent(
  parts: readonly Part[],
  path: string,
  model: string,
  losses: Loss[],
): JsonObject[] {
  const blocks: JsonObject[] = [];
  for (const [index, part] of parts.entries()) {
    const block = renderPart(part, `${path}.content[${index}]`, index, model, losses);
    if (block === undefined) continue;
    blocks.push(block);
    if ("cache" in part && part.cache !== undefined) blocks.push(cachePoint(part.cache.ttl));
  }
  return blocks;
}

/** Bedrock marks the end of what is to be cached with a block of its own. */
export function cachePoint(ttl: string | undefined): JsonObject {
  return { cachePoint: { type: "default", ...(ttl !== undefined && { ttl }) } };
}

function renderPart(
  part: Part,
  path: string,
  index: number,
  model: string,
  losses: Loss[],
): JsonObject | undefined {
  const lose = (reason: string, isHarmless = false): undefined => {
    losses.push({ path, isHarmless, reason });
    return undefined;
  };
  noteCitations(part, path, "Amazon Bedrock", losses);
  switch (part.type) {
    case "text":
    case "refusal":
      // Bedrock refuses blocks without words.
      return part.text.trim() === "" ? undefined : { text: part.text };
    case "image":
      if (part.detail !== undefined && part.detail !== "auto") {
        const reason = "cannot be told to Amazon Bedrock";
        losses.push({ path: `${path}.detail`, isHarmless: true, reason });
      }
      return (
        renderImage(part) ?? lose("has to be a PNG, JPEG, GIF or WebP picture as base64 for Amazon Bedrock")
      );
    case "file":
      return renderDocument(part, index) ?? lose("is no document that Amazon Bedrock takes, as base64");
    case "tool-call":
      return { toolUse: { toolUseId: part.id, name: part.name, input: argumentsAsSaid(part.arguments) } };
    case "reasoning":
      return renderThinking(part, model) ?? lose("is the thinking of another vendor", true);
    case "vendor":
      return part.dialect === "bedrock-converse" && isJsonObject(part.value)
        ? (part.value as JsonObject)
        : lose("has no counterpart in Amazon Bedrock");
    case "spoken":
      return part.transcript === undefined
        ? lose("has no counterpart in Amazon Bedrock")
        : { text: part.transcript };
    default:
      return lose(`(${part.type}) has no counterpart in Amazon Bedrock`);
  }
}

/**
 * Claude takes its signatures from whatever platform they come.
 * Source: https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 */
function renderThinking(part: ReasoningPart, model: string): JsonObject | undefined {
  const { text, redacted, signature } = part;
  if (redacted?.dialect === "bedrock-converse")
    return { reasoningContent: { redactedContent: redacted.value } };
  const isKnown =
    signature?.dialect === "bedrock-converse" ||
    (signature?.dialect === "anthropic-messages" && isClaude(model));
  return isKnown ? { reasoningContent: { reasoningText: { text, signature: signature.value } } } : undefined;
}

function renderImage({ source }: ImagePart): JsonObject | undefined {
  const format = source.kind === "base64" ? imageFormat(source.mediaType) : undefined;
  return format === undefined || source.kind !== "base64"
    ? undefined
    : { image: { format, source: { bytes: source.data } } };
}

function renderDocument(
  { source, name, context, citations }: FilePart,
  index: number,
): JsonObject | undefined {
  const format = source.kind === "base64" ? documentFormat(source.mediaType) : undefined;
  if (format === undefined || source.kind !== "base64") return undefined;
  return {
    document: {
      format,
      name: documentName(name, index),
      source: { bytes: source.data },
      ...(context !== undefined && { context }),
      ...(citations === true && { citations: { enabled: true } }),
    },
  };
}
