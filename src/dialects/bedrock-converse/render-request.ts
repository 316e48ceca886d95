import type { ChatRequest, ChatRequestField } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import type { RenderedRequest, TargetPaths, TargetTraits } from "../dialect.ts";
import { onlyAnswer } from "../emulation/only-answer.ts";
import { mayCallOnce } from "../single-call.ts";
import { answerForm } from "./answer-form.ts";
import { renderMessages } from "./render-messages.ts";
import { isClaude, renderReasoning } from "./render-reasoning.ts";
import { withSampling } from "./render-sampling.ts";
import { isForced, renderTools } from "./render-tools.ts";

const HARMLESS: readonly ChatRequestField[] = [
  "endUser",
  "promptCacheKey",
  "store",
  "verbosity",
  "safety",
  "seed",
];
const UNKNOWN: readonly ChatRequestField[] = [
  "frequencyPenalty",
  "presencePenalty",
  "repetitionPenalty",
  "minP",
  "logprobs",
  "logitBias",
  "speech",
];

/** Where Claude's own answer names the stop text. Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html */
const STOP_TEXT_PATH = "/stop_sequence";

/** Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ServiceTier.html */
const SERVICE_TIERS: Readonly<Record<string, string>> = {
  default: "default",
  flex: "flex",
  priority: "priority",
};

/** Ids of models, which may be ARNs, stand in the path. */
export function paths({ upstreamModel }: TargetTraits): TargetPaths {
  const model = `/model/${encodeURIComponent(upstreamModel)}`;
  return { whole: `${model}/converse`, stream: `${model}/converse-stream` };
}

/** A request in Bedrock's words. Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export function renderRequest(request: ChatRequest, traits: TargetTraits): RenderedRequest {
  const losses: Loss[] = [];
  const { system: told, messages } = renderMessages(request.messages, traits.upstreamModel, losses);
  const form = answerForm(request, traits.upstreamModel);
  const { toolConfig, system: wished } = renderTools(request, form, traits, losses);
  const system = [...told, ...wished];
  const reasoning = renderReasoning(request, traits.upstreamModel, messages, isForced(toolConfig), losses);
  const sampled = withSampling(request, traits, isThinking(reasoning), losses);
  const inferenceConfig = renderInference(sampled);
  const extra = { ...reasoning, ...renderTopK(sampled, traits, losses) };
  const tier = renderTier(request, losses);
  noteLosses(request, losses);
  const body: JsonObject = {
    messages,
    ...(system.length > 0 && { system }),
    ...(Object.keys(inferenceConfig).length > 0 && { inferenceConfig }),
    ...(toolConfig !== undefined && { toolConfig }),
    ...(form.by === "config" && { outputConfig: form.config }),
    ...(Object.keys(extra).length > 0 && { additionalModelRequestFields: extra }),
    // Claude tells which stop text it has met, where it is asked.
    ...(request.stop !== undefined &&
      isClaude(traits.upstreamModel) && { additionalModelResponseFieldPaths: [STOP_TEXT_PATH] }),
    ...(request.metadata !== undefined && { requestMetadata: request.metadata }),
    ...(tier !== undefined && { serviceTier: { type: tier } }),
  };
  return { body, losses, ...(form.by === "tool" && { change: onlyAnswer }) };
}

/** Whether Claude is asked to think. */
function isThinking({ thinking }: JsonObject): boolean {
  return isJsonObject(thinking) && thinking["type"] !== "disabled";
}

function renderInference({ maxOutputTokens, temperature, topP, stop }: ChatRequest): JsonObject {
  return {
    ...(maxOutputTokens !== undefined && { maxTokens: maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stop !== undefined && { stopSequences: stop }),
  };
}

function renderTopK({ topK }: ChatRequest, { upstreamModel }: TargetTraits, losses: Loss[]): JsonObject {
  if (topK === undefined) return {};
  if (isClaude(upstreamModel)) return { top_k: topK };
  if (upstreamModel.includes("amazon.nova")) return { inferenceConfig: { topK } };
  losses.push({
    path: { field: "topK" },
    isHarmless: false,
    reason: "cannot be told to this model of Amazon Bedrock",
  });
  return {};
}

function renderTier({ serviceTier }: ChatRequest, losses: Loss[]): string | undefined {
  if (serviceTier === undefined || serviceTier === "auto") return undefined;
  const tier = Object.hasOwn(SERVICE_TIERS, serviceTier) ? SERVICE_TIERS[serviceTier] : undefined;
  if (tier === undefined)
    losses.push({
      path: { field: "serviceTier" },
      isHarmless: true,
      reason: "has no counterpart in Amazon Bedrock",
    });
  return tier;
}

function noteLosses(request: ChatRequest, losses: Loss[]): void {
  const reason = "has no counterpart in Amazon Bedrock";
  const lose = (field: ChatRequestField, isHarmless = false): void =>
    void losses.push({ path: { field }, isHarmless, reason });
  for (const field of HARMLESS) if (request[field] !== undefined) lose(field, true);
  for (const field of UNKNOWN) if (request[field] !== undefined) lose(field);
  if (request.choices !== undefined && request.choices > 1) lose("choices");
  if (request.parallelToolCalls === false && request.tools !== undefined)
    lose("parallelToolCalls", mayCallOnce(request));
  if (request.modalities?.some((modality) => modality !== "text") === true) lose("modalities");
}
