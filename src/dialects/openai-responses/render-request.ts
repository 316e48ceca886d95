import type { ChatRequest, ChatRequestField, ResponseFormat } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { RenderedRequest, TargetPaths, TargetTraits } from "../dialect.ts";
import { bothChanges } from "../emulation/both-changes.ts";
import { onlyAnswer } from "../emulation/only-answer.ts";
import { emulateStopTexts } from "../emulation/stop-texts.ts";
import { withoutSampling } from "../without-sampling.ts";
import { quirksOf, type ResponsesQuirks } from "./quirks.ts";
import { renderMessages } from "./render-messages.ts";
import { asksForSealedReasoning, renderReasoning } from "./render-reasoning.ts";
import { lacksSchema, needsAnswerTool, renderTools } from "./render-tools.ts";

const PATHS: TargetPaths = { whole: "/responses", stream: "/responses" };

/** Members that Chat Completions has and this API has not. */
const UNKNOWN: readonly ChatRequestField[] = [
  "seed",
  "frequencyPenalty",
  "presencePenalty",
  "repetitionPenalty",
  "logitBias",
  "topK",
  "minP",
  "speech",
];

/** Members that change nothing about the answer when they are left out. */
const HARMLESS: ReadonlySet<ChatRequestField> = new Set<ChatRequestField>([
  "serviceTier",
  "endUser",
  "metadata",
  "promptCacheKey",
  "store",
  "verbosity",
  "safety",
  "seed",
]);

/** The fewest tokens of an answer that OpenAI takes a limit for. */
const MIN_LIMIT = 16;

/** One path for all models. */
export function paths(): TargetPaths {
  return PATHS;
}

/**
 * A request in this dialect's words. It is stateless unless the caller wants the vendor to keep the answer. The API has
 * no stop texts: the answer is cut at them.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create
 */
export function renderRequest(asked: ChatRequest, traits: TargetTraits): RenderedRequest {
  const losses: Loss[] = [];
  const quirks = quirksOf(traits);
  const told = withoutSampling(asked, traits, (loss) => void losses.push(loss));
  const request = withoutRefused(told, quirks, losses);
  const { instructions, input } = renderMessages(request.messages, quirks, losses);
  const reasoning = renderReasoning(request, traits, losses);
  const text = renderText(request, lacksSchema(request, traits));
  const include = [
    ...(asksForSealedReasoning(request, traits, quirks) ? ["reasoning.encrypted_content"] : []),
    ...(request.logprobs !== undefined ? ["message.output_text.logprobs"] : []),
  ];
  noteLosses(request, losses);
  const cut = emulateStopTexts(
    request,
    (reason) => void losses.push({ path: { field: "stop" }, isHarmless: false, reason }),
  );
  const change = bothChanges(needsAnswerTool(request, traits) ? onlyAnswer : undefined, cut);
  const body: JsonObject = {
    model: traits.upstreamModel,
    ...(instructions !== undefined && { instructions }),
    input,
    ...renderTools(request, traits, losses),
    ...renderMembers(request, quirks),
    ...(reasoning !== undefined && { reasoning }),
    ...(text !== undefined && { text }),
    ...(include.length > 0 && { include }),
    ...(!quirks.less.includes("store") && { store: request.store ?? false }),
    stream: request.stream,
  };
  return { body, losses, ...(change !== undefined && { change }) };
}

/** What is left of a request for a server that takes less than OpenAI. */
function withoutRefused(request: ChatRequest, { less }: ResponsesQuirks, losses: Loss[]): ChatRequest {
  const refused = less.filter((field) => request[field] !== undefined);
  if (refused.length === 0) return request;
  const kept: Partial<Record<ChatRequestField, unknown>> = { ...request };
  for (const field of refused) {
    delete kept[field];
    // Several calls at a time are what a server does that cannot be told.
    if (field === "parallelToolCalls" && request.parallelToolCalls === true) continue;
    losses.push({
      path: { field },
      isHarmless: HARMLESS.has(field),
      reason: "is not known to this provider",
    });
  }
  return kept as ChatRequest;
}

function renderMembers(request: ChatRequest, quirks: ResponsesQuirks): JsonObject {
  const { parallelToolCalls, maxOutputTokens: limit, temperature, topP, logprobs } = request;
  const { serviceTier, endUser, metadata, promptCacheKey } = request;
  return {
    ...(parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
    ...(limit !== undefined && { max_output_tokens: Math.max(MIN_LIMIT, limit) }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(logprobs !== undefined && logprobs > 0 && { top_logprobs: logprobs }),
    ...(serviceTier !== undefined && { service_tier: serviceTier }),
    ...(endUser !== undefined && { [quirks.endUser]: endUser }),
    ...(metadata !== undefined && { metadata }),
    ...(promptCacheKey !== undefined && { prompt_cache_key: promptCacheKey }),
  };
}

function renderText({ responseFormat, verbosity }: ChatRequest, isEmulated: boolean): JsonObject | undefined {
  const format = responseFormat === undefined || isEmulated ? undefined : renderFormat(responseFormat);
  if (format === undefined && verbosity === undefined) return undefined;
  return { ...(format !== undefined && { format }), ...(verbosity !== undefined && { verbosity }) };
}

/** The form of the answer, as `text.format`. */
export function renderFormat(format: ResponseFormat): JsonObject {
  if (format.type === "text") return { type: "text" };
  if (format.type === "json") return { type: "json_object" };
  const { name = "answer", description, schema, strict } = format;
  return {
    type: "json_schema",
    name,
    ...(description !== undefined && { description }),
    schema,
    ...(strict !== undefined && { strict }),
  };
}

function noteLosses(request: ChatRequest, losses: Loss[]): void {
  const reason = "has no counterpart in OpenAI's Responses API";
  const lose = (field: ChatRequestField, isHarmless = false): void =>
    void losses.push({ path: { field }, isHarmless, reason });
  for (const field of UNKNOWN) if (request[field] !== undefined) lose(field, HARMLESS.has(field));
  if (request.maxOutputTokens !== undefined && request.maxOutputTokens < MIN_LIMIT)
    losses.push({
      path: { field: "maxOutputTokens" },
      isHarmless: true,
      isChanged: true,
      reason: `is ${MIN_LIMIT} for OpenAI's Responses API, which takes no lower limit`,
    });
  if (request.safety !== undefined) lose("safety", HARMLESS.has("safety"));
  if (request.choices !== undefined && request.choices > 1) lose("choices");
  if (request.modalities?.some((modality) => modality !== "text") === true) lose("modalities");
}
