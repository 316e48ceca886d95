import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import {
  fieldError,
  listAt,
  optionalCount,
  optionalFlag,
  optionalMap,
  optionalNumber,
  optionalText,
  optionalWord,
  textAt,
} from "./fields.ts";
import { parseFormat, parseModalities, parseSpeech } from "./parse-form.ts";
import { parseReasoning } from "./parse-reasoning.ts";
import { parseAllTools, parseToolChoice } from "./parse-tools.ts";

/** What a caller asks for beside the conversation. */
export type Wishes = {
  -readonly [Name in keyof Omit<ChatRequest, "model" | "messages" | "stream">]?: ChatRequest[Name];
};

/** Reads one member, which is there and not null. */
type Reader = (wishes: Wishes, value: unknown, body: JsonObject, losses: Loss[]) => void;

/** Members that stand for one member of the canonical request. */
const plain = <Name extends keyof Wishes>(
  path: string,
  name: Name,
  check: (value: unknown, path: string) => Wishes[Name] | undefined,
): [string, Reader] => [
  path,
  (wishes, value) => {
    const checked = check(value, path);
    if (checked !== undefined) wishes[name] = checked;
  },
];

/** Members that are read elsewhere. */
const elsewhere: Reader = () => {};

/** Members that make answers faster or cheaper and no different, where the vendor knows them. */
const spared = (path: string): [string, Reader] => [
  path,
  (_wishes, _value, _body, losses) => lose(path, true, losses),
];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["model", elsewhere],
  ["messages", elsewhere],
  ["stream", elsewhere],
  ["stream_options", elsewhere],
  plain("max_completion_tokens", "maxOutputTokens", optionalCount),
  ["max_tokens", readMaxTokens],
  plain("temperature", "temperature", optionalNumber),
  plain("top_p", "topP", optionalNumber),
  plain("top_k", "topK", optionalCount),
  plain("min_p", "minP", optionalNumber),
  plain("frequency_penalty", "frequencyPenalty", optionalNumber),
  plain("presence_penalty", "presencePenalty", optionalNumber),
  plain("repetition_penalty", "repetitionPenalty", optionalNumber),
  plain("seed", "seed", optionalNumber),
  plain("stop", "stop", parseStop),
  plain("n", "choices", optionalCount),
  ["logprobs", readLogprobs],
  ["top_logprobs", checkTopLogprobs],
  plain("logit_bias", "logitBias", (value, path) => filled(optionalMap(value, path, optionalNumber))),
  plain("response_format", "responseFormat", parseFormat),
  ["reasoning_effort", readReasoning],
  ["reasoning", readReasoning],
  ["thinking", readReasoning],
  plain("verbosity", "verbosity", (value, path) => optionalWord(value, ["low", "medium", "high"], path)),
  plain("modalities", "modalities", parseModalities),
  ["audio", (wishes, value, _body, losses) => (wishes.speech = parseSpeech(value, losses))],
  ["tools", readTools],
  ["functions", readTools],
  plain("tool_choice", "toolChoice", parseToolChoice),
  ["function_call", readFunctionCall],
  plain("parallel_tool_calls", "parallelToolCalls", optionalFlag),
  plain("service_tier", "serviceTier", optionalText),
  plain("safety_identifier", "endUser", optionalText),
  ["user", readUser],
  plain("metadata", "metadata", (value, path) => filled(optionalMap(value, path, optionalText))),
  plain("prompt_cache_key", "promptCacheKey", optionalText),
  plain("store", "store", optionalFlag),
  spared("prediction"),
  spared("prompt_cache_retention"),
  spared("prompt_cache_options"),
]);

/**
 * All that is asked for. What the canonical form has no place for is told to the losses: only a target of the same
 * dialect could be asked for it.
 * @throws LatchkeyError LK-2102.
 */
export function parseMembers(body: JsonObject, losses: Loss[]): Wishes {
  const wishes: Wishes = {};
  for (const name of Object.keys(body)) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    const read = READERS.get(name);
    if (read === undefined) lose(name, false, losses);
    else read(wishes, value, body, losses);
  }
  return wishes;
}

/** Values by name; none of them ask for nothing. */
function filled<Values extends object>(values: Values | undefined): Values | undefined {
  return values === undefined || Object.keys(values).length === 0 ? undefined : values;
}

function lose(path: string, isHarmless: boolean, losses: Loss[]): void {
  losses.push({ path, isHarmless, reason: "has no counterpart for this model's provider" });
}

/** The older name, which the newer one overrides. */
function readMaxTokens(wishes: Wishes, value: unknown, body: JsonObject): void {
  const count = optionalCount(value, "max_tokens");
  const newer = body["max_completion_tokens"];
  if (count !== undefined && (newer === undefined || newer === null)) wishes.maxOutputTokens = count;
}

function parseStop(value: unknown, path: string): readonly string[] {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) throw fieldError(path, "has to be a string or a list of strings");
  return listAt(value, path).map((text, index) => textAt(text, `${path}[${index}]`));
}

function readLogprobs(wishes: Wishes, value: unknown, body: JsonObject): void {
  if (optionalFlag(value, "logprobs") !== true) return;
  wishes.logprobs = optionalCount(body["top_logprobs"], "top_logprobs") ?? 0;
}

function checkTopLogprobs(_wishes: Wishes, value: unknown, body: JsonObject): void {
  const count = optionalCount(value, "top_logprobs") ?? 0;
  if (count > 0 && body["logprobs"] !== true) throw fieldError("top_logprobs", "needs `logprobs` to be true");
}

function readReasoning(wishes: Wishes, _value: unknown, body: JsonObject): void {
  const reasoning = parseReasoning(body);
  if (reasoning !== undefined) wishes.reasoning = reasoning;
}

function readTools(wishes: Wishes, _value: unknown, body: JsonObject, losses: Loss[]): void {
  if (wishes.tools !== undefined) return;
  const tools = parseAllTools(body, losses);
  if (tools.length > 0) wishes.tools = tools;
  if (body["functions"] !== undefined && body["functions"] !== null) wishes.functionCallsOnly = true;
}

/** The older name, which the newer one overrides. */
function readFunctionCall(wishes: Wishes, value: unknown, body: JsonObject): void {
  const choice = parseToolChoice(value, "function_call");
  if (body["tool_choice"] === undefined || body["tool_choice"] === null) wishes.toolChoice = choice;
}

/** The older name, which the newer one overrides. */
function readUser(wishes: Wishes, value: unknown, body: JsonObject, losses: Loss[]): void {
  const user = textAt(value, "user");
  const newer = body["safety_identifier"];
  if (newer === undefined || newer === null) wishes.endUser = user;
  else if (newer !== user) {
    losses.push({ path: "user", isHarmless: true, reason: "is told as `safety_identifier` only" });
  }
}
