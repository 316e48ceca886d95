import type { EmbeddingRequest, EmbeddingResponse } from "../../canonical/embedding.ts";
import { isJsonObject, type Json } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import { parseError } from "../ollama-chat/error.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { readVectors } from "./float32.ts";
import { EmbeddingLosses } from "./losses.ts";
import { modelPath } from "./path.ts";
import { count, inputUsage } from "./usage.ts";

/** Ollama's embeddings. Wire format: https://docs.ollama.com/api/embed */
export const ollamaEgress: EmbeddingEgress = {
  shape: "ollama",
  path: modelPath,
  renderRequest,
  parseResponse: (body) => parseResponse(body),
  parseError,
};

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Ollama");
  losses.lacks({ purpose: true, title: true, endUser: true });
  const { dimensions } = request;
  const truncate = losses.cutsEnd();
  const body = {
    model: traits.upstreamModel,
    input: losses.texts(),
    ...(truncate !== undefined && { truncate }),
    ...(dimensions !== undefined && { dimensions }),
  };
  return { body, losses: losses.list };
}

/** Reads an answer; the older `/api/embeddings` answers one vector and no usage. */
function parseResponse(body: Json): EmbeddingResponse | undefined {
  if (!isJsonObject(body)) return undefined;
  const { embeddings, embedding, model } = body;
  const vectors = readVectors(embeddings ?? (embedding === undefined ? undefined : [embedding]));
  if (vectors === undefined) return undefined;
  const tokens = count(body["prompt_eval_count"]);
  return {
    vectors,
    ...(typeof model === "string" && { model }),
    ...(tokens !== undefined && { usage: inputUsage(tokens) }),
  };
}
