import { lackNames } from "../../../catalog/model-card.ts";
import type { DialectName } from "../../../catalog/provider-profile.ts";
import { isTagged } from "../describe-value.ts";
import { promptOutcome } from "../prompt.ts";
import { declarationOf, listOf, numberBetween, type Reader, text, wholeNumber } from "../reader.ts";
import { schema } from "../schema.ts";
import { providerText } from "../secret.ts";
import { objectOf, optional, required, type Shape, type Shaped } from "../shape.ts";
import { duration, money, oneOf } from "../values.ts";
import { version } from "../version.ts";
import { deprecationOf, status } from "./lifecycle.ts";
import { policyOptions } from "./policy.ts";

const dialects = [
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "gemini",
  "bedrock-converse",
  "cohere-chat",
  "ollama-chat",
] as const satisfies readonly DialectName[];

const unitAmounts = {
  perRequest: optional(money),
  perAudioHour: optional(money),
  perMillionCharacters: optional(money),
  perImage: optional(money),
  perThousandSearches: optional(money),
} satisfies Shape;

const tokenPrice = {
  input: required(money),
  output: required(money),
  cacheRead: optional(money),
  cacheWrite: optional(money),
  cacheWriteHour: optional(money),
  reasoning: optional(money),
  audioInput: optional(money),
  audioOutput: optional(money),
  imageInput: optional(money),
  imageOutput: optional(money),
  ...unitAmounts,
} satisfies Shape;

/** By tokens, unless only other units are named. */
const price: Reader<Partial<Shaped<typeof tokenPrice>>> = (value, at, context) => {
  const names = isTagged(value) && value.$ === "object" ? Object.keys(value.fields) : [];
  const isByUnits = names.length > 0 && names.every((name) => Object.hasOwn(unitAmounts, name));
  return objectOf<Shape>(isByUnits ? unitAmounts : tokenPrice)(value, at, context);
};

/** Options of a target. */
export const targetShape = {
  dialect: optional(oneOf(dialects)),
  price: optional(price),
  baseModel: optional(providerText),
  contextWindow: optional(wholeNumber(1)),
  maxOutputTokens: optional(wholeNumber(1)),
  lacks: optional(listOf(oneOf(lackNames))),
} satisfies Shape;

/** Options of `fallback`. */
export const fallbackShape = {
  attempts: optional(wholeNumber(1)),
  firstTokenWithin: optional(duration(1)),
} satisfies Shape;

/** Options of a model. */
export const modelShape = {
  summary: optional(text),
  targets: required(listOf(declarationOf("target"))),
  routing: optional(declarationOf("fallback")),
  ...policyOptions,
} satisfies Shape;

/** Options of an endpoint. */
export const endpointShape = {
  version: required(version),
  status,
  deprecation: deprecationOf("endpoint"),
  summary: optional(text),
  model: required(declarationOf("model")),
  input: required(schema),
  output: optional(schema),
  maxOutputTokens: optional(wholeNumber(1)),
  temperature: optional(numberBetween(0, 2)),
  prompt: required(promptOutcome),
} satisfies Shape;

export type ReadTarget = Shaped<typeof targetShape> & {
  readonly provider: number | undefined;
  readonly upstreamModel: string | undefined;
};
export type ReadFallback = Shaped<typeof fallbackShape>;
export type ReadModel = Shaped<typeof modelShape>;
export type ReadEndpoint = Shaped<typeof endpointShape>;
