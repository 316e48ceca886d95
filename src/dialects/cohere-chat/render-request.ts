import type { ChatRequest, ChatRequestField } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { RenderedRequest, TargetTraits } from "../dialect.ts";
import { bothChanges } from "../emulation/both-changes.ts";
import { onlyAnswer } from "../emulation/only-answer.ts";
import { emulateStopTexts } from "../emulation/stop-texts.ts";
import { mayCallOnce } from "../single-call.ts";
import { renderMessages } from "./render-messages.ts";
import { renderReasoning } from "./render-reasoning.ts";
import { renderSampling } from "./render-sampling.ts";
import { renderTools } from "./render-tools.ts";

/** Members that change nothing about the answer when they are left out. */
const HARMLESS: readonly ChatRequestField[] = [
  "serviceTier",
  "endUser",
  "metadata",
  "promptCacheKey",
  "store",
  "verbosity",
];
/** Members that Cohere has no words for. */
const UNKNOWN: readonly ChatRequestField[] = ["repetitionPenalty", "minP", "logitBias", "speech"];

/** Stop texts that Cohere takes at most. */
const MAX_STOPS = 5;

/** A request in Cohere's words. Wire format: https://docs.cohere.com/v2/reference/chat */
export function renderRequest(request: ChatRequest, traits: TargetTraits): RenderedRequest {
  const losses: Loss[] = [];
  const { messages, documents, citations } = renderMessages(request, traits, losses);
  const tools = renderTools(request, traits, documents.length > 0, losses);
  const safety = renderSafety(request, tools.members["tools"] !== undefined || documents.length > 0, losses);
  const { maxOutputTokens, stop = [], logprobs } = request;
  noteLosses(request, losses);
  const loseStop = (reason: string): void =>
    void losses.push({ path: { field: "stop" }, isHarmless: false, reason });
  // The vendor looks for as many as it takes, the gateway for all of them.
  const cut = stop.length > MAX_STOPS ? emulateStopTexts(request, loseStop) : undefined;
  const change = bothChanges(tools.hasAnswerTool ? onlyAnswer : undefined, cut);
  const body: JsonObject = {
    model: traits.upstreamModel,
    messages,
    stream: request.stream,
    ...(documents.length > 0 && { documents }),
    ...(documents.length > 0 && !citations && { citation_options: { mode: "OFF" } }),
    ...tools.members,
    ...renderReasoning(request, traits, losses),
    ...renderSampling(request, losses),
    ...(maxOutputTokens !== undefined && { max_tokens: maxOutputTokens }),
    ...(stop.length > 0 && { stop_sequences: stop.slice(0, MAX_STOPS) }),
    ...(logprobs !== undefined && { logprobs: true }),
    ...(safety !== undefined && { safety_mode: safety }),
  };
  return { body, losses, ...(change !== undefined && { change }) };
}

/**
 * Cohere has one mode for all kinds of harm, and none beside tools or documents. The strict one stands for
 * thresholds that are lower than its own; nothing stands for higher ones.
 */
function renderSafety({ safety }: ChatRequest, isTaken: boolean, losses: Loss[]): string | undefined {
  if (safety === undefined || safety.length === 0) return undefined;
  if (!isTaken && safety.every(({ threshold }) => threshold === "BLOCK_LOW_AND_ABOVE")) return "STRICT";
  losses.push({
    path: { field: "safety" },
    isHarmless: true,
    reason: isTaken ? "cannot be told to Cohere beside tools or documents" : "has no counterpart in Cohere",
  });
  return undefined;
}

function noteLosses(request: ChatRequest, losses: Loss[]): void {
  const lose = (
    field: ChatRequestField,
    isHarmless: boolean,
    reason = "has no counterpart in Cohere",
  ): void => void losses.push({ path: { field }, isHarmless, reason });
  for (const field of HARMLESS) if (request[field] !== undefined) lose(field, true);
  for (const field of UNKNOWN) if (request[field] !== undefined) lose(field, false);
  const { choices, logprobs, modalities, parallelToolCalls, tools } = request;
  if (choices !== undefined && choices > 1) lose("choices", false, "can be 1 only for Cohere");
  if (logprobs !== undefined && logprobs > 0) lose("logprobs", false, "can be had without alternatives only");
  if (modalities?.some((modality) => modality !== "text") === true)
    lose("modalities", false, "can be text only for Cohere");
  if (parallelToolCalls === false && tools !== undefined)
    lose("parallelToolCalls", mayCallOnce(request), "cannot be switched off for Cohere");
}
