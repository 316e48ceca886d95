import type { EmbeddingInput, EmbeddingPart, EmbeddingPurpose } from "../../canonical/embedding.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { imageUrl } from "./image-url.ts";
import { type EmbeddingLosses, textOf } from "./losses.ts";

const TYPES: Readonly<Record<EmbeddingPurpose, string>> = {
  query: "search_query",
  document: "search_document",
  similarity: "clustering",
  classification: "classification",
  clustering: "clustering",
  question: "search_query",
  fact: "search_query",
  "code-query": "search_query",
};

/**
 * Inputs in the words of Cohere's models, wherever they run: `texts` where all are words, `images` where all are
 * pictures, `inputs` where they are mixed. Its models want to know what the vectors are for: documents to be
 * searched, where the caller does not say. Pictures are taken as their bytes only.
 * Wire format: https://docs.cohere.com/v2/reference/embed
 * @param image a picture in a mixed input, which its hosts write in different ways
 */
export function renderCohereInputs(
  inputs: readonly EmbeddingInput[],
  purpose: EmbeddingPurpose | undefined,
  losses: EmbeddingLosses,
  image: (url: string) => JsonObject,
): JsonObject {
  const input_type = TYPES[purpose ?? "document"];
  const texts = inputs.map(textOf);
  if (texts.every((text) => text !== undefined)) return { input_type, texts };
  for (const [index, input] of inputs.entries()) {
    if (input.type === "tokens") losses.misfit(index);
    else if (input.type === "parts" && input.parts.some(isElsewhere))
      losses.add("inputs", "has to hold its picture as base64 for Cohere", false, index);
  }
  const images = inputs.map(imageOf);
  if (images.every((url) => url !== undefined)) return { input_type: "image", images };
  return { input_type, inputs: inputs.map((input) => ({ content: partsOf(input).map(renderPart) })) };

  function renderPart(part: EmbeddingPart): JsonObject {
    return part.type === "text" ? { type: "text", text: part.text } : image(imageUrl(part.source));
  }
}

function isElsewhere(part: EmbeddingPart): boolean {
  return part.type === "image" && part.source.kind === "url";
}

function imageOf(input: EmbeddingInput): string | undefined {
  const [part, ...more] = partsOf(input);
  return more.length === 0 && part?.type === "image" ? imageUrl(part.source) : undefined;
}

function partsOf(input: EmbeddingInput): readonly EmbeddingPart[] {
  if (input.type === "text") return [{ type: "text", text: input.text }];
  return input.type === "parts" ? input.parts : [];
}
