import type { ImageRequestField } from "../../canonical/image-generation.ts";

const NAMES: Readonly<Record<ImageRequestField, string>> = {
  prompt: "prompt",
  images: "image",
  mask: "mask",
  count: "n",
  size: "size",
  aspectRatio: "aspect_ratio",
  quality: "quality",
  style: "style",
  background: "background",
  outputFormat: "output_format",
  outputCompression: "output_compression",
  moderation: "moderation",
  inputFidelity: "input_fidelity",
  negativePrompt: "negative_prompt",
  seed: "seed",
  answerAs: "response_format",
  endUser: "user",
  partialImages: "partial_images",
};

/** Where a member of the canonical request stands in OpenAI's shape. */
export function fieldName(field: ImageRequestField): string {
  return NAMES[field];
}
