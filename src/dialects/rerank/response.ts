import type { RerankRequest, RerankResponse, RerankResult } from "../../canonical/rerank.ts";
import { isJsonObject, type Json } from "../../kernel/json.ts";
import { readUsage } from "./usage.ts";

/**
 * Reads an answer of any of the shapes: they differ in the name of the list (`results`, or `data`) and in usage.
 * The best stand first and no more than were asked for, which not every server minds. `undefined` where it is no
 * answer.
 * Wire formats: https://docs.cohere.com/v2/reference/rerank, https://api.jina.ai/docs,
 * https://docs.voyageai.com/reference/reranker-api
 */
export function parseResponse(body: Json, request: RerankRequest): RerankResponse | undefined {
  if (!isJsonObject(body)) return undefined;
  const { id, model } = body;
  const list = body["results"] ?? body["data"];
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const results: RerankResult[] = [];
  for (const item of list as readonly unknown[]) {
    const result = readResult(item, request.documents.length);
    if (result === undefined) return undefined;
    results.push(result);
  }
  const usage = readUsage(body);
  return {
    results: results.sort((a, b) => b.score - a.score).slice(0, request.topN),
    ...(typeof id === "string" && { id }),
    ...(typeof model === "string" && { model }),
    ...(usage !== undefined && { usage }),
  };
}

function readResult(item: unknown, documents: number): RerankResult | undefined {
  if (!isJsonObject(item)) return undefined;
  const { index, relevance_score: score } = item;
  if (typeof index !== "number" || typeof score !== "number" || !Number.isFinite(score)) return undefined;
  return Number.isInteger(index) && index >= 0 && index < documents ? { index, score } : undefined;
}
