import { baseUrl } from "../base-url.ts";
import { promptOutcome } from "../prompt.ts";
import { declarationOf, flag, listOf, numberBetween, recordOf, text, wholeNumber } from "../reader.ts";
import { schema } from "../schema.ts";
import { headerValue, providerText, secret } from "../secret.ts";
import { objectOf, optional, required, type Shape, type Shaped } from "../shape.ts";
import { duration, money, oneOf } from "../values.ts";
import { version } from "../version.ts";
import { policyOptions } from "./policy.ts";

/** Time limits of upstream calls. */
export const upstreamTimeouts = {
  connect: optional(duration(1)),
  firstToken: optional(duration(1)),
  idle: optional(duration(1)),
  total: optional(duration(1)),
} satisfies Shape;

const httpOptions = {
  headers: optional(recordOf(headerValue)),
  maxConnections: optional(wholeNumber(1, 65_535)),
  timeouts: optional(objectOf(upstreamTimeouts)),
} satisfies Shape;

/** Options of a provider by its type. */
export const providerShapes = {
  openai: {
    apiKey: required(secret),
    baseUrl: optional(baseUrl),
    organization: optional(providerText),
    project: optional(providerText),
    ...httpOptions,
  },
  "openai-compatible": {
    baseUrl: required(baseUrl),
    apiKey: optional(secret),
    streamUsage: optional(flag),
    ...httpOptions,
  },
  demo: {},
} satisfies Record<string, Shape>;

/** Every option that a provider may have. */
export type ReadProvider = Partial<
  Shaped<(typeof providerShapes)["openai"]> & Shaped<(typeof providerShapes)["openai-compatible"]>
>;

/** Options of a target. */
export const targetShape = {
  price: optional(
    objectOf({
      input: required(money),
      output: required(money),
      cacheRead: optional(money),
      cacheWrite: optional(money),
      reasoning: optional(money),
    }),
  ),
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
  status: optional(oneOf(["draft", "published", "deprecated", "retired"])),
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
