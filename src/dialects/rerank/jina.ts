import type { RerankRequest } from "../../canonical/rerank.ts";
import type { TargetTraits } from "../dialect.ts";
import { parseError } from "../openai-chat/error.ts";
import { lossesOf } from "./losses.ts";
import type { RenderedRerank, RerankEgress } from "./rerank-dialect.ts";
import { parseResponse } from "./response.ts";

/**
 * Jina's rerank. It would send the documents back unless it is told not to: the gateway has them.
 * Wire format: https://api.jina.ai/docs, https://jina.ai/reranker/
 */
export const jinaEgress: RerankEgress = { shape: "jina", renderRequest, parseResponse, parseError };

function renderRequest(request: RerankRequest, traits: TargetTraits): RenderedRerank {
  const { query, documents, topN, truncate } = request;
  const body = {
    model: traits.upstreamModel,
    query,
    documents,
    return_documents: false,
    ...(topN !== undefined && { top_n: topN }),
  };
  const cuts = truncate === false && { truncate: false };
  return { body, losses: lossesOf(request, "Jina AI", { maxTokensPerDocument: false, ...cuts }) };
}
