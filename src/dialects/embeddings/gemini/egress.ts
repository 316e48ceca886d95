import type { EmbeddingRequest, EmbeddingResponse } from "../../../canonical/embedding.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../kernel/json.ts";
import type { TargetTraits } from "../../dialect.ts";
import { parseError } from "../../gemini/error.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "../embedding-dialect.ts";
import { readVectors } from "../float32.ts";
import { EmbeddingLosses } from "../losses.ts";
import { modelPath } from "../path.ts";
import { renderPurpose } from "./purpose.ts";
import { renderContent } from "./render-content.ts";
import { readUsage } from "./usage.ts";

/** Source: https://ai.google.dev/gemini-api/docs/embeddings (requests of a batch) */
const MAX_INPUTS = 100;

/**
 * Embeddings of the Gemini API. One path takes any number of inputs: `batchEmbedContents`.
 * Wire format: https://ai.google.dev/api/embeddings
 */
export const geminiEgress: EmbeddingEgress = {
  shape: "gemini",
  path: (template, traits) => modelPath(template, { upstreamModel: nameOf(traits) }),
  renderRequest,
  maxInputs: () => MAX_INPUTS,
  parseResponse: (body) => parseResponse(body),
  parseError,
};

/** Ids may be written with the name of their collection. */
function nameOf({ upstreamModel }: TargetTraits): string {
  return upstreamModel.replace(/^models\//, "");
}

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Gemini");
  losses.limit(MAX_INPUTS);
  losses.lacks({ endUser: true });
  // What is too long loses its end, as nothing can change.
  if (request.truncate !== "end") losses.lacks({ truncate: false });
  const { inputs, dimensions } = request;
  const model = nameOf(traits);
  const taskType = renderTask(request, model, losses);
  const body = {
    requests: inputs.map((input, index) => ({
      model: `models/${model}`,
      content: renderContent(input, index, losses),
      ...(taskType !== undefined && { taskType }),
      ...(input.type === "text" && input.title !== undefined && { title: input.title }),
      ...(dimensions !== undefined && { outputDimensionality: dimensions }),
    })),
  };
  return { body, losses: losses.list };
}

/**
 * What the vectors are for. The second generation of models wants to be told in the text itself, which is the
 * caller's to write. Source: https://ai.google.dev/gemini-api/docs/embeddings#task-types
 */
export function renderTask(
  { purpose }: EmbeddingRequest,
  model: string,
  losses: EmbeddingLosses,
): string | undefined {
  if (purpose === undefined) return undefined;
  if (!model.includes("gemini-embedding-2")) return renderPurpose(purpose);
  losses.change("purpose", "is told to this model in the text itself");
  return undefined;
}

function parseResponse(body: Json): EmbeddingResponse | undefined {
  if (!isJsonObject(body)) return undefined;
  const { embeddings, embedding, usageMetadata } = body;
  const list: readonly unknown[] = Array.isArray(embeddings) ? embeddings : [embedding];
  return parseEmbeddings(list, usageMetadata);
}

/** Reads a list of `{"values":[…]}`; `undefined` where one is none. */
export function parseEmbeddings(list: readonly unknown[], usage: unknown): EmbeddingResponse | undefined {
  const vectors = readVectors(
    list.map((each) => (isJsonObject(each) ? (each as JsonObject)["values"] : each)),
  );
  const read = readUsage(usage);
  return vectors === undefined ? undefined : { vectors, ...(read !== undefined && { usage: read }) };
}
