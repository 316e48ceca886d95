import type { ChatChoice, ChatResponse } from "../../canonical/chat-response.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import { unlessMalformed } from "../malformed-call.ts";
import { answerFailure } from "./answer-failure.ts";
import { readSources } from "./citations.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { quirksOf } from "./quirks.ts";
import { type MessageOptions, readMessage } from "./read-message.ts";
import { readChatUsage } from "./usage.ts";

/** A whole answer; `undefined` where the value is none. Wire format: https://platform.openai.com/docs/api-reference/chat/object */
export function parseResponse(answer: JsonObject, traits: TargetTraits): ChatResponse | undefined {
  return unlessMalformed(() => readAnswer(answer, traits));
}

function readAnswer(answer: JsonObject, traits: TargetTraits): ChatResponse | undefined {
  const { choices: list, id, model, created, service_tier } = answer;
  const failure = answerFailure(answer);
  if (failure !== undefined) return failedAnswer(failure, traits);
  if (!Array.isArray(list)) return undefined;
  const options = { sources: readSources(answer), thinkTags: quirksOf(traits).thinkTags };
  const choices = list.flatMap((choice: unknown, index) => readChoice(choice, index, options));
  if (choices.length === 0) return undefined;
  const usage = readChatUsage(answer["usage"]);
  return {
    id: typeof id === "string" && id !== "" ? id : newAnswerId(),
    model: typeof model === "string" && model !== "" ? model : traits.upstreamModel,
    ...createdOf(created),
    choices,
    ...(usage !== undefined && { usage }),
    ...(typeof service_tier === "string" && { serviceTier: service_tier }),
  };
}

function failedAnswer(error: VendorError, { upstreamModel }: TargetTraits): ChatResponse {
  const choices = [{ index: 0, content: [], finishReason: "error" }] as const;
  return { id: newAnswerId(), model: upstreamModel, choices, error };
}

/** An id for an answer that has none. */
export function newAnswerId(): string {
  return `chatcmpl-${crypto.randomUUID().replaceAll("-", "")}`;
}

/** The time of an answer, where it says one. */
export function createdOf(created: unknown): { readonly createdS?: number } {
  return typeof created === "number" && created > 0 ? { createdS: Math.floor(created) } : {};
}

function readChoice(choice: unknown, position: number, options: MessageOptions): readonly ChatChoice[] {
  if (!isJsonObject(choice) || !isJsonObject(choice["message"])) return [];
  const { message, index, finish_reason, stop_reason } = choice;
  const content = readMessage(message as JsonObject, options);
  const hasCalls = content.some(({ type }) => type === "tool-call" || type === "vendor");
  const logprobs = readLogprobs(choice["logprobs"]);
  const reason = readFinishReason(finish_reason, hasCalls);
  // Servers that say which stop text was met do it here.
  const stopText = typeof stop_reason === "string" ? stop_reason : undefined;
  return [
    {
      index: typeof index === "number" ? index : position,
      content,
      finishReason: reason === "stop" && stopText !== undefined ? "stop-text" : reason,
      ...(stopText !== undefined && { stopText }),
      ...(logprobs !== undefined && { logprobs }),
    },
  ];
}
