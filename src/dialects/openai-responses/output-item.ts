import type { AssistantPart, ImagePart, ReasoningPart, TextPart } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { argumentsText, callWord } from "../malformed-call.ts";
import { readAnnotations } from "./citation.ts";
import { imageTypeOf } from "./data-url.ts";
import { isOwnId } from "./item-id.ts";
import { unseal } from "./seal.ts";

/**
 * An item that the model has made, as parts of its message; what has no canonical form stays as it is.
 * @throws MalformedCallError
 * Wire format: https://platform.openai.com/docs/api-reference/responses/object (`output`)
 */
export function readOutputItem(item: JsonObject): readonly AssistantPart[] {
  switch (item["type"]) {
    case "message":
      return readMessage(item);
    case "reasoning":
      return readReasoning(item);
    case "function_call":
      return readCall(item);
    case "image_generation_call":
      return [readImage(item) ?? vendorPart(item)];
    default:
      return [vendorPart(item)];
  }
}

function vendorPart(value: JsonObject): AssistantPart {
  return { type: "vendor", dialect: "openai-responses", value };
}

function readMessage({ content, phase }: JsonObject): readonly AssistantPart[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown): AssistantPart[] => {
    if (!isJsonObject(part)) return [];
    const { type, text, refusal, annotations } = part;
    if (type === "refusal" && typeof refusal === "string") return [{ type: "refusal", text: refusal }];
    return type === "output_text" && typeof text === "string" ? [readText(text, annotations, phase)] : [];
  });
}

/**
 * A text with its citations.
 * @param phase whether it is a comment on the way or the answer; newer models want to see it again, so it is the
 *   text's signature
 */
export function readText(text: string, annotations: unknown, phase: unknown): TextPart {
  const citations = readAnnotations(annotations);
  return {
    type: "text",
    text,
    ...(citations.length > 0 && { citations }),
    ...(typeof phase === "string" && { signature: { dialect: "openai-responses", value: phase } }),
  };
}

function readCall({ call_id: id, name, arguments: given }: JsonObject): readonly AssistantPart[] {
  const call = { id: callWord(id, "id"), name: callWord(name, "name") };
  const text = argumentsText(given);
  return name === answerToolName
    ? [{ ...answerPart, text }]
    : [{ type: "tool-call", ...call, arguments: text }];
}

/** A picture that the model has made. Its id is its signature: a later turn names it by that. */
export function readImage({ id, result }: JsonObject): ImagePart | undefined {
  if (typeof result !== "string" || result === "") return undefined;
  return {
    type: "image",
    source: { kind: "base64", mediaType: imageTypeOf(result), data: result },
    ...(typeof id === "string" && !isOwnId(id) && { signature: { dialect: "openai-responses", value: id } }),
  };
}

/**
 * Thinking: each text of an item is a part of its own, all with the item's id, the last one with what is sealed.
 * Nothing where the item shows nothing and seals nothing.
 */
function readReasoning({
  id,
  summary,
  content,
  encrypted_content: sealed,
}: JsonObject): readonly ReasoningPart[] {
  const own = typeof id === "string" && id !== "" && !isOwnId(id) && { id };
  const parts: ReasoningPart[] = [
    ...textsOf(summary).map((text) => ({ type: "reasoning" as const, text, isSummary: true, ...own })),
    ...textsOf(content).map((text) => ({ type: "reasoning" as const, text, ...own })),
  ];
  if (typeof sealed !== "string" || sealed === "") return parts;
  const { kind, signature } = unseal(sealed);
  if (kind === "before") return [];
  const last = parts.pop();
  const isRedacted = kind === "redacted" || (last === undefined && signature.dialect === "openai-responses");
  if (isRedacted && last !== undefined) parts.push(last);
  parts.push(
    isRedacted || last === undefined
      ? { type: "reasoning", text: "", ...own, ...(isRedacted ? { redacted: signature } : { signature }) }
      : { ...last, signature },
  );
  return parts;
}

function textsOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((part: unknown) =>
    isJsonObject(part) && typeof part["text"] === "string" ? [part["text"]] : [],
  );
}
