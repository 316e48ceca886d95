import type { EmbeddingInput, EmbeddingPart } from "../../../canonical/embedding.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { EmbeddingLosses } from "../losses.ts";

/** An input as Gemini's content. Pictures are taken as their bytes only. */
export function renderContent(input: EmbeddingInput, index: number, losses: EmbeddingLosses): JsonObject {
  if (input.type === "text") return { parts: [{ text: input.text }] };
  if (input.type === "parts") return { parts: input.parts.flatMap(renderPart) };
  losses.misfit(index);
  return { parts: [] };

  function renderPart(part: EmbeddingPart): readonly JsonObject[] {
    if (part.type === "text") return [{ text: part.text }];
    const { source } = part;
    if (source.kind === "base64") return [{ inlineData: { mimeType: source.mediaType, data: source.data } }];
    losses.add("inputs", "has to hold its picture as base64 for Gemini", false, index);
    return [];
  }
}
