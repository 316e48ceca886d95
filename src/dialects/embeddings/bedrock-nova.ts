import type { EmbeddingInput, EmbeddingPurpose, EmbeddingRequest } from "../../canonical/embedding.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type EmbeddingLosses, textOf } from "./losses.ts";

const PURPOSES: Readonly<Record<EmbeddingPurpose, string>> = {
  query: "GENERIC_RETRIEVAL",
  document: "GENERIC_INDEX",
  similarity: "GENERIC_INDEX",
  classification: "CLASSIFICATION",
  clustering: "CLUSTERING",
  question: "GENERIC_RETRIEVAL",
  fact: "GENERIC_RETRIEVAL",
  "code-query": "GENERIC_RETRIEVAL",
};

/**
 * Amazon's Nova model of text and pictures: one input, a text or a picture. It wants to be told what to do with a
 * text that is too long: its end is cut off, where the caller does not say.
 * Wire format: https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html
 */
export function renderNova(request: EmbeddingRequest, losses: EmbeddingLosses): JsonObject {
  losses.limit(1);
  const { inputs, purpose = "document", dimensions, truncate = "end" } = request;
  const [input = { type: "text", text: "" }] = inputs;
  return {
    taskType: "SINGLE_EMBEDDING",
    singleEmbeddingParams: {
      embeddingPurpose: PURPOSES[purpose],
      ...(dimensions !== undefined && { embeddingDimension: dimensions }),
      ...renderInput(input, truncate, losses),
    },
  };
}

function renderInput(
  input: EmbeddingInput,
  truncate: "none" | "start" | "end",
  losses: EmbeddingLosses,
): JsonObject {
  const text = textOf(input);
  if (text !== undefined) return { text: { truncationMode: truncate.toUpperCase(), value: text } };
  const [part, ...more] = input.type === "parts" ? input.parts : [];
  const source = part?.type === "image" && more.length === 0 ? part.source : undefined;
  if (source?.kind === "base64") {
    const format = source.mediaType.replace(/^image\//i, "").replace("jpg", "jpeg");
    return { image: { detailLevel: "STANDARD_IMAGE", format, source: { bytes: source.data } } };
  }
  if (input.type === "tokens") losses.misfit(0);
  else losses.add("inputs", "has to be a text or one picture, as base64, for this model", false, 0);
  return {};
}
