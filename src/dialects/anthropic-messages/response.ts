import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { AssistantPart } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { unlessMalformed } from "../malformed-call.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readAnswerBlocks } from "./read-answer-blocks.ts";
import { readServiceTier } from "./service-tier.ts";
import { readUsage } from "./usage.ts";

/** A whole answer; `undefined` where the value is none. Wire format: https://docs.anthropic.com/en/api/messages */
export function parseResponse(answer: JsonObject, upstreamModel: string): ChatResponse | undefined {
  return unlessMalformed(() => readAnswer(answer, upstreamModel));
}

function readAnswer(answer: JsonObject, upstreamModel: string): ChatResponse | undefined {
  const { id, model, content, stop_reason, stop_sequence, stop_details } = answer;
  if (answer["type"] !== "message" || !Array.isArray(content)) return undefined;
  const parts: AssistantPart[] = readAnswerBlocks(content as readonly unknown[]).map(asAnswer);
  const explanation = refusalOf(stop_details);
  if (explanation !== undefined && !parts.some(({ type }) => type === "text"))
    parts.push({ type: "refusal", text: explanation });
  const usage = readUsage(answer["usage"]);
  const serviceTier = tierOf(answer["usage"]);
  const hasToolCalls = parts.some(({ type }) => type === "tool-call");
  return {
    id: typeof id === "string" ? id : newAnswerId(),
    model: typeof model === "string" ? model : upstreamModel,
    choices: [
      {
        index: 0,
        content: parts,
        finishReason: readFinishReason(stop_reason, hasToolCalls),
        ...(typeof stop_sequence === "string" && { stopText: stop_sequence }),
      },
    ],
    ...(usage !== undefined && { usage }),
    ...(serviceTier !== undefined && { serviceTier }),
  };
}

/** An id for an answer that came without one. */
export function newAnswerId(): string {
  return `msg_${crypto.randomUUID().replaceAll("-", "")}`;
}

/** Anthropic's words about why it refused; `undefined` where it has none. */
export function refusalOf(details: unknown): string | undefined {
  const explanation = isJsonObject(details) ? details["explanation"] : undefined;
  return typeof explanation === "string" && explanation !== "" ? explanation : undefined;
}

/** The tier in a usage, by its canonical name. */
export function tierOf(usage: unknown): string | undefined {
  const tier = isJsonObject(usage) ? usage["service_tier"] : undefined;
  return typeof tier === "string" ? readServiceTier(tier) : undefined;
}

/** What the tool that stands in for a structured answer was called with is the answer's text. */
function asAnswer(part: AssistantPart): AssistantPart {
  return part.type === "tool-call" && part.name === answerToolName
    ? { ...answerPart, text: part.arguments }
    : part;
}
