import type { RerankLoss, RerankRequest } from "../../canonical/rerank.ts";
import type { TargetTraits } from "../dialect.ts";
import { parseError } from "../openai-chat/error.ts";
import { lossesOf } from "./losses.ts";
import type { RenderedRerank, RerankEgress } from "./rerank-dialect.ts";
import { parseResponse } from "./response.ts";

/** Source: https://docs.voyageai.com/reference/reranker-api (`documents`) */
const MAX_DOCUMENTS = 1_000;

/** Voyage's rerank. Wire format: https://docs.voyageai.com/reference/reranker-api */
export const voyageEgress: RerankEgress = { shape: "voyage", renderRequest, parseResponse, parseError };

function renderRequest(request: RerankRequest, traits: TargetTraits): RenderedRerank {
  const { query, documents, topN, truncate } = request;
  const losses: RerankLoss[] = [...lossesOf(request, "Voyage AI", { maxTokensPerDocument: false })];
  const { length } = documents;
  if (length > MAX_DOCUMENTS) {
    const reason = `holds ${length}, of which Voyage AI takes ${MAX_DOCUMENTS} in one request at most`;
    losses.push({ path: { field: "documents" }, isHarmless: false, reason });
  }
  const body = {
    model: traits.upstreamModel,
    query,
    documents,
    ...(topN !== undefined && { top_k: topN }),
    ...(truncate !== undefined && { truncation: truncate }),
  };
  return { body, losses };
}
