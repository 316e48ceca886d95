import type { RerankLoss, RerankRequest } from "../../canonical/rerank.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { fieldFault, RequestReader } from "../request-reader.ts";
import type { ParsedRerank } from "./rerank-dialect.ts";

/**
 * Reads a request in the words that Cohere and Jina share, with documents as texts or as objects with a text.
 * Wire formats: https://docs.cohere.com/v2/reference/rerank, https://api.jina.ai/docs
 * @throws LatchkeyError LK-2102
 */
export function parseRequest(body: JsonObject): ParsedRerank {
  const losses: RerankLoss[] = [];
  const reader = new RequestReader(body);
  const model = reader.requiredText("model", "the name of a model");
  const query = reader.requiredText("query", "what is looked for");
  const documents = parseDocuments(reader.value("documents"), losses);
  const topN = reader.count("top_n");
  const returnDocuments = reader.flag("return_documents");
  const maxTokensPerDocument = reader.count("max_tokens_per_doc");
  const truncate = reader.flag("truncation");
  for (const path of reader.rest())
    losses.push({ path, isHarmless: false, reason: "is known to no other dialect" });
  const request: RerankRequest = {
    model,
    query,
    documents,
    ...(topN !== undefined && { topN }),
    ...(returnDocuments !== undefined && { returnDocuments }),
    ...(maxTokensPerDocument !== undefined && { maxTokensPerDocument }),
    ...(truncate !== undefined && { truncate }),
  };
  return { request, losses };
}

function parseDocuments(value: Json | undefined, losses: RerankLoss[]): readonly string[] {
  if (!Array.isArray(value) || value.length === 0)
    throw fieldFault("documents", "has to be a list of documents, not an empty one");
  return value.map((document: Json, index) => {
    if (typeof document === "string") return document;
    const path = `documents[${index}]`;
    if (!isJsonObject(document)) throw fieldFault(path, "has to be a text, or an object with one");
    const reader = new RequestReader(document as JsonObject, `${path}.`);
    const text = reader.text("text");
    if (text === undefined) throw fieldFault(`${path}.text`, "has to be the document's text");
    // Nothing but the text is ranked.
    for (const name of reader.rest())
      losses.push({ path: `${path}.${name}`, isHarmless: true, reason: "is not looked at" });
    return text;
  });
}
