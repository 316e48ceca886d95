import type { ImageRequest, ImageRequestField } from "../../canonical/image-generation.ts";
import { extraLosses } from "../task/fields.ts";
import type { ImageLoss } from "./images-dialect.ts";

/**
 * Without these the picture still shows what was asked for: they say how much effort it is given, how it is filtered,
 * packed and previewed, and for whom it is.
 */
const HARMLESS: readonly ImageRequestField[] = [
  "quality",
  "style",
  "inputFidelity",
  "moderation",
  "outputCompression",
  "partialImages",
  "endUser",
];

const ALL: readonly ImageRequestField[] = [
  "images",
  "mask",
  "count",
  "size",
  "aspectRatio",
  "background",
  "outputFormat",
  "negativePrompt",
  "seed",
  "answerAs",
  ...HARMLESS,
];

/**
 * What of a request a vendor cannot be told, where it can be told these members only. One picture, an opaque
 * background and an answer in the way that the vendor has anyway are no wishes that could be lost.
 * @param gives what the vendor answers where it cannot be told
 */
export function lossesBeside(
  known: readonly ImageRequestField[],
  request: ImageRequest,
  vendor: string,
  gives: "bytes" | "url" = "bytes",
): ImageLoss[] {
  const isTrivial = (field: ImageRequestField): boolean =>
    (field === "count" && request.count === 1) ||
    (field === "background" && request.background === "opaque") ||
    // What comes as bytes becomes a `data:` URL where a URL is wanted.
    (field === "answerAs" && (gives === "bytes" || request.answerAs === "url"));
  return ALL.filter(
    (field) => request[field] !== undefined && !known.includes(field) && !isTrivial(field),
  ).map((field) => ({
    path: { field },
    isHarmless: HARMLESS.includes(field),
    reason: `has no counterpart in ${vendor}`,
  }));
}

/** The same for vendors with a shape of their own, which have no place for what is none of OpenAI's members either. */
export function lossesOf(
  known: readonly ImageRequestField[],
  request: ImageRequest,
  vendor: string,
): ImageLoss[] {
  return [...lossesBeside(known, request, vendor), ...extraLosses(request.extras)];
}
