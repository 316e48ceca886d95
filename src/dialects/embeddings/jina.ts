import type { EmbeddingInput, EmbeddingPurpose, EmbeddingRequest } from "../../canonical/embedding.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import { parseError } from "../openai-chat/error.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "./embedding-dialect.ts";
import { EmbeddingLosses, textOf } from "./losses.ts";
import { parseResponse } from "./openai/egress.ts";
import { modelPath } from "./path.ts";

/** Names of tasks, as far as all models that know any have them. */
const TASKS: Readonly<Record<EmbeddingPurpose, string>> = {
  query: "retrieval.query",
  document: "retrieval.passage",
  similarity: "text-matching",
  classification: "classification",
  clustering: "clustering",
  question: "retrieval.query",
  fact: "retrieval.query",
  "code-query": "retrieval.query",
};

/** Jina's embeddings. Wire format: https://api.jina.ai/docs, https://jina.ai/embeddings/ */
export const jinaEgress: EmbeddingEgress = {
  shape: "jina",
  path: modelPath,
  renderRequest,
  parseResponse: (body) => parseResponse(body),
  parseError,
};

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "Jina AI");
  losses.lacks({ title: true, endUser: true });
  const { inputs, dimensions, encoding, purpose } = request;
  const truncate = losses.cutsEnd();
  const body: JsonObject = {
    model: traits.upstreamModel,
    input: renderInputs(inputs, losses),
    ...(purpose !== undefined && { task: taskOf(purpose, traits.upstreamModel) }),
    ...(dimensions !== undefined && { dimensions }),
    ...(truncate !== undefined && { truncate }),
    ...(encoding === "base64" && { embedding_type: encoding }),
  };
  return { body, losses: losses.list };
}

/** Some generations of models have names of their own. Source: https://jina.ai/embeddings/ (`task`) */
function taskOf(purpose: EmbeddingPurpose, model: string): string {
  if (model.includes("-v3") && purpose === "clustering") return "separation";
  if (model.includes("-v4") && purpose === "code-query") return "code.query";
  if (!model.includes("code-embeddings")) return TASKS[purpose];
  return purpose === "document" ? "nl2code.passage" : "nl2code.query";
}

/** Texts as they are, where there is nothing else: the oldest models know no other form. */
function renderInputs(
  inputs: readonly EmbeddingInput[],
  losses: EmbeddingLosses,
): readonly (string | JsonObject)[] {
  const texts = inputs.map(textOf);
  if (texts.every((text) => text !== undefined)) return texts;
  return inputs.flatMap((input, index): readonly JsonObject[] => {
    const text = texts[index];
    if (text !== undefined) return [{ text }];
    const [part, ...more] = input.type === "parts" ? input.parts : [];
    if (part?.type === "image" && more.length === 0)
      return [{ image: part.source.kind === "url" ? part.source.url : part.source.data }];
    if (input.type === "tokens") losses.misfit(index);
    else losses.add("inputs", "mixes text and pictures, which Jina AI embeds apart only", false, index);
    return [];
  });
}
