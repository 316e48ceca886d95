import type { EmbeddingRequest, EmbeddingResponse, EmbeddingVector } from "../../canonical/embedding.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { parseError } from "../bedrock-converse/error.ts";
import type { HeaderReader, TargetTraits } from "../dialect.ts";
import { renderNova } from "./bedrock-nova.ts";
import { renderTitan } from "./bedrock-titan.ts";
import { renderCohereInputs } from "./cohere-input.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { readVectors } from "./float32.ts";
import { EmbeddingLosses } from "./losses.ts";
import { modelPath } from "./path.ts";
import { count, inputUsage } from "./usage.ts";

/** Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html (`texts`) */
const MAX_COHERE_INPUTS = 96;
/** Cohere's two ends of a text, in the words of version 4. */
const SIDES = { none: "NONE", start: "LEFT", end: "RIGHT" } as const;

/**
 * Embeddings of Amazon Bedrock, by InvokeModel: each family of models keeps its own form.
 * Wire formats: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html,
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html,
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v4.html,
 * https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html
 */
export const bedrockEgress: EmbeddingEgress = {
  shape: "bedrock",
  path: modelPath,
  renderRequest,
  maxInputs: ({ upstreamModel }) => (isCohere(upstreamModel) ? MAX_COHERE_INPUTS : 1),
  parseResponse: (body, _request, header) => parseResponse(body, header),
  parseError,
};

function isCohere(model: string): boolean {
  return model.includes("cohere.embed");
}

function renderRequest(request: EmbeddingRequest, { upstreamModel }: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Amazon Bedrock");
  losses.lacks({ title: true, endUser: true });
  const body = bodyFor(request, upstreamModel, losses);
  if (body === undefined) losses.add("inputs", "cannot be told to this model of Amazon Bedrock");
  return { body: body ?? {}, losses: losses.list };
}

function bodyFor(request: EmbeddingRequest, model: string, losses: EmbeddingLosses): JsonObject | undefined {
  if (isCohere(model)) return renderCohere(request, model, losses);
  if (model.includes("amazon.titan-embed")) return renderTitan(request, model, losses);
  return model.includes("amazon.nova") ? renderNova(request, losses) : undefined;
}

function renderCohere(request: EmbeddingRequest, model: string, losses: EmbeddingLosses): JsonObject {
  losses.limit(MAX_COHERE_INPUTS);
  const { inputs, purpose, dimensions, truncate } = request;
  const isFourth = model.includes("embed-v4");
  if (!isFourth) losses.lacks({ dimensions: false });
  return {
    ...renderCohereInputs(inputs, purpose, losses, (url) => ({ type: "image_url", image_url: url })),
    embedding_types: ["float"],
    ...(dimensions !== undefined && isFourth && { output_dimension: dimensions }),
    ...(truncate !== undefined && { truncate: isFourth ? SIDES[truncate] : truncate.toUpperCase() }),
  };
}

function parseResponse(body: Json, header: HeaderReader): EmbeddingResponse | undefined {
  if (!isJsonObject(body)) return undefined;
  const { id, inputTextTokenCount } = body;
  const vectors = parseVectors(body as JsonObject);
  if (vectors === undefined) return undefined;
  // Cohere and Nova tell nothing in the body.
  const told = header("x-amzn-bedrock-input-token-count");
  const tokens = count(inputTextTokenCount) ?? (typeof told === "string" ? count(Number(told)) : undefined);
  return {
    vectors,
    ...(typeof id === "string" && { id }),
    ...(tokens !== undefined && { usage: inputUsage(tokens) }),
  };
}

function parseVectors({ embedding, embeddings }: JsonObject): readonly EmbeddingVector[] | undefined {
  if (embedding !== undefined) return readVectors([embedding]);
  if (isJsonObject(embeddings)) return readVectors(embeddings["float"]);
  if (!Array.isArray(embeddings)) return undefined;
  return readVectors(embeddings.map((each: unknown) => (isJsonObject(each) ? each["embedding"] : each)));
}
