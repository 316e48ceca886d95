import type { EmbeddingRequestField } from "../../../canonical/embedding.ts";
import { renderError } from "../../openai-chat/error.ts";
import type { EmbeddingIngress } from "../embedding-dialect.ts";
import { parseRequest } from "./parse-request.ts";
import { renderResponse } from "./render-response.ts";

const NAMES: Readonly<Record<Exclude<EmbeddingRequestField, "inputs" | "title">, string>> = {
  dimensions: "dimensions",
  purpose: "input_type",
  truncate: "truncate",
  endUser: "user",
};

/** OpenAI's embeddings, for callers. Wire format: https://platform.openai.com/docs/api-reference/embeddings */
export const openaiIngress: EmbeddingIngress = { parseRequest, renderResponse, renderError, fieldName };

function fieldName(field: EmbeddingRequestField, index?: number): string {
  if (field !== "inputs" && field !== "title") return NAMES[field];
  return index === undefined ? "input" : `input[${index}]`;
}
