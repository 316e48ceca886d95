import type { ChatRequest, ChatRequestField } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { answerToolWish } from "../answer-tool.ts";
import type { RenderedRequest, TargetPaths, TargetTraits } from "../dialect.ts";
import type { AnswerChange } from "../emulation/answer-change.ts";
import { bothChanges } from "../emulation/both-changes.ts";
import { onlyAnswer } from "../emulation/only-answer.ts";
import { emulateStopTexts } from "../emulation/stop-texts.ts";
import { callLacksThinking, lacksThinking } from "../open-call.ts";
import { answerForm } from "./answer-form.ts";
import { betaHeaders } from "./beta-headers.ts";
import { noteLosses } from "./note-losses.ts";
import { readQuirks } from "./quirks.ts";
import { isPrefill, type RenderedMessages, renderMessages } from "./render-messages.ts";
import { renderReasoning } from "./render-reasoning.ts";
import { renderSampling } from "./render-sampling.ts";
import { renderTools } from "./render-tools.ts";
import { renderServiceTier } from "./service-tier.ts";

/** Anthropic wants a limit in every request: this one where neither the caller nor the catalog names one. */
export const defaultMaxTokens = 4_096;

/** Version of the API in the body. Source: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/use-claude */
const VERTEX_VERSION = "vertex-2023-10-16";

/** On Vertex AI the model stands in the path, below `…/projects/<project>/locations/<location>`. */
export function paths(traits: TargetTraits): TargetPaths {
  if (!readQuirks(traits).isVertex) return { whole: "/messages", stream: "/messages" };
  const model = `/publishers/anthropic/models/${encodeURIComponent(traits.upstreamModel).replace("%40", "@")}`;
  return { whole: `${model}:rawPredict`, stream: `${model}:streamRawPredict` };
}

/** A request in Anthropic's words. Wire format: https://docs.anthropic.com/en/api/messages */
export function renderRequest(request: ChatRequest, traits: TargetTraits): RenderedRequest {
  const quirks = readQuirks(traits);
  const losses: Loss[] = [];
  const rendered = renderMessages(request.messages, quirks, losses);
  const form = answerForm(request, quirks, losses);
  const { tools, choice, isForced, isWished } = renderTools(request, form, quirks, losses);
  const hasBudget =
    quirks.thinking === "budget" ||
    (quirks.thinking === "either" && request.reasoning?.budgetTokens !== undefined);
  const bar = thinkingBar(request, rendered, isForced, hasBudget);
  const limit = lowest(request.maxOutputTokens, traits.maxOutputTokens);
  if (limit !== undefined && request.maxOutputTokens !== undefined && limit < request.maxOutputTokens) {
    const reason = `is ${limit} for this model of Anthropic, which writes no more`;
    losses.push({ path: { field: "maxOutputTokens" }, isHarmless: true, isChanged: true, reason });
  }
  const reasoning = renderReasoning(request, quirks, bar, limit, losses);
  const outputConfig = {
    ...(reasoning.effort !== undefined && { effort: reasoning.effort }),
    ...(form?.type === "format" && { format: form.format }),
  };
  if (isPrefill(request) && !quirks.hasPrefill) {
    const path = `messages[${request.messages.length - 1}]`;
    const reason = "is the model's own turn, from which this model of Anthropic does not go on";
    losses.push({ path, isHarmless: false, reason });
  }
  noteLosses(request, losses);
  const system = isWished ? [...rendered.system, { type: "text", text: answerToolWish }] : rendered.system;
  const stop = renderStop(request, losses);
  const body: JsonObject = {
    ...(quirks.isVertex ? { anthropic_version: VERTEX_VERSION } : { model: traits.upstreamModel }),
    max_tokens: limit ?? defaultMaxTokens + reasoning.budget,
    ...(system.length > 0 && { system }),
    messages: rendered.messages,
    ...(tools.length > 0 && { tools }),
    ...(choice !== undefined && { tool_choice: choice }),
    ...(reasoning.thinking !== undefined && { thinking: reasoning.thinking }),
    ...(Object.keys(outputConfig).length > 0 && { output_config: outputConfig }),
    ...renderSampling(request, quirks, reasoning.isOn, losses),
    ...(stop.told.length > 0 && { stop_sequences: stop.told }),
    ...renderTier(request, quirks.isVertex, losses),
    ...(request.endUser !== undefined && { metadata: { user_id: request.endUser } }),
    ...(request.stream && { stream: true }),
  };
  const headers = betaHeaders(tools, rendered.messages);
  const change = bothChanges(form?.type === "tool" ? onlyAnswer : undefined, stop.change);
  return { body, losses, headers, ...(change !== undefined && { change }) };
}

/** What in a request does not go together with thinking. */
function thinkingBar(
  request: ChatRequest,
  { messages }: RenderedMessages,
  isForced: boolean,
  hasBudget: boolean,
): string | undefined {
  if (isForced) return "a tool that must be used does not go with it";
  if (isPrefill(request)) return "a beginning of the answer does not go with it";
  const isResult = ({ type }: JsonObject): boolean => type === "tool_result";
  const isThinking = ({ type }: JsonObject): boolean => type === "thinking" || type === "redacted_thinking";
  return hasBudget && callLacksThinking(messages, isResult, isThinking) ? lacksThinking : undefined;
}

function lowest(asked: number | undefined, possible: number | undefined): number | undefined {
  return asked === undefined || possible === undefined ? (asked ?? possible) : Math.min(asked, possible);
}

/** Anthropic takes no stop text of white space alone: the gateway looks for those, and for all where there is one. */
function renderStop(
  request: ChatRequest,
  losses: Loss[],
): { readonly told: readonly string[]; readonly change: AnswerChange | undefined } {
  const { stop = [] } = request;
  const told = stop.filter((text) => text.trim() !== "");
  if (told.length === stop.length) return { told, change: undefined };
  const lose = (reason: string): void =>
    void losses.push({ path: { field: "stop" }, isHarmless: false, reason });
  return { told, change: emulateStopTexts(request, lose) };
}

/** Which tier serves a request changes its price and its wait, not its answer. */
function renderTier({ serviceTier }: ChatRequest, isVertex: boolean, losses: Loss[]): JsonObject {
  if (serviceTier === undefined) return {};
  const tier = isVertex ? undefined : renderServiceTier(serviceTier);
  if (tier !== undefined) return { service_tier: tier };
  const field: ChatRequestField = "serviceTier";
  if (serviceTier !== "auto")
    losses.push({ path: { field }, isHarmless: true, reason: "has no counterpart in Anthropic" });
  return {};
}
