import type { EmbeddingRequest, EmbeddingResponse } from "../../canonical/embedding.ts";
import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, type Json } from "../../kernel/json.ts";
import { parseError } from "../cohere-chat/error.ts";
import type { TargetTraits } from "../dialect.ts";
import { renderCohereInputs } from "./cohere-input.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { readVectors } from "./float32.ts";
import { EmbeddingLosses } from "./losses.ts";
import { modelPath } from "./path.ts";
import { count, inputUsage } from "./usage.ts";

/** Source: https://docs.cohere.com/v2/reference/embed (`texts`, `inputs`) */
const MAX_INPUTS = 96;

/** Cohere's embeddings, version 2. Wire format: https://docs.cohere.com/v2/reference/embed */
export const cohereEgress: EmbeddingEgress = {
  shape: "cohere",
  path: modelPath,
  renderRequest,
  maxInputs: () => MAX_INPUTS,
  parseResponse: (body) => parseResponse(body),
  parseError,
};

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Cohere");
  losses.limit(MAX_INPUTS);
  losses.lacks({ title: true, endUser: true });
  const { inputs, purpose, dimensions, truncate } = request;
  const body = {
    model: traits.upstreamModel,
    ...renderCohereInputs(inputs, purpose, losses, (url) => ({ type: "image_url", image_url: { url } })),
    embedding_types: ["float"],
    ...(dimensions !== undefined && { output_dimension: dimensions }),
    ...(truncate !== undefined && { truncate: truncate.toUpperCase() }),
  };
  return { body, losses: losses.list };
}

function parseResponse(body: Json): EmbeddingResponse | undefined {
  if (!isJsonObject(body) || !isJsonObject(body["embeddings"])) return undefined;
  const vectors = readVectors(body["embeddings"]["float"]);
  if (vectors === undefined) return undefined;
  const { id } = body;
  const usage = readUsage(body["meta"]);
  return { vectors, ...(typeof id === "string" && { id }), ...(usage !== undefined && { usage }) };
}

/** Cohere bills what it counts here; pictures are counted apart. */
function readUsage(meta: unknown): Usage | undefined {
  const billed = isJsonObject(meta) ? meta["billed_units"] : undefined;
  if (!isJsonObject(billed)) return undefined;
  const text = count(billed["input_tokens"]);
  const image = count(billed["image_tokens"]);
  if (text === undefined && image === undefined) return undefined;
  return inputUsage((text ?? 0) + (image ?? 0), image);
}
