import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type { AssistantPart, ReasoningPart, Signature } from "../../canonical/content.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { renderAnnotation } from "./citation.ts";
import { renderLogprobs } from "./logprobs.ts";
import { reasoningItem } from "./render-reasoning.ts";
import { seal } from "./seal.ts";

/** Whether an item is whole. */
export type ItemStatus = "in_progress" | "completed" | "incomplete";

/** A message of the model. Wire format: https://platform.openai.com/docs/api-reference/responses/object (`output`) */
export function messageItem(
  id: string,
  status: ItemStatus,
  content: readonly JsonObject[],
  phase: string | undefined,
): JsonObject {
  return {
    id,
    type: "message",
    status,
    role: "assistant",
    content,
    ...(phase !== undefined && { phase }),
  };
}

/** A text as part of a message. */
export function outputText(
  text: string,
  annotations: readonly JsonObject[],
  logprobs: readonly TokenLogprob[],
): JsonObject {
  return { type: "output_text", text, annotations, logprobs: renderLogprobs(logprobs) };
}

/** A part of a message; `undefined` for what is an item of its own or has no counterpart. */
export function messagePart(part: AssistantPart, logprobs: readonly TokenLogprob[]): JsonObject | undefined {
  switch (part.type) {
    case "text": {
      const { text, citations = [] } = part;
      const annotations = citations.map((citation) => renderAnnotation(citation, text.length));
      return outputText(text, annotations, logprobs);
    }
    case "refusal":
      return { type: "refusal", refusal: part.text };
    case "spoken":
      return part.transcript === undefined ? undefined : outputText(part.transcript, [], logprobs);
    case "image":
      return part.source.kind === "url" ? outputText(`![](${part.source.url})`, [], []) : undefined;
    default:
      return undefined;
  }
}

/** A call of a function. */
export function callItem(
  id: string,
  status: ItemStatus,
  call: { readonly id: string; readonly name: string },
  text: string,
): JsonObject {
  return { id, type: "function_call", status, arguments: text, call_id: call.id, name: call.name };
}

/** A picture that the model has made. */
export function imageItem(id: string, base64: string): JsonObject {
  return { id, type: "image_generation_call", status: "completed", result: base64 };
}

/** Thinking, of however many parts, with what seals it. */
export function thinkingItem(
  id: string,
  parts: readonly ReasoningPart[],
  isSummary: (part: ReasoningPart) => boolean,
): JsonObject {
  return reasoningItem(parts, id, encryptedOf(parts), isSummary);
}

function encryptedOf(parts: readonly ReasoningPart[]): string | undefined {
  for (const { signature, redacted } of parts) {
    if (redacted !== undefined) return seal(redacted, "redacted");
    if (signature !== undefined) return seal(signature, "signature");
  }
  return undefined;
}

/**
 * Carries the signature of the item before, which has no place for it: thinking without words is what clients send
 * back unread. `undefined` where there is nothing to carry.
 */
export function carrierItem(id: string, signature: Signature | undefined): JsonObject | undefined {
  if (signature === undefined || signature.dialect === "openai-responses") return undefined;
  return { id, type: "reasoning", summary: [], encrypted_content: seal(signature, "before") };
}

/** Whether a text is a comment on the way or the answer, where the vendor has said so. */
export function phaseOf(signature: Signature | undefined): string | undefined {
  return signature?.dialect === "openai-responses" ? signature.value : undefined;
}
