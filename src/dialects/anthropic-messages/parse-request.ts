import type { ChatRequest, ResponseFormat } from "../../canonical/chat-request.ts";
import type { CacheMarker, PartBase } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Message } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { IngressRequest, ParsedRequest } from "../dialect.ts";
import { memberStandsAt, standsLike } from "../origins.ts";
import { booleanAt, countAt, listAt, numberAt, objectAt, optional, stringAt, wrong } from "./field-reader.ts";
import { noteUnknown } from "./note-unknown.ts";
import { readCache } from "./parse-content.ts";
import { parseMessages, parseSystem } from "./parse-messages.ts";
import { parseReasoning } from "./parse-reasoning.ts";
import { parseToolChoice, parseTools } from "./parse-tools.ts";
import { readServiceTier } from "./service-tier.ts";

/**
 * Reads a request for a message. Wire format: https://docs.anthropic.com/en/api/messages
 * @throws LatchkeyError LK-2102 for members that are missing or wrong.
 */
export function parseRequest({ body }: IngressRequest): ParsedRequest {
  return parseBody(body, countAt(body["max_tokens"], "max_tokens"));
}

/** Reads a request's body, whose limit of tokens is known or not wanted. */
export function parseBody(body: JsonObject, maxOutputTokens: number | undefined): ParsedRequest {
  const losses: Loss[] = [];
  const model = body["model"];
  if (typeof model !== "string" || model === "") throw wrong("model", "has to be the name of a model");
  const messages = [...parseSystem(body["system"], losses), ...parseMessages(body["messages"], losses)];
  const tools = optional(body["tools"], "tools", listAt);
  const reasoning = parseReasoning(body, losses);
  const responseFormat = parseFormat(body, losses);
  const request: ChatRequest = {
    model,
    messages: markLast(messages, body),
    ...(tools !== undefined && tools.length > 0 && { tools: parseTools(tools, losses) }),
    ...parseToolChoice(body["tool_choice"]),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...parseSampling(body),
    ...(responseFormat !== undefined && { responseFormat }),
    ...(reasoning !== undefined && { reasoning }),
    ...parseService(body, losses),
    stream: optional(body["stream"], "stream", booleanAt) ?? false,
  };
  noteUnknown(body, losses);
  return { request, losses };
}

function parseSampling(body: JsonObject): Pick<ChatRequest, "temperature" | "topP" | "topK" | "stop"> {
  const temperature = optional(body["temperature"], "temperature", numberAt);
  const topP = optional(body["top_p"], "top_p", numberAt);
  const topK = optional(body["top_k"], "top_k", countAt);
  const stop = optional(body["stop_sequences"], "stop_sequences", listAt)?.map((text, index) =>
    stringAt(text, `stop_sequences[${index}]`),
  );
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stop !== undefined && stop.length > 0 && { stop }),
  };
}

function parseService(body: JsonObject, losses: Loss[]): Pick<ChatRequest, "serviceTier" | "endUser"> {
  const tier = optional(body["service_tier"], "service_tier", stringAt);
  const metadata = optional(body["metadata"], "metadata", objectAt) ?? {};
  const endUser = optional(metadata["user_id"], "metadata.user_id", stringAt);
  for (const name of Object.keys(metadata)) {
    if (name === "user_id") continue;
    losses.push({ path: `metadata.${name}`, isHarmless: true, reason: "is no metadata that is known" });
  }
  return {
    ...(tier !== undefined && { serviceTier: readServiceTier(tier) }),
    ...(endUser !== undefined && { endUser }),
  };
}

/** `output_config.format`, or `output_format` as older clients write it. */
function parseFormat(body: JsonObject, losses: Loss[]): ResponseFormat | undefined {
  const config = optional(body["output_config"], "output_config", objectAt) ?? {};
  for (const name of Object.keys(config)) {
    if (name === "format" || name === "effort") continue;
    const reason = "can be told to Anthropic only";
    losses.push({ path: `output_config.${name}`, isHarmless: true, reason });
  }
  const hasNew = config["format"] !== undefined && config["format"] !== null;
  const path = hasNew ? "output_config.format" : "output_format";
  const format = optional(hasNew ? config["format"] : body["output_format"], path, objectAt);
  if (format === undefined) return undefined;
  if (format["type"] !== "json_schema") throw wrong(`${path}.type`, "has to be `json_schema`");
  return { type: "json-schema", schema: objectAt(format["schema"], `${path}.schema`) };
}

/** `cache_control` of the whole request stands for one on its last block that can be cached. */
function markLast(messages: readonly Message[], body: JsonObject): readonly Message[] {
  const { cache } = readCache(body, "");
  const last = messages.at(-1);
  if (cache === undefined || last === undefined) return messages;
  if (last.role === "tool") return [...messages.slice(0, -1), markedLike(last, cache)];
  const part = last.content.at(-1);
  if (part === undefined || part.type === "reasoning" || part.type === "vendor") return messages;
  const marked =
    "cache" in part || part.type !== "refusal" ? markedLike(part as PartBase & typeof part, cache) : part;
  const content = [...last.content.slice(0, -1), marked];
  return [...messages.slice(0, -1), standsLike({ ...last, content } as Message, last)];
}

/** A copy with the mark of the whole request, unless there is one of its own. */
function markedLike<Marked extends object>(thing: Marked & PartBase, cache: CacheMarker): Marked {
  if (thing.cache !== undefined) return thing;
  const marked = standsLike({ ...thing, cache }, thing);
  memberStandsAt(marked, "cache", "cache_control");
  return marked;
}
