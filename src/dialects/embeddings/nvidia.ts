import type { EmbeddingPurpose, EmbeddingRequest } from "../../canonical/embedding.ts";
import type { TargetTraits } from "../dialect.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { EmbeddingLosses } from "./losses.ts";
import { openaiEgress } from "./openai/egress.ts";

/** What is looked for; all else is looked among. */
const QUERIES: readonly (EmbeddingPurpose | undefined)[] = ["query", "question", "fact", "code-query"];

/**
 * NVIDIA's embeddings: OpenAI's, but for texts alone, and models that want to know whether a text is a query or a
 * passage: a passage, where the caller does not say.
 * Wire format: https://docs.nvidia.com/nim/nemo-retriever/text-embedding/latest/reference.html
 */
export const nvidiaEgress: EmbeddingEgress = { ...openaiEgress, shape: "nvidia", renderRequest };

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "NVIDIA");
  losses.lacks({ title: true });
  const { dimensions, encoding, endUser, purpose, truncate } = request;
  const body = {
    model: traits.upstreamModel,
    input: losses.texts(),
    input_type: QUERIES.includes(purpose) ? "query" : "passage",
    ...(truncate !== undefined && { truncate: truncate.toUpperCase() }),
    ...(dimensions !== undefined && { dimensions }),
    ...(encoding === "base64" && { encoding_format: encoding }),
    ...(endUser !== undefined && { user: endUser }),
  };
  return { body, losses: losses.list };
}
