import type { EmbeddingRequest, EmbeddingVector } from "../../canonical/embedding.ts";
import type { TargetTraits } from "../dialect.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { EmbeddingLosses } from "./losses.ts";
import { openaiEgress, parseResponse } from "./openai/egress.ts";

/** Source: https://docs.perplexity.ai/api-reference/embeddings-post (`input`) */
const MAX_INPUTS = 512;

/**
 * Perplexity's embeddings: OpenAI's, but for texts alone and vectors that are base64 of bytes, each a number from
 * -128 to 127. They are not of length 1, which comparing by angle does not mind.
 * Wire format: https://docs.perplexity.ai/api-reference/embeddings-post
 */
export const perplexityEgress: EmbeddingEgress = {
  ...openaiEgress,
  shape: "perplexity",
  renderRequest,
  maxInputs: () => MAX_INPUTS,
  parseResponse: (body) => parseResponse(body, readBytes),
};

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Perplexity");
  losses.limit(MAX_INPUTS);
  const truncate = request.truncate !== "none" && { truncate: true };
  losses.lacks({ purpose: true, title: true, endUser: true, ...truncate });
  const { dimensions } = request;
  const body = {
    model: traits.upstreamModel,
    input: losses.texts(),
    encoding_format: "base64_int8",
    ...(dimensions !== undefined && { dimensions }),
  };
  return { body, losses: losses.list };
}

function readBytes(value: unknown): EmbeddingVector | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return { encoding: "float", values: Array.from(new Int8Array(Buffer.from(value, "base64"))) };
}
