import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { AssistantPart, Citation } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { argumentsObject } from "../call-arguments.ts";
import type { AnswerContext } from "../dialect.ts";
import { renderCitation } from "./citation.ts";
import { renderFinishReason } from "./finish-reason.ts";
import { messageId } from "./message-id.ts";
import { refusalDetails } from "./refusal-details.ts";
import { sealReasoning, sealRedacted } from "./sealed-reasoning.ts";
import { seal } from "./sealed-signature.ts";
import { renderAnswerTier } from "./service-tier.ts";
import { renderUsage } from "./usage.ts";

/**
 * A whole answer for a caller. Of several answers the first is told: callers of this dialect cannot ask for more.
 * Wire format: https://docs.anthropic.com/en/api/messages
 */
export function renderResponse(response: ChatResponse, context: AnswerContext): JsonObject {
  const { id, choices, usage, serviceTier, promptBlocked } = response;
  const [choice] = choices;
  const parts = choice?.content ?? [];
  const declined = parts.map((part) => (part.type === "refusal" ? part.text : "")).join("");
  const refusal = declined === "" ? promptBlocked : declined;
  const reason = choice?.finishReason ?? "other";
  const isRefusal = refusal !== undefined && reason === "stop";
  return {
    id: messageId(id, context),
    type: "message",
    role: "assistant",
    model: context.model,
    content: parts.flatMap(renderBlocks),
    stop_reason: renderFinishReason(isRefusal ? "refusal" : reason),
    stop_sequence: choice?.stopText ?? null,
    stop_details: refusalDetails(refusal),
    container: null,
    diagnostics: null,
    usage: renderUsage(usage, renderAnswerTier(serviceTier)),
  };
}

/** One part as blocks: mostly one, two where a signature has no place in it, none where it has no counterpart. */
function renderBlocks(part: AssistantPart): readonly JsonObject[] {
  switch (part.type) {
    case "text":
      return [textBlock(part.text, part.citations), ...sealedBlocks(part)];
    case "refusal":
      return [textBlock(part.text)];
    case "spoken":
      return part.transcript === undefined ? [] : [textBlock(part.transcript)];
    case "reasoning":
      if (part.redacted !== undefined)
        return [{ type: "redacted_thinking", data: sealRedacted(part.redacted, part.id) }];
      return [{ type: "thinking", thinking: part.text, signature: sealReasoning(part) }];
    case "tool-call": {
      const input = argumentsObject(part.arguments);
      // Its end was cut with the answer's, as the stop reason says; see `cannotTell`.
      return input === undefined ? [] : [{ ...toolUseBlock(part), input }, ...sealedBlocks(part)];
    }
    case "vendor":
      return part.dialect === "anthropic-messages" && isJsonObject(part.value)
        ? [part.value as JsonObject]
        : [];
    case "image":
      // Its answers hold no pictures, and its callers cannot ask for any.
      return [];
  }
}

/** A block of words. */
export function textBlock(text: string, citations: readonly Citation[] = []): JsonObject {
  return { type: "text", text, ...(citations.length > 0 && { citations: citations.map(renderCitation) }) };
}

/** A call of a tool, its input left open. */
export function toolUseBlock({
  id,
  name,
  signature,
}: Pick<AssistantPart & { readonly type: "tool-call" }, "id" | "name" | "signature">): JsonObject {
  const caller = signature?.dialect === "anthropic-messages" ? tryParseJson(signature.value) : undefined;
  return {
    type: "tool_use",
    id,
    name,
    input: {},
    caller: { type: "direct" },
    ...(isJsonObject(caller) && (caller as JsonObject)),
  };
}

/** A block of its own for the signature that another vendor has put on words or on a call. */
export function sealedBlocks({
  signature,
}: Pick<AssistantPart & { readonly type: "tool-call" }, "signature">): readonly JsonObject[] {
  if (signature === undefined || signature.dialect === "anthropic-messages") return [];
  return [{ type: "thinking", thinking: "", signature: seal({ signature, isOfPrevious: true }) }];
}
