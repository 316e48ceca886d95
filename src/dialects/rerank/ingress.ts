import type { RerankRequestField, RerankResponse } from "../../canonical/rerank.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";
import { parseRequest } from "./parse-request.ts";
import type { RerankContext, RerankIngress } from "./rerank-dialect.ts";

const NAMES: Readonly<Record<RerankRequestField, string>> = {
  query: "query",
  documents: "documents",
  topN: "top_n",
  maxTokensPerDocument: "max_tokens_per_doc",
  truncate: "truncation",
};

/**
 * Rerank in the words that Cohere's and Jina's clients share, for callers: each finds its own members in an answer.
 * Wire formats: https://docs.cohere.com/v2/reference/rerank, https://api.jina.ai/docs
 */
export const rerankIngress: RerankIngress = { parseRequest, renderResponse, renderError, fieldName };

function renderResponse(
  { id, results, usage }: RerankResponse,
  { request, model, requestId }: RerankContext,
): JsonObject {
  const { documents, returnDocuments = false } = request;
  const { input = 0, searchUnits } = usage ?? {};
  return {
    id: id ?? requestId,
    object: "list",
    model,
    results: results.map(({ index, score }) => ({
      index,
      relevance_score: score,
      ...(returnDocuments && { document: { text: documents[index] ?? "" } }),
    })),
    meta: {
      api_version: { version: "2" },
      billed_units: searchUnits === undefined ? { input_tokens: input } : { search_units: searchUnits },
      tokens: { input_tokens: input },
    },
    usage: { prompt_tokens: input, total_tokens: input },
  };
}

/** Cohere's clients read `message`, Jina's `detail`. */
function renderError({ code, message, param }: IngressError): JsonObject {
  return { message, detail: message, code, ...(param !== undefined && { param }) };
}

function fieldName(field: RerankRequestField, index?: number): string {
  return index === undefined ? NAMES[field] : `${NAMES[field]}[${index}]`;
}
