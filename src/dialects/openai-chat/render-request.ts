import type { ChatRequest, ChatRequestField, ResponseFormat } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { mustCallOwnTool } from "../answer-tool.ts";
import type { RenderedRequest, TargetPaths, TargetTraits } from "../dialect.ts";
import { bothChanges } from "../emulation/both-changes.ts";
import { onlyAnswer } from "../emulation/only-answer.ts";
import { emulateStopTexts } from "../emulation/stop-texts.ts";
import { withoutSampling } from "../without-sampling.ts";
import { type RenderContext, renderContext } from "./render-context.ts";
import { renderMessages } from "./render-messages.ts";
import { renderReasoning } from "./render-reasoning.ts";
import { renderTools } from "./render-tools.ts";

const PATHS: TargetPaths = { whole: "/chat/completions", stream: "/chat/completions" };

/** Members that change nothing about the answer when they are left out. */
const HARMLESS: ReadonlySet<ChatRequestField> = new Set([
  "serviceTier",
  "endUser",
  "metadata",
  "promptCacheKey",
  "store",
  "verbosity",
  "safety",
  "seed",
]);

/** Members that some vendors of this dialect know although OpenAI does not, with their names. */
const MORE: readonly (readonly [field: "topK" | "minP" | "repetitionPenalty", name: string])[] = [
  ["topK", "top_k"],
  ["minP", "min_p"],
  ["repetitionPenalty", "repetition_penalty"],
];

/** The path is the same for all models. */
export function paths(): TargetPaths {
  return PATHS;
}

/** A request in the vendor's words. Wire format: https://platform.openai.com/docs/api-reference/chat/create */
export function renderRequest(asked: ChatRequest, traits: TargetTraits): RenderedRequest {
  const context = renderContext(traits);
  const request = withoutRefused(
    withoutSampling(asked, traits, ({ path, reason, isHarmless }) => context.lose(path, reason, isHarmless)),
    context,
  );
  const { quirks } = context;
  const lacksSchema = cannotFollowSchema(request, context);
  const isEmulated = lacksSchema && needsAnswerTool(request, context);
  const isContinued = quirks.prefix === "continue_final_message" && endsWithPrefix(request);
  const body: JsonObject = {
    model: traits.upstreamModel,
    messages: renderMessages(request.messages, context),
    ...(request.stream && { stream: true }),
    // Without it there is no usage to be had, whatever the caller wants to see of it.
    ...(request.stream && quirks.streamOptions && { stream_options: { include_usage: true } }),
    ...renderLimits(request, context),
    ...renderTools(request, isEmulated, context),
    ...(!lacksSchema && renderFormat(request.responseFormat)),
    ...renderReasoning(request, isEmulated || mustCallOwnTool(request), context),
    ...renderModalities(request, context),
    ...renderRest(request, context),
    ...(isContinued && { continue_final_message: true, add_generation_prompt: false }),
  };
  // The vendor looks for as many as it takes, the gateway for all of them.
  const cut =
    quirks.less.includes("stop") || (asked.stop ?? []).length > quirks.stops
      ? emulateStopTexts(asked, (reason) => context.loseField("stop", reason))
      : undefined;
  const change = bothChanges(isEmulated ? onlyAnswer : undefined, cut);
  return { body, losses: context.losses, ...(change !== undefined && { change }) };
}

/** The request without what the vendor refuses. */
function withoutRefused(request: ChatRequest, { quirks, loseField }: RenderContext): ChatRequest {
  const { safety } = request;
  if (safety !== undefined) loseField("safety", "has no counterpart in Chat Completions", true);
  const refused = quirks.less.filter((field) => request[field] !== undefined);
  if (refused.length === 0) return request;
  const kept: Partial<Record<ChatRequestField, unknown>> = { ...request };
  for (const field of refused) {
    delete kept[field];
    const isNothing =
      // The gateway looks for them itself.
      field === "stop" ||
      (field === "choices" && request.choices === 1) ||
      (field === "parallelToolCalls" && (request.parallelToolCalls === true || request.tools === undefined));
    if (!isNothing) loseField(field, "is unknown to this provider", HARMLESS.has(field));
  }
  return kept as ChatRequest;
}

