import type { EmbeddingRequestField, EmbeddingResponse } from "../../../canonical/embedding.ts";
import type { VendorErrorKind } from "../../../canonical/vendor-error.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { IngressError } from "../../dialect.ts";
import type { EmbeddingContext, EmbeddingIngress } from "../embedding-dialect.ts";
import { floatsOf } from "../float32.ts";
import { parseRequest } from "./parse-request.ts";

/** Members of a request, of which a batch has several. Callers cannot ask for the others. */
const NAMES: Readonly<Partial<Record<EmbeddingRequestField, string>>> = {
  inputs: "content",
  dimensions: "outputDimensionality",
  purpose: "taskType",
};

/** Source: https://cloud.google.com/apis/design/errors#handling_errors */
const STATUSES: Readonly<Record<VendorErrorKind, string>> = {
  "invalid-request": "INVALID_ARGUMENT",
  "context-length": "INVALID_ARGUMENT",
  "content-policy": "INVALID_ARGUMENT",
  "too-large": "INVALID_ARGUMENT",
  authentication: "UNAUTHENTICATED",
  permission: "PERMISSION_DENIED",
  "not-found": "NOT_FOUND",
  "rate-limit": "RESOURCE_EXHAUSTED",
  quota: "RESOURCE_EXHAUSTED",
  overloaded: "UNAVAILABLE",
  timeout: "DEADLINE_EXCEEDED",
  server: "INTERNAL",
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

function renderError({ status, code, message, kind }: IngressError): JsonObject {
  const details = [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: code, domain: "latchkey" }];
  return { error: { code: status, message, status: STATUSES[kind], details } };
}

function fieldName(field: EmbeddingRequestField, index?: number, isBatch = false): string {
  const name = NAMES[field] ?? field;
  if (!isBatch) return name;
  return index === undefined && field === "inputs" ? "requests" : `requests[${index ?? 0}].${name}`;
}
