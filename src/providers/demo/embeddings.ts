import type { DemoModelId } from "../../catalog/demo-models.ts";
import { encodeFloats } from "../../dialects/embeddings/float32.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type DemoAnswer, jsonAnswer } from "./answer.ts";
import { given, readInteger } from "./fields.ts";
import { DemoRefusal, missing, wrongType, wrongValue } from "./refusal.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { MAX_PROMPT_CHARACTERS } from "./usage.ts";
import { vectorOf } from "./vector.ts";

/** Where vectors are asked for. */
export const embeddingsPath = "/v1/embeddings";

/** Inputs of one request at most, as in OpenAI's API. */
const MAX_INPUTS = 2_048;
/** Numbers of a vector, where the caller does not say. */
const USUAL_DIMENSIONS = 256;
const MAX_DIMENSIONS = 3_072;

/** Models that answer with vectors, two of them with failures in the middle. */
const MODELS: readonly DemoModelId[] = ["echo", "fail-cut", "fail-stall"];

/** Something to be embedded: a text, or token ids, which are taken as they are. */
type DemoInput = string | readonly number[];

/**
 * Answers with a vector for each input: the same for the same text, and close for texts that share words.
 * Wire format: https://platform.openai.com/docs/api-reference/embeddings
 * @throws DemoRefusal naming the field at fault; LatchkeyError when the tokenizer fails.
 */
export async function answerEmbeddings(
  fields: JsonObject,
  model: DemoModelId,
  tokenizer: Tokenizer,
): Promise<DemoAnswer> {
  if (!MODELS.includes(model))
    throw wrongValue("model", "answers no embeddings; of the demo models `echo` does");
  const inputs = readInputs(fields);
  const dimensions = readInteger(fields, "dimensions", { min: 1, max: MAX_DIMENSIONS }) ?? USUAL_DIMENSIONS;
  const isBase64 = readsBase64(fields);
  const tokens = await countTokens(inputs, tokenizer);
  const data = inputs.map((input, index) => {
    const vector = vectorOf(input, dimensions);
    return { object: "embedding", index, embedding: isBase64 ? encodeFloats(vector) : vector };
  });
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  const ending = model === "fail-cut" ? "cut" : model === "fail-stall" ? "stall" : "complete";
  return jsonAnswer(200, JSON.stringify({ object: "list", data, model, usage }), { ending });
}

function readInputs(fields: JsonObject): readonly DemoInput[] {
  if (!given(fields, "input")) throw missing("input");
  const { input } = fields;
  const list: readonly unknown[] = !Array.isArray(input) || isTokens(input) ? [input] : input;
  if (list.length === 0 || list.length > MAX_INPUTS)
    throw wrongValue("input", `has to hold 1 to ${MAX_INPUTS} texts`);
  const inputs = list.map((item, index): DemoInput => {
    const param = item === input ? "input" : `input[${index}]`;
    if (isTokens(item)) return item;
    if (typeof item !== "string") throw wrongType(param, "a text or a list of token ids", item);
    if (item === "") throw wrongValue(param, "may not be empty");
    return item;
  });
  if (inputs.reduce((sum, { length }) => sum + length, 0) > MAX_PROMPT_CHARACTERS)
    throw new DemoRefusal(`\`input\` has more than ${MAX_PROMPT_CHARACTERS} characters.`, {
      param: "input",
      code: "context_length_exceeded",
    });
  return inputs;
}

function isTokens(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((id) => Number.isSafeInteger(id) && id >= 0);
}

function readsBase64(fields: JsonObject): boolean {
  if (!given(fields, "encoding_format")) return false;
  const { encoding_format: encoding } = fields;
  if (encoding === "base64" || encoding === "float") return encoding === "base64";
  throw wrongValue("encoding_format", "has to be `float` or `base64`");
}

async function countTokens(inputs: readonly DemoInput[], tokenizer: Tokenizer): Promise<number> {
  const texts = inputs.filter((input) => typeof input === "string");
  const counts = await tokenizer.count(texts);
  const ids = inputs.reduce((sum, input) => sum + (typeof input === "string" ? 0 : input.length), 0);
  return counts.reduce((sum, count) => sum + count, ids);
}
