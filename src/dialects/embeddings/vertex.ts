import type { EmbeddingRequest, EmbeddingResponse } from "../../canonical/embedding.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import { parseError } from "../gemini/error.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { parseEmbeddings, renderTask } from "./gemini/egress.ts";
import { renderContent } from "./gemini/render-content.ts";
import { EmbeddingLosses } from "./losses.ts";
import { modelPath } from "./path.ts";
import { count, inputUsage } from "./usage.ts";

/** Inputs of one `predict` at most; the first Gemini model takes one. */
const MAX_INPUTS = 250;

/**
 * Embeddings of Vertex AI: newer models answer `embedContent`, one input at a time, older ones `predict`.
 * Wire formats: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api,
 * https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.publishers.models/embedContent
 */
export const vertexEgress: EmbeddingEgress = {
  shape: "vertex",
  path: (template, traits) =>
    `${modelPath(template, traits)}:${takesContent(traits) ? "embedContent" : "predict"}`,
  renderRequest,
  maxInputs,
  parseResponse: (body) => parseResponse(body),
  parseError,
};

function maxInputs(traits: TargetTraits): number {
  return takesContent(traits) || traits.upstreamModel === "gemini-embedding-001" ? 1 : MAX_INPUTS;
}

function takesContent({ upstreamModel }: TargetTraits): boolean {
  const isGemini = upstreamModel.includes("gemini") && upstreamModel !== "gemini-embedding-001";
  return isGemini || upstreamModel.includes("maas");
}

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Vertex AI");
  losses.lacks({ endUser: true });
  const body = takesContent(traits)
    ? renderEmbedContent(request, traits, losses)
    : renderPredict(request, traits, losses);
  return { body, losses: losses.list };
}

function renderEmbedContent(
  request: EmbeddingRequest,
  traits: TargetTraits,
  losses: EmbeddingLosses,
): JsonObject {
  losses.limit(maxInputs(traits));
  const [input = { type: "text", text: "" }] = request.inputs;
  const taskType = renderTask(request, traits.upstreamModel, losses);
  const autoTruncate = losses.cutsEnd();
  const config: JsonObject = {
    ...(taskType !== undefined && { taskType }),
    ...(input.type === "text" && input.title !== undefined && { title: input.title }),
    ...(request.dimensions !== undefined && { outputDimensionality: request.dimensions }),
    ...(autoTruncate !== undefined && { autoTruncate }),
  };
  return {
    content: renderContent(input, 0, losses),
    ...(Object.keys(config).length > 0 && { embedContentConfig: config }),
  };
}

function renderPredict(request: EmbeddingRequest, traits: TargetTraits, losses: EmbeddingLosses): JsonObject {
  losses.limit(maxInputs(traits));
  const task_type = renderTask(request, traits.upstreamModel, losses);
  const autoTruncate = losses.cutsEnd();
  const { inputs, dimensions } = request;
  const texts = losses.texts();
  const parameters: JsonObject = {
    ...(dimensions !== undefined && { outputDimensionality: dimensions }),
    ...(autoTruncate !== undefined && { autoTruncate }),
  };
  return {
    instances: texts.map((content, index) => {
      const input = inputs[index];
      const title = input?.type === "text" ? input.title : undefined;
      return {
        content,
        ...(task_type !== undefined && { task_type }),
        ...(title !== undefined && { title }),
      };
    }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
}

function parseResponse(body: Json): EmbeddingResponse | undefined {
  if (!isJsonObject(body)) return undefined;
  const { embedding, usageMetadata, predictions } = body;
  if (embedding !== undefined) return parseEmbeddings([embedding], usageMetadata);
  if (!Array.isArray(predictions)) return undefined;
  const list = predictions.map((each: unknown) => (isJsonObject(each) ? each["embeddings"] : undefined));
  const response = parseEmbeddings(list, undefined);
  const tokens = list.map((each) => {
    const statistics = isJsonObject(each) ? each["statistics"] : undefined;
    return isJsonObject(statistics) ? count(statistics["token_count"]) : undefined;
  });
  if (response === undefined || !tokens.every((each) => each !== undefined)) return response;
  const input = tokens.reduce((sum, each) => sum + each, 0);
  return { ...response, usage: inputUsage(input) };
}
