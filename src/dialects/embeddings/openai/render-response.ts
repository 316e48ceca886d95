import type { EmbeddingResponse } from "../../../canonical/embedding.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { EmbeddingContext } from "../embedding-dialect.ts";
import { base64Of, floatsOf } from "../float32.ts";

/**
 * An answer in OpenAI's words: base64 where the caller has asked for it, as its client for Node does by itself,
 * numbers otherwise, whatever the vendor has sent.
 * Wire format: https://platform.openai.com/docs/api-reference/embeddings/object
 */
export function renderResponse(
  { vectors, usage }: EmbeddingResponse,
  { request, model }: EmbeddingContext,
): JsonObject {
  const render = request.encoding === "base64" ? base64Of : floatsOf;
  const tokens = usage?.input ?? 0;
  return {
    object: "list",
    data: vectors.map((vector, index) => ({ object: "embedding", index, embedding: render(vector) })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
