import type {
  EmbeddingInput,
  EmbeddingPart,
  EmbeddingPurpose,
  EmbeddingRequest,
} from "../../canonical/embedding.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import { parseError } from "../openai-chat/error.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { imageUrl } from "./image-url.ts";
import { EmbeddingLosses } from "./losses.ts";
import { parseResponse } from "./openai/egress.ts";
import { modelPath } from "./path.ts";

/** Source: https://docs.voyageai.com/reference/embeddings-api (`input`) */
const MAX_INPUTS = 1_000;

/** Purposes that Voyage's models know; for the others they make vectors that serve all. */
const TYPES: Readonly<Partial<Record<EmbeddingPurpose, string>>> = {
  query: "query",
  question: "query",
  fact: "query",
  "code-query": "query",
  document: "document",
};

/**
 * Voyage's embeddings; its models of text and pictures have a path of their own.
 * Wire formats: https://docs.voyageai.com/reference/embeddings-api,
 * https://docs.voyageai.com/reference/multimodal-embeddings-api
 */
export const voyageEgress: EmbeddingEgress = {
  shape: "voyage",
  path: (template, traits) =>
    modelPath(
      isMultimodal(traits) ? template.replace(/embeddings$/, "multimodalembeddings") : template,
      traits,
    ),
  renderRequest,
  maxInputs: () => MAX_INPUTS,
  parseResponse: (body) => parseResponse(body),
  parseError,
};

function isMultimodal({ upstreamModel }: TargetTraits): boolean {
  return upstreamModel.startsWith("voyage-multimodal");
}

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Voyage AI");
  losses.limit(MAX_INPUTS);
  losses.lacks({ title: true, endUser: true });
  const { inputs, dimensions, encoding, purpose } = request;
  const input_type = purpose === undefined ? undefined : TYPES[purpose];
  const truncation = losses.cutsEnd();
  const multimodal = isMultimodal(traits);
  const body: JsonObject = {
    model: traits.upstreamModel,
    ...(multimodal
      ? { inputs: inputs.map((input, index) => renderInput(input, index, losses)) }
      : { input: losses.texts() }),
    ...(input_type !== undefined && { input_type }),
    ...(truncation !== undefined && { truncation }),
    ...(dimensions !== undefined && { output_dimension: dimensions }),
    ...(encoding === "base64" && { [multimodal ? "output_encoding" : "encoding_format"]: encoding }),
  };
  return { body, losses: losses.list };
}

function renderInput(input: EmbeddingInput, index: number, losses: EmbeddingLosses): JsonObject {
  if (input.type === "tokens") losses.misfit(index);
  if (input.type === "text") return { content: [{ type: "text", text: input.text }] };
  return { content: input.type === "parts" ? input.parts.map(renderPart) : [] };
}

function renderPart(part: EmbeddingPart): JsonObject {
  if (part.type === "text") return { type: "text", text: part.text };
  const url = imageUrl(part.source);
  return part.source.kind === "url"
    ? { type: "image_url", image_url: url }
    : { type: "image_base64", image_base64: url };
}
