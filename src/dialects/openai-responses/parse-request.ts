import type {
  ChatRequest,
  ReasoningEffort,
  ReasoningOptions,
  ResponseFormat,
} from "../../canonical/chat-request.ts";
import type { TextPart } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Message } from "../../canonical/message.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import type { IngressRequest, ParsedRequest } from "../dialect.ts";
import { standsAt } from "../origins.ts";
import {
  fieldError,
  optionalBoolean,
  optionalCount,
  optionalList,
  optionalNumber,
  optionalObject,
  optionalString,
  optionalWord,
  requiredObject,
  requiredString,
} from "./field.ts";
import { previousNotFound } from "./not-found.ts";
import { parseInput } from "./parse-messages.ts";
import { parseToolChoice, parseTools } from "./parse-tools.ts";
import { noteUntranslated } from "./untranslated.ts";

const EFFORTS: readonly ReasoningEffort[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
const SUMMARIES = ["auto", "concise", "detailed"] as const;
const VERBOSITIES = ["low", "medium", "high"] as const;

/**
 * A caller's request. What goes on from an earlier answer has to be completed before (`completeRequest`).
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create
 * @throws LatchkeyError LK-2102 for members that are missing or wrong, LK-2112 for answers that are not kept.
 */
export function parseRequest({ body }: IngressRequest): ParsedRequest {
  const losses: Loss[] = [];
  const previous = optionalString(body["previous_response_id"], "previous_response_id");
  if (previous !== undefined) throw previousNotFound(previous);
  const request: ChatRequest = {
    model: requiredString(body["model"], "model"),
    messages: parseConversation(body, losses),
    ...parseToolMembers(body, losses),
    ...parseSampling(body),
    ...parseText(body["text"]),
    ...parseReasoning(body["reasoning"], losses),
    ...parseKeeping(body),
    stream: optionalBoolean(body["stream"], "stream") ?? false,
  };
  noteUntranslated(body, losses);
  return { request, losses };
}

function parseConversation(body: JsonObject, losses: Loss[]): readonly Message[] {
  const instructions = optionalString(body["instructions"], "instructions");
  const messages = parseInput(body["input"], losses);
  const isEmpty = instructions === undefined || instructions === "";
  if (isEmpty && messages.length === 0) throw fieldError("input", "has to be a text or a list of items");
  if (isEmpty) return messages;
  const text: TextPart = standsAt({ type: "text", text: instructions }, "instructions");
  return [standsAt({ role: "system", content: [text] }, "instructions"), ...messages];
}

function parseToolMembers(body: JsonObject, losses: Loss[]): Partial<ChatRequest> {
  const tools = parseTools(body["tools"], losses);
  const toolChoice = parseToolChoice(body["tool_choice"], losses);
  const parallelToolCalls = optionalBoolean(body["parallel_tool_calls"], "parallel_tool_calls");
  return {
    ...(tools !== undefined && tools.length > 0 && { tools }),
    ...(toolChoice !== undefined && { toolChoice }),
    ...(parallelToolCalls !== undefined && { parallelToolCalls }),
  };
}

function parseSampling(body: JsonObject): Partial<ChatRequest> {
  const maxOutputTokens = optionalCount(body["max_output_tokens"], "max_output_tokens");
  const temperature = optionalNumber(body["temperature"], "temperature");
  const topP = optionalNumber(body["top_p"], "top_p");
  const alternatives = optionalCount(body["top_logprobs"], "top_logprobs");
  const include = optionalList(body["include"], "include") ?? [];
  const logprobs =
    alternatives !== undefined && alternatives > 0
      ? alternatives
      : include.includes("message.output_text.logprobs")
        ? 0
        : undefined;
  return {
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(logprobs !== undefined && { logprobs }),
  };
}

function parseText(value: Json | undefined): Partial<ChatRequest> {
  const text = optionalObject(value, "text") ?? {};
  const format = optionalObject(text["format"], "text.format");
  const verbosity = optionalWord(text["verbosity"], "text.verbosity", VERBOSITIES);
  return {
    ...(format !== undefined && { responseFormat: parseFormat(format) }),
    ...(verbosity !== undefined && { verbosity }),
  };
}

function parseFormat(format: JsonObject): ResponseFormat {
  switch (format["type"]) {
    case "text":
      return { type: "text" };
    case "json_object":
      return { type: "json" };
    case "json_schema": {
      const description = optionalString(format["description"], "text.format.description");
      const strict = optionalBoolean(format["strict"], "text.format.strict");
      return {
        type: "json-schema",
        name: requiredString(format["name"], "text.format.name"),
        ...(description !== undefined && { description }),
        schema: requiredObject(format["schema"], "text.format.schema"),
        ...(strict !== undefined && { strict }),
      };
    }
    default:
      throw fieldError("text.format.type", "has to be `text`, `json_object` or `json_schema`");
  }
}

function parseReasoning(value: Json | undefined, losses: Loss[]): { readonly reasoning?: ReasoningOptions } {
  const given = optionalObject(value, "reasoning");
  if (given === undefined) return {};
  const effort = optionalWord(given["effort"], "reasoning.effort", EFFORTS);
  const summary =
    optionalWord(given["summary"], "reasoning.summary", SUMMARIES) ??
    optionalWord(given["generate_summary"], "reasoning.generate_summary", SUMMARIES);
  const { context, mode } = given;
  const reason = "has no counterpart in other APIs";
  if (context !== undefined && context !== null)
    losses.push({ path: "reasoning.context", isHarmless: true, reason });
  if (mode !== undefined && mode !== null && mode !== "standard")
    losses.push({ path: "reasoning.mode", isHarmless: false, reason });
  if (effort === undefined && summary === undefined) return {};
  return {
    reasoning: { ...(effort !== undefined && { effort }), ...(summary !== undefined && { show: summary }) },
  };
}

function parseKeeping(body: JsonObject): Partial<ChatRequest> {
  const serviceTier = optionalString(body["service_tier"], "service_tier");
  // `user` is the older name.
  const endUser =
    optionalString(body["safety_identifier"], "safety_identifier") ?? optionalString(body["user"], "user");
  const promptCacheKey = optionalString(body["prompt_cache_key"], "prompt_cache_key");
  const store = optionalBoolean(body["store"], "store");
  const metadata = parseMetadata(body["metadata"]);
  return {
    ...(serviceTier !== undefined && { serviceTier }),
    ...(endUser !== undefined && { endUser }),
    ...(metadata !== undefined && { metadata }),
    ...(promptCacheKey !== undefined && { promptCacheKey }),
    ...(store !== undefined && { store }),
  };
}

function parseMetadata(value: Json | undefined): Readonly<Record<string, string>> | undefined {
  const metadata = optionalObject(value, "metadata");
  if (metadata === undefined) return undefined;
  const wrong = Object.keys(metadata).find((key) => typeof metadata[key] !== "string");
  if (wrong !== undefined) throw fieldError(`metadata.${wrong}`, "has to be a string");
  return isJsonObject(metadata) ? (metadata as Readonly<Record<string, string>>) : undefined;
}
