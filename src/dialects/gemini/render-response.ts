import type { ChatChoice, ChatResponse } from "../../canonical/chat-response.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { AnswerContext } from "../dialect.ts";
import { renderFinishReason } from "./finish-reason.ts";
import { renderLogprobs } from "./logprobs.ts";
import { renderAnswerPart, renderFirstCall } from "./render-answer-part.ts";
import { type CitedText, renderCitations } from "./render-citations.ts";
import { renderUsage } from "./usage.ts";

const BLOCK_REASONS: readonly string[] = [
  "SAFETY",
  "OTHER",
  "BLOCKLIST",
  "PROHIBITED_CONTENT",
  "IMAGE_SAFETY",
  "MODEL_ARMOR",
  "JAILBREAK",
];

/** A whole answer in Gemini's words. Wire format: https://ai.google.dev/api/generate-content#GenerateContentResponse */
export function renderResponse(response: ChatResponse, { model }: AnswerContext): JsonObject {
  const { id, choices, usage, promptBlocked } = response;
  return {
    ...(promptBlocked === undefined
      ? { candidates: choices.map(renderCandidate) }
      : { promptFeedback: renderBlock(promptBlocked) }),
    ...(usage !== undefined && { usageMetadata: renderUsage(usage) }),
    modelVersion: model,
    responseId: id,
  };
}

/** The inverse of `readBlock`; reasons of other vendors are `OTHER`, with their words. */
function renderBlock(words: string): JsonObject {
  const [reason = "", ...rest] = words.split(": ");
  if (!BLOCK_REASONS.includes(reason)) return { blockReason: "OTHER", blockReasonMessage: words };
  return { blockReason: reason, ...(rest.length > 0 && { blockReasonMessage: rest.join(": ") }) };
}

function renderCandidate({ index, content, finishReason, logprobs }: ChatChoice): JsonObject {
  const parts: JsonObject[] = [];
  const cited: CitedText[] = [];
  let isBroken = false;
  for (const part of content) {
    const rendered = renderAnswerPart(part);
    if (rendered === undefined) {
      isBroken ||= part.type === "tool-call";
      continue;
    }
    if (part.type === "text" && part.citations !== undefined) {
      cited.push({ partIndex: parts.length, text: part.text, citations: part.citations });
    }
    const isFirstCall =
      part.type === "tool-call" && !parts.some((other) => other["functionCall"] !== undefined);
    parts.push(isFirstCall ? renderFirstCall(rendered) : rendered);
  }
  const reason = renderFinishReason(finishReason);
  return {
    content: { parts, role: "model" },
    finishReason: isBroken && reason === "STOP" ? "MALFORMED_FUNCTION_CALL" : reason,
    index,
    ...renderCitations(cited),
    ...renderLogprobs(logprobs),
  };
}
