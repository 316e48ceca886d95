import type { RerankRequest } from "../../canonical/rerank.ts";
import { parseError } from "../cohere-chat/error.ts";
import type { TargetTraits } from "../dialect.ts";
import { lossesOf } from "./losses.ts";
import type { RenderedRerank, RerankEgress } from "./rerank-dialect.ts";
import { parseResponse } from "./response.ts";

/**
 * Cohere's rerank, version 2, which many servers of other vendors speak as well. It cuts documents off by itself.
 * Wire format: https://docs.cohere.com/v2/reference/rerank
 */
export const cohereEgress: RerankEgress = { shape: "cohere", renderRequest, parseResponse, parseError };

function renderRequest(request: RerankRequest, traits: TargetTraits): RenderedRerank {
  const { query, documents, topN, maxTokensPerDocument, truncate } = request;
  const body = {
    model: traits.upstreamModel,
    query,
    documents,
    ...(topN !== undefined && { top_n: topN }),
    ...(maxTokensPerDocument !== undefined && { max_tokens_per_doc: maxTokensPerDocument }),
  };
  return { body, losses: lossesOf(request, "Cohere", truncate === false ? { truncate: false } : {}) };
}
