import { bedrockEgress } from "./bedrock.ts";
import { cohereEgress } from "./cohere.ts";
import type { EmbeddingEgress, EmbeddingShape } from "./embedding-dialect.ts";
import { geminiEgress } from "./gemini/egress.ts";
import { huggingfaceEgress } from "./huggingface.ts";
import { jinaEgress } from "./jina.ts";
import { mistralEgress } from "./mistral.ts";
import { nvidiaEgress } from "./nvidia.ts";
import { ollamaEgress } from "./ollama.ts";
import { oneForEach } from "./one-for-each.ts";
import { openaiEgress } from "./openai/egress.ts";
import { perplexityEgress } from "./perplexity.ts";
import { vertexEgress } from "./vertex.ts";
import { voyageEgress } from "./voyage.ts";

export { geminiIngress } from "./gemini/ingress.ts";
export { geminiBatchPassthrough, geminiPassthrough, singlePath } from "./gemini/passthrough.ts";
export { openaiIngress } from "./openai/ingress.ts";
export { openaiPassthrough } from "./openai/passthrough.ts";

/** How each shape is spoken to vendors. */
export const embeddingEgresses: Readonly<Record<EmbeddingShape, EmbeddingEgress>> = {
  openai: oneForEach(openaiEgress),
  mistral: oneForEach(mistralEgress),
  perplexity: oneForEach(perplexityEgress),
  nvidia: oneForEach(nvidiaEgress),
  cohere: oneForEach(cohereEgress),
  gemini: oneForEach(geminiEgress),
  vertex: oneForEach(vertexEgress),
  bedrock: oneForEach(bedrockEgress),
  voyage: oneForEach(voyageEgress),
  jina: oneForEach(jinaEgress),
  ollama: oneForEach(ollamaEgress),
  huggingface: oneForEach(huggingfaceEgress),
};
