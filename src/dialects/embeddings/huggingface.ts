import type { EmbeddingRequest, EmbeddingResponse } from "../../canonical/embedding.ts";
import type { Json } from "../../kernel/json.ts";
import { parseError } from "../openai-chat/error.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { readVector, readVectors } from "./float32.ts";
import { EmbeddingLosses } from "./losses.ts";

const DIRECTIONS = { start: "Left", end: "Right" } as const;

/**
 * Feature extraction of Hugging Face's own inference, which is that of its embeddings server. What vectors are for
 * is told by prompts that a model may or may not have: it is not told at all.
 * Wire format: https://huggingface.co/docs/inference-providers/tasks/feature-extraction
 */
export const huggingfaceEgress: EmbeddingEgress = {
  shape: "huggingface",
  path: (template, { upstreamModel }) =>
    // The owner and the name of a model are segments of their own.
    template.replace("{model}", () => upstreamModel.split("/").map(encodeURIComponent).join("/")),
  renderRequest: (request) => renderRequest(request),
  parseResponse: (body) => parseResponse(body),
  parseError,
};

function renderRequest(request: EmbeddingRequest): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Hugging Face");
  losses.lacks({ dimensions: false, purpose: true, title: true, endUser: true });
  const { truncate } = request;
  const isCut = truncate === "start" || truncate === "end";
  const body = {
    inputs: losses.texts(),
    ...(truncate !== undefined && { truncate: isCut }),
    ...(isCut && { truncation_direction: DIRECTIONS[truncate] }),
  };
  return { body, losses: losses.list };
}

/** A list of vectors. Models without pooling answer one for each token: those are no vectors of texts. */
function parseResponse(body: Json): EmbeddingResponse | undefined {
  if (!Array.isArray(body) || body.length === 0) return undefined;
  const single = readVector(body);
  const vectors = single === undefined ? readVectors(body) : [single];
  return vectors === undefined ? undefined : { vectors };
}
