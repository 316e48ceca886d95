import type {
  ImageInput,
  ImageRequest,
  ImageRequestField,
  ImageResponse,
} from "../../../canonical/image-generation.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { geminiFailure, readGeminiAnswer } from "../../task/gemini-answer.ts";
import { jsonBody, readJsonBody } from "../../task/json-body.ts";
import { fillPath } from "../../task/path.ts";
import type { RenderedTask, TaskBody, TaskFailure, TaskTraits } from "../../task/task-dialect.ts";
import { chooseAspectRatio } from "../aspect-ratio.ts";
import { imageUsage } from "../image-usage.ts";
import type { ImageLoss } from "../images-dialect.ts";
import { lossesOf } from "../losses.ts";
import { toBase64 } from "../media-type.ts";

/** Source: https://ai.google.dev/gemini-api/docs/image-generation#aspect_ratios */
const RATIOS = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];
const KNOWN: readonly ImageRequestField[] = ["images", "size", "aspectRatio", "seed"];

/**
 * Asks a model that talks and draws for a picture.
 * Wire format: https://ai.google.dev/gemini-api/docs/image-generation
 */
export function renderGenerateContent(
  request: ImageRequest,
  { path, upstreamModel }: TaskTraits,
): RenderedTask<ImageRequestField> {
  const losses: ImageLoss[] = lossesOf(KNOWN, request, "Gemini");
  const aspectRatio = chooseAspectRatio(request, RATIOS, losses);
  const imageSize = renderSize(request);
  const imageConfig = {
    ...(aspectRatio !== undefined && { aspectRatio }),
    ...(imageSize !== undefined && { imageSize }),
  };
  const parts = [
    { text: request.prompt },
    ...(request.images ?? []).flatMap((image) => renderInput(image, losses)),
  ];
  const body = {
    contents: [{ role: "user", parts }],
    generationConfig: {
      responseModalities: ["TEXT", "IMAGE"],
      ...(Object.keys(imageConfig).length > 0 && { imageConfig }),
      ...(request.seed !== undefined && { seed: request.seed }),
    },
  };
  return {
    path: `${fillPath(path, upstreamModel)}:generateContent`,
    ...jsonBody(body),
    losses,
    streams: false,
  };
}

/** A whole answer. */
export function parseGenerateContent(answer: TaskBody): ImageResponse | TaskFailure | undefined {
  const body = readJsonBody(answer);
  if (body === undefined) return undefined;
  const read = readGeminiAnswer(body);
  const images = read.inline.filter(({ mediaType }) => mediaType.startsWith("image/"));
  if (images.length === 0)
    return "candidates" in body || "promptFeedback" in body ? { failure: geminiFailure(read) } : undefined;
  return {
    images: images.map(({ data, mediaType }) => ({ source: { kind: "base64", data }, mediaType })),
    usage: imageUsage(read.usage, { count: images.length }),
  };
}

/** Sizes beyond 1K, which is what every model makes unasked; smaller ones have no word. */
function renderSize({ size }: ImageRequest): string | undefined {
  const edge = size === undefined ? 0 : Math.max(size.width, size.height);
  if (edge > 3000) return "4K";
  return edge > 1800 ? "2K" : undefined;
}

function renderInput(image: ImageInput, losses: ImageLoss[]): readonly JsonObject[] {
  if (image.kind === "bytes")
    return [{ inlineData: { mimeType: image.mediaType, data: toBase64(image.bytes) } }];
  const reason =
    image.kind === "url" ? "has to be handed in as its bytes for Gemini" : "is a file that Gemini has not";
  losses.push({ path: { field: "images" }, isHarmless: false, reason });
  return [];
}