function renderLimits(request: ChatRequest, { quirks, loseField }: RenderContext): JsonObject {
  const { maxOutputTokens, temperature, topP, frequencyPenalty, presencePenalty, seed, stop } = request;
  const body: Record<string, number> = {};
  for (const [field, name] of MORE) {
    const value = request[field];
    if (value === undefined) continue;
    if (quirks.more.has(field)) body[name] = value;
    else loseField(field, "has no counterpart in Chat Completions");
  }
  return {
    ...(maxOutputTokens !== undefined && { [quirks.limit]: maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...body,
    ...(frequencyPenalty !== undefined && { frequency_penalty: frequencyPenalty }),
    ...(presencePenalty !== undefined && { presence_penalty: presencePenalty }),
    ...(seed !== undefined && { [quirks.seed]: seed }),
    ...(stop !== undefined && { stop: stop.slice(0, quirks.stops) }),
  };
}

function renderModalities(request: ChatRequest, { quirks, loseField }: RenderContext): JsonObject {
  const { modalities, speech } = request;
  if (modalities?.includes("image") === true && !quirks.imageOutput)
    loseField("modalities", "cannot include images for this provider");
  return {
    ...(modalities !== undefined && { modalities }),
    ...(speech !== undefined && { audio: { ...speech } }),
  };
}

function renderRest(request: ChatRequest, { quirks, loseField }: RenderContext): JsonObject {
  const { choices, logprobs, logitBias, verbosity, serviceTier } = request;
  const { endUser, metadata, promptCacheKey, store } = request;
  const isKept = metadata !== undefined && (store === true || !quirks.metadataNeedsStore);
  if (metadata !== undefined && !isKept) loseField("metadata", "is for stored answers only", true);
  return {
    ...(choices !== undefined && { n: choices }),
    ...(logprobs !== undefined && { logprobs: true }),
    ...(logprobs !== undefined && logprobs > 0 && { top_logprobs: logprobs }),
    ...(logitBias !== undefined && { logit_bias: logitBias }),
    ...(verbosity !== undefined && { verbosity }),
    ...(serviceTier !== undefined && { service_tier: serviceTier }),
    ...(endUser !== undefined && { [quirks.endUser]: endUser }),
    ...(isKept && { metadata }),
    ...(promptCacheKey !== undefined && { prompt_cache_key: promptCacheKey }),
    ...(store !== undefined && { store }),
  };
}

function renderFormat(format: ResponseFormat | undefined): JsonObject {
  if (format === undefined) return {};
  if (format.type === "text") return { response_format: { type: "text" } };
  if (format.type === "json") return { response_format: { type: "json_object" } };
  const { name = "answer", description, schema, strict } = format;
  return {
    response_format: {
      type: "json_schema",
      json_schema: {
        name,
        ...(description !== undefined && { description }),
        schema,
        ...(strict !== undefined && { strict }),
      },
    },
  };
}

/** Whether the answer has to follow a schema, which the vendor or the model does not know. */
function cannotFollowSchema({ responseFormat }: ChatRequest, { quirks, lacks }: RenderContext): boolean {
  return responseFormat?.type === "json-schema" && (!quirks.jsonSchema || lacks.has("json-schema"));
}

/** Whether a tool has to stand in for such a schema in this turn. */
function needsAnswerTool(request: ChatRequest, { quirks, lacks, loseField }: RenderContext): boolean {
  const canForce = !lacks.has("tools") && quirks.toolChoice === "forced";
  if (!canForce) loseField("responseFormat", "has no counterpart for this model");
  return canForce && !mustCallOwnTool(request);
}

function endsWithPrefix({ messages }: ChatRequest): boolean {
  const last = messages.at(-1);
  return last?.role === "assistant" && last.isPrefix === true;
}
