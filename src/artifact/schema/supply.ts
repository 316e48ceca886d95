import { z } from "zod";
import type { Lack } from "../../catalog/model-card.ts";
import type { DialectName } from "../../catalog/provider-profile.ts";
import { countSchema, idSchema, policyShape } from "./policy.ts";
import { priceSchema } from "./price.ts";
import { promptSchema } from "./prompt.ts";
import { secretRefSchema } from "./secret.ts";

/** How calls carry the credential. */
export const authSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** `Authorization: Bearer …`. */
  z.strictObject({ kind: z.literal("bearer"), token: secretRefSchema }),
  /** A header of the provider's own, with the credential as its whole value. */
  z.strictObject({ kind: z.literal("header"), name: z.string(), value: secretRefSchema }),
  /** A signature over each request. */
  z.strictObject({
    kind: z.literal("aws-sigv4"),
    service: z.string(),
    region: z.string(),
    accessKeyId: secretRefSchema,
    secretAccessKey: secretRefSchema,
    sessionToken: secretRefSchema.nullable(),
  }),
  /** Access tokens of a service account, whose JSON key the secret holds. */
  z.strictObject({ kind: z.literal("google-service-account"), credentials: secretRefSchema }),
  /** Access tokens of an application that is registered with Microsoft Entra ID. */
  z.strictObject({
    kind: z.literal("azure-entra"),
    authority: z.string(),
    scope: z.string(),
    tenantId: secretRefSchema,
    clientId: secretRefSchema,
    clientSecret: secretRefSchema,
  }),
]);

/** Wire formats of conversations. */
export const dialectSchema = z.enum([
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "gemini",
  "bedrock-converse",
  "cohere-chat",
  "ollama-chat",
] satisfies readonly DialectName[]);

/** Time limits of upstream calls, milliseconds. */
export const upstreamTimeoutsSchema = z.strictObject({
  connectMs: countSchema,
  firstTokenMs: countSchema,
  idleMs: countSchema,
  totalMs: countSchema,
});

/** Departures of a vendor from a wire format that it speaks. */
const quirksSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A provider. The defaults of its type are filled in. */
export const providerSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  /** Null for providers without a network address. */
  baseUrl: z.string().nullable(),
  /** What every path ends with, without its question mark. */
  query: z.string().nullable(),
  /** Further APIs by their name: the path below the base URL, whose shape they have, and departures from it. */
  apis: z.record(z.string(), z.strictObject({ path: z.string(), shape: z.string(), quirks: quirksSchema })),
  auth: authSchema,
  /** Headers of every call but the credential's; each name is there once, whatever its case. */
  headers: z.array(z.tuple([z.string(), z.union([z.string(), secretRefSchema])])),
  maxConnections: z.number().int().min(1),
  streamUsage: z.boolean(),
  timeouts: upstreamTimeoutsSchema,
  /** Where it computes, in the words of the config, such as `eu`; null: the config does not say. */
  region: z.string().nullable(),
  tags: z.array(z.string()),
});

/** What a model may be unable to do or to take. */
const lackSchema = z.enum([
  "tools",
  "json-schema",
  "reasoning",
  "images",
  "files",
  "audio",
  "sampling",
  "forced-tools",
] satisfies readonly Lack[]);

/** One provider and one of its model ids. */
export const targetSchema = z.strictObject({
  provider: idSchema,
  upstreamModel: z.string(),
  /** In which it is spoken to; null: it is no chat model. */
  dialect: dialectSchema.nullable(),
  /** Where the dialect's own paths begin below the provider's base URL; empty: directly there. */
  basePath: z.string(),
  /** Departures from the dialect. */
  quirks: quirksSchema,
  /** Further dialects in which the provider serves the model as well; callers who speak them pass through. */
  alsoSpeaks: z.array(z.strictObject({ dialect: dialectSchema, basePath: z.string() })),
  /** Null: unknown, which is not the same as free. */
  price: priceSchema.nullable(),
  /** Tokens of prompt and answer together; null: unknown. */
  contextWindow: countSchema.nullable(),
  /** Tokens of an answer; null: unknown. */
  maxOutputTokens: countSchema.nullable(),
  /** What the model is known to be unable to do or to take. */
  lacks: z.array(lackSchema),
});

/** A model: its targets in the order in which they are tried. */
export const modelSchema = z.strictObject({
  name: z.string(),
  summary: z.string().nullable(),
  /** When the model of its first target came out, `YYYY-MM-DD`; absent: unknown. */
  releasedOn: z.iso.date().optional(),
  targets: z.array(idSchema).min(1),
  routing: z.strictObject({
    strategy: z.literal("fallback"),
    attempts: z.number().int().min(1),
    /** Milliseconds; null: the provider's own limit. */
    firstTokenMs: countSchema.nullable(),
  }),
  ...policyShape,
});

/** A JSON Schema of draft 2020-12. */
export const jsonSchemaSchema = z.record(z.string(), z.unknown());

/** How far a version has come. */
export const lifecycleShape = {
  status: z.enum(["draft", "published", "deprecated", "retired"]),
  /** Milliseconds since the epoch: since when it is deprecated, and when it will be retired; null: not said. */
  deprecatedAtMs: countSchema.nullable(),
  sunsetAtMs: countSchema.nullable(),
  /** Row of the same table that takes its place; null: none is named. */
  successor: idSchema.nullable(),
};

/** One version of an endpoint. */
export const endpointSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  major: z.number().int().min(0),
  ...lifecycleShape,
  summary: z.string().nullable(),
  model: idSchema,
  prompt: promptSchema,
  input: jsonSchemaSchema,
  /** Null: the endpoint answers text. */
  output: jsonSchemaSchema.nullable(),
  /** Names of the validators in `functions.js`; `checkOutput` is null where there is no schema. */
  checkInput: z.string(),
  checkOutput: z.string().nullable(),
  maxOutputTokens: countSchema.nullable(),
  temperature: z.number().nullable(),
});
