import { type DemoModelId, demoModelIds } from "../../catalog/demo-models.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { given, readBoolean, readInteger, readList, readNumber, readObject, readString } from "./fields.ts";
import { type DemoMessage, readMessages } from "./messages.ts";
import { DemoRefusal, missing, unsupported, wrongType, wrongValue } from "./refusal.ts";
import { type DemoResponseFormat, readResponseFormat } from "./response-format.ts";
import { type DemoTools, readTools } from "./tools.ts";

/** Most tokens that an answer may have. */
export const MAX_OUTPUT_TOKENS = 16_384;
/** Most choices of one answer. OpenAI allows 128. */
const MAX_CHOICES = 8;
const MAX_STOPS = 4;

/**
 * A Chat Completions request, read and checked.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create
 */
export interface DemoRequest {
  readonly model: DemoModelId;
  readonly messages: readonly DemoMessage[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly choices: number;
  readonly stop: readonly string[];
  /** `undefined` where the caller set none. */
  readonly maxTokens: number | undefined;
  readonly seed: number;
  readonly tools: DemoTools;
  readonly responseFormat: DemoResponseFormat;
}

/** Reads the bytes of a request. @throws DemoRefusal naming the field at fault. */
export function readRequest(fields: JsonObject, model: DemoModelId): DemoRequest {
  refuseUnsupported(fields);
  const messages = readMessages(fields["messages"]);
  readSampling(fields);
  const stream = readBoolean(fields, "stream", false);
  return {
    model,
    messages,
    stream,
    includeUsage: readIncludeUsage(fields, stream),
    choices: readInteger(fields, "n", { min: 1, max: MAX_CHOICES }) ?? 1,
    stop: readStop(fields),
    maxTokens: readMaxTokens(fields),
    seed: readInteger(fields, "seed", { min: -(2 ** 63), max: 2 ** 63 }) ?? 0,
    tools: readTools(fields),
    responseFormat: readResponseFormat(fields),
  };
}

/** The JSON object in the bytes of a request. @throws DemoRefusal when there is none. */
export function readBody(body: Uint8Array): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new DemoRefusal("The body of the request is not valid JSON.");
  }
  if (!isJsonObject(parsed)) throw new DemoRefusal("The body of the request has to be a JSON object.");
  return parsed;
}

/** The model of a request. @throws DemoRefusal 400 when it is missing, 404 when the demo provider has none such. */
export function readModel(fields: JsonObject): DemoModelId {
  if (!given(fields, "model")) throw missing("model");
  const model = readString(fields["model"], "model");
  const known = demoModelIds.find((id) => id === model);
  if (known !== undefined) return known;
  throw new DemoRefusal(
    `The demo provider has no model \`${model}\`; it has ${demoModelIds.map((id) => `\`${id}\``).join(", ")}.`,
    { status: 404, code: "model_not_found", param: "model" },
  );
}

const refused: readonly (readonly [field: string, reason: string])[] = [
  ["top_logprobs", "its tokens have no probabilities"],
  ["logit_bias", "its tokens have no probabilities"],
  ["functions", "use `tools`"],
  ["function_call", "use `tool_choice`"],
  ["audio", "it answers text only"],
  ["web_search_options", "it has no network"],
];

function refuseUnsupported(fields: JsonObject): void {
  for (const [field, reason] of refused) if (given(fields, field)) throw unsupported(field, reason);
  if (readBoolean(fields, "logprobs", false)) {
    throw unsupported("logprobs", "its tokens have no probabilities");
  }
  if (!given(fields, "modalities")) return;
  for (const modality of readList(fields["modalities"], "modalities")) {
    if (modality !== "text") throw unsupported("modalities", "it answers text only");
  }
}

/** Checks what steers sampling; an answer that is no sample does not depend on it. */
function readSampling(fields: JsonObject): void {
  readNumber(fields, "temperature", { min: 0, max: 2 });
  readNumber(fields, "top_p", { min: 0, max: 1 });
  readNumber(fields, "presence_penalty", { min: -2, max: 2 });
  readNumber(fields, "frequency_penalty", { min: -2, max: 2 });
}

function readIncludeUsage(fields: JsonObject, stream: boolean): boolean {
  if (!given(fields, "stream_options")) return false;
  if (!stream) throw wrongValue("stream_options", "is only allowed when `stream` is true");
  const options = readObject(fields["stream_options"], "stream_options");
  return readBoolean(options, "include_usage", false);
}

function readStop(fields: JsonObject): readonly string[] {
  if (!given(fields, "stop")) return [];
  const { stop } = fields;
  const list = typeof stop === "string" ? [stop] : Array.isArray(stop) ? stop : undefined;
  if (list === undefined) throw wrongType("stop", "a string or an array of strings", stop);
  if (list.length > MAX_STOPS) throw wrongValue("stop", `may hold at most ${MAX_STOPS} sequences`);
  return list.map((item, index) => {
    const param = Array.isArray(stop) ? `stop[${index}]` : "stop";
    const sequence = readString(item, param);
    if (sequence === "") throw wrongValue(param, "may not be empty");
    return sequence;
  });
}

function readMaxTokens(fields: JsonObject): number | undefined {
  const bounds = { min: 1, max: MAX_OUTPUT_TOKENS };
  const old = readInteger(fields, "max_tokens", bounds);
  const current = readInteger(fields, "max_completion_tokens", bounds);
  if (old !== undefined && current !== undefined) {
    throw wrongValue("max_tokens", "may not be given together with `max_completion_tokens`");
  }
  return current ?? old;
}
