import type {
  ChatRequest,
  ReasoningEffort,
  ReasoningOptions,
  ResponseFormat,
} from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { IngressRequest, ParsedRequest } from "../dialect.ts";
import {
  fieldError,
  listAt,
  type Members,
  objectAt,
  optionalCount,
  optionalFlag,
  optionalMap,
  optionalNumber,
  optionalObject,
  optionalText,
  optionalWord,
  textAt,
} from "./fields.ts";
import { noteLosses } from "./parse-losses.ts";
import { parseMessages } from "./parse-messages.ts";
import { parseFunction, parseToolChoice, parseTools } from "./parse-tools.ts";

const EFFORTS: readonly ReasoningEffort[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/**
 * A caller's request.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create
 * @throws LatchkeyError LK-2102 for members that are missing or wrong.
 */
export function parseRequest({ body, model: named }: IngressRequest): ParsedRequest {
  const losses: Loss[] = [];
  noteLosses(body, losses);
  const model = named ?? textAt(body["model"], "model");
  const stream = optionalFlag(body["stream"], "stream") ?? false;
  const streamOptions = optionalObject(body["stream_options"], "stream_options");
  const request: ChatRequest = {
    model,
    messages: parseMessages(body["messages"], losses),
    stream,
    ...(streamOptions?.["include_usage"] === true && { streamUsage: true }),
    ...defined({
      ...parseToolMembers(body, losses),
      ...parseLimits(body),
      ...parseForm(body, losses),
      ...parseRest(body, losses),
    }),
  };
  return { request, losses };
}

/** Members of the request, of which some may not have been asked for. */
type Wishes = { readonly [Name in keyof ChatRequest]?: ChatRequest[Name] | undefined };

/** The members that are there. */
function defined(members: Wishes): Partial<ChatRequest> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function parseToolMembers(body: JsonObject, losses: Loss[]): Wishes {
  const { tools, functions, tool_choice, function_call } = body;
  const choice = tool_choice ?? function_call;
  const choicePath = tool_choice === undefined || tool_choice === null ? "function_call" : "tool_choice";
  const older = listOf(functions, "functions")?.map((declared, index) =>
    parseFunction(objectAt(declared, `functions[${index}]`), `functions[${index}]`),
  );
  const all = [
    ...(listOf(tools, "tools") === undefined ? [] : parseTools(tools, "tools", losses)),
    ...(older ?? []),
  ];
  return {
    ...(all.length > 0 && { tools: all }),
    ...(older !== undefined && { functionCallsOnly: true }),
    ...(choice !== undefined && choice !== null && { toolChoice: parseToolChoice(choice, choicePath) }),
    parallelToolCalls: optionalFlag(body["parallel_tool_calls"], "parallel_tool_calls"),
  };
}

function listOf(value: unknown, path: string): readonly unknown[] | undefined {
  return value === undefined || value === null ? undefined : listAt(value, path);
}

function parseLimits(body: JsonObject): Wishes {
  const { stop, max_completion_tokens, max_tokens } = body;
  const texts = typeof stop === "string" ? [stop] : listOf(stop, "stop");
  return {
    maxOutputTokens:
      optionalCount(max_completion_tokens, "max_completion_tokens") ??
      optionalCount(max_tokens, "max_tokens"),
    temperature: optionalNumber(body["temperature"], "temperature"),
    topP: optionalNumber(body["top_p"], "top_p"),
    topK: optionalCount(body["top_k"], "top_k"),
    minP: optionalNumber(body["min_p"], "min_p"),
    frequencyPenalty: optionalNumber(body["frequency_penalty"], "frequency_penalty"),
    presencePenalty: optionalNumber(body["presence_penalty"], "presence_penalty"),
    repetitionPenalty: optionalNumber(body["repetition_penalty"], "repetition_penalty"),
    seed: optionalNumber(body["seed"], "seed"),
    stop: texts?.map((text, index) => textAt(text, typeof stop === "string" ? "stop" : `stop[${index}]`)),
    choices: optionalCount(body["n"], "n"),
    logprobs: parseLogprobs(body),
    logitBias: optionalMap(body["logit_bias"], "logit_bias", optionalNumber),
  };
}

function parseLogprobs(body: JsonObject): number | undefined {
  const alternatives = optionalCount(body["top_logprobs"], "top_logprobs");
  const isOn = optionalFlag(body["logprobs"], "logprobs") === true;
  if (!isOn && alternatives !== undefined && alternatives > 0)
    throw fieldError("top_logprobs", "needs `logprobs` to be true");
  return isOn ? (alternatives ?? 0) : undefined;
}

function parseForm(body: JsonObject, losses: Loss[]): Wishes {
  const modalities = listOf(body["modalities"], "modalities")?.map((value, index) => {
    const modality = optionalWord(value, ["text", "audio", "image"], `modalities[${index}]`);
    if (modality === undefined) throw fieldError(`modalities[${index}]`, "has to be a modality");
    return modality;
  });
  return {
    responseFormat: parseFormat(optionalObject(body["response_format"], "response_format")),
    reasoning: parseReasoning(body),
    verbosity: optionalWord(body["verbosity"], ["low", "medium", "high"], "verbosity"),
    modalities,
    speech: parseSpeech(optionalObject(body["audio"], "audio"), losses),
  };
}

function parseFormat(format: Members | undefined): ResponseFormat | undefined {
  if (format === undefined) return undefined;
  const type = optionalWord(format["type"], ["text", "json_object", "json_schema"], "response_format.type");
  if (type === undefined) throw fieldError("response_format.type", "has to say which form");
  if (type !== "json_schema") return { type: type === "text" ? "text" : "json" };
  const path = "response_format.json_schema";
  const wanted = objectAt(format["json_schema"], path);
  const description = optionalText(wanted["description"], `${path}.description`);
  const strict = optionalFlag(wanted["strict"], `${path}.strict`);
  return {
    type: "json-schema",
    name: textAt(wanted["name"], `${path}.name`),
    ...(description !== undefined && { description }),
    schema: optionalObject(wanted["schema"], `${path}.schema`) ?? {},
    ...(strict !== undefined && { strict }),
  };
}

/**
 * `reasoning_effort`, or what callers of other vendors write in its place: `reasoning` with an effort or a number of
 * tokens, and `thinking` with a type and a budget.
 */
function parseReasoning(body: JsonObject): ReasoningOptions | undefined {
  const effort = optionalWord(body["reasoning_effort"], EFFORTS, "reasoning_effort");
  const reasoning = optionalObject(body["reasoning"], "reasoning");
  const thinking = optionalObject(body["thinking"], "thinking");
  const type = optionalWord(thinking?.["type"], ["enabled", "disabled", "adaptive"], "thinking.type");
  const off = type === "disabled" || reasoning?.["enabled"] === false ? "none" : undefined;
  const on = type === "adaptive" || type === "enabled" || reasoning?.["enabled"] === true;
  const wanted = effort ?? optionalWord(reasoning?.["effort"], EFFORTS, "reasoning.effort") ?? off;
  const budgetTokens =
    optionalCount(reasoning?.["max_tokens"], "reasoning.max_tokens") ??
    optionalCount(thinking?.["budget_tokens"], "thinking.budget_tokens");
  const isHidden = optionalFlag(reasoning?.["exclude"], "reasoning.exclude") === true;
  const isAdaptive = on && wanted === undefined && budgetTokens === undefined;
  if (wanted === undefined && budgetTokens === undefined && !isAdaptive && !isHidden) return undefined;
  return {
    ...(wanted !== undefined && { effort: wanted }),
    ...(budgetTokens !== undefined && { budgetTokens }),
    ...(isAdaptive && { isAdaptive }),
    ...(isHidden && { show: "none" as const }),
  };
}

function parseSpeech(audio: Members | undefined, losses: Loss[]): ChatRequest["speech"] {
  if (audio === undefined) return undefined;
  const isOwn = typeof audio["voice"] === "object" && audio["voice"] !== null;
  if (isOwn)
    losses.push({ path: "audio.voice", isHarmless: false, reason: "is a voice that only its owner has" });
  const voice = isOwn ? undefined : optionalText(audio["voice"], "audio.voice");
  const format = optionalText(audio["format"], "audio.format");
  return { ...(voice !== undefined && { voice }), ...(format !== undefined && { format }) };
}

function parseRest(body: JsonObject, losses: Loss[]): Wishes {
  const safetyId = optionalText(body["safety_identifier"], "safety_identifier");
  const user = optionalText(body["user"], "user");
  if (safetyId !== undefined && user !== undefined && user !== safetyId)
    losses.push({ path: "user", isHarmless: true, reason: "is told as `safety_identifier` only" });
  return {
    serviceTier: optionalText(body["service_tier"], "service_tier"),
    endUser: safetyId ?? user,
    metadata: optionalMap(body["metadata"], "metadata", optionalText),
    promptCacheKey: optionalText(body["prompt_cache_key"], "prompt_cache_key"),
    store: optionalFlag(body["store"], "store"),
  };
}
