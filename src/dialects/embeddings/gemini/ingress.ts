import type { EmbeddingRequestField, EmbeddingResponse } from "../../../canonical/embedding.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { renderError } from "../../gemini/error.ts";
import type { EmbeddingContext, EmbeddingIngress } from "../embedding-dialect.ts";
import { floatsOf } from "../float32.ts";
import { parseRequest } from "./parse-request.ts";

/** Members of a request, of which a batch has several. Callers cannot ask for the others. */
const NAMES: Readonly<Partial<Record<EmbeddingRequestField, string>>> = {
  inputs: "content",
  dimensions: "outputDimensionality",
  purpose: "taskType",
};

/** Gemini's embeddings, for callers. Wire format: https://ai.google.dev/api/embeddings */
export const geminiIngress: EmbeddingIngress = { parseRequest, renderResponse, renderError, fieldName };

function renderResponse(
  { vectors, usage }: EmbeddingResponse,
  { isBatch = false }: EmbeddingContext,
): JsonObject {
  const embeddings = vectors.map((vector) => ({ values: floatsOf(vector) }));
  return {
    ...(isBatch ? { embeddings } : { embedding: embeddings[0] ?? { values: [] } }),
    ...(usage !== undefined && { usageMetadata: { promptTokenCount: usage.input } }),
  };
}

function fieldName(field: EmbeddingRequestField, index?: number, isBatch = false): string {
  const name = NAMES[field] ?? field;
  if (!isBatch) return name;
  return index === undefined && field === "inputs" ? "requests" : `requests[${index ?? 0}].${name}`;
}
