import type { EmbeddingRequest } from "../../canonical/embedding.ts";
import type { TargetTraits } from "../dialect.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { EmbeddingLosses } from "./losses.ts";
import { openaiEgress } from "./openai/egress.ts";

/**
 * Mistral's embeddings: OpenAI's, but for the name of the dimensions, texts alone, and no word for the end user.
 * Wire format: https://docs.mistral.ai/api/endpoint/embeddings
 */
export const mistralEgress: EmbeddingEgress = { ...openaiEgress, shape: "mistral", renderRequest };

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Mistral");
  const truncate = request.truncate !== "none" && { truncate: true };
  losses.lacks({ purpose: true, title: true, endUser: true, ...truncate });
  const { dimensions, encoding } = request;
  const body = {
    model: traits.upstreamModel,
    input: losses.texts(),
    ...(dimensions !== undefined && { output_dimension: dimensions }),
    ...(encoding === "base64" && { encoding_format: encoding }),
  };
  return { body, losses: losses.list };
}
