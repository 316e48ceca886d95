import type { EmbeddingPart, EmbeddingRequest } from "../../canonical/embedding.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type EmbeddingLosses, textOf } from "./losses.ts";

/**
 * Amazon's Titan models: one input, a text, or for the model of pictures a text, a picture or both.
 * Wire formats: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html,
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html
 */
export function renderTitan(request: EmbeddingRequest, model: string, losses: EmbeddingLosses): JsonObject {
  losses.limit(1);
  losses.lacks({ purpose: true, ...(request.truncate !== "none" && { truncate: true }) });
  const { dimensions } = request;
  if (model.includes("titan-embed-image")) {
    const length = dimensions !== undefined && { embeddingConfig: { outputEmbeddingLength: dimensions } };
    return { ...renderMixed(request, losses), ...length };
  }
  const isSecond = model.includes("text-v2");
  if (!isSecond) losses.lacks({ dimensions: false });
  const [inputText = ""] = losses.texts();
  return { inputText, ...(isSecond && dimensions !== undefined && { dimensions }) };
}

function renderMixed({ inputs }: EmbeddingRequest, losses: EmbeddingLosses): JsonObject {
  const [input] = inputs;
  const text = input === undefined ? undefined : textOf(input);
  if (text !== undefined) return { inputText: text };
  if (input?.type !== "parts") {
    losses.misfit(0);
    return {};
  }
  const images = input.parts.filter((part) => part.type === "image");
  const [image] = images;
  if (images.length > 1 || image?.source.kind !== "base64") {
    losses.add("inputs", "has to hold one picture, as base64, for this model", false, 0);
    return {};
  }
  const words = input.parts.filter(isText).map((part) => part.text);
  return { ...(words.length > 0 && { inputText: words.join("\n") }), inputImage: image.source.data };
}

function isText(part: EmbeddingPart): part is Extract<EmbeddingPart, { type: "text" }> {
  return part.type === "text";
}
