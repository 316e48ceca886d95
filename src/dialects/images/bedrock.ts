import type { ImageRequest, ImageRequestField, ImageResponse } from "../../canonical/image-generation.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { parseError } from "../bedrock-converse/error.ts";
import { jsonBody, readJsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskBody, TaskFailure, TaskTraits } from "../task/task-dialect.ts";
import { chooseAspectRatio } from "./aspect-ratio.ts";
import { imageUsage, sizeText } from "./image-usage.ts";
import type { ImageLoss, ImagesEgress } from "./images-dialect.ts";
import { lossesOf } from "./losses.ts";

/** Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-stable-ultra-text-image-request-response.html */
const STABILITY_RATIOS = ["16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"];
const STABILITY_KNOWS: readonly ImageRequestField[] = [
  "size",
  "aspectRatio",
  "outputFormat",
  "negativePrompt",
  "seed",
];
const AMAZON_KNOWS: readonly ImageRequestField[] = ["count", "size", "quality", "negativePrompt", "seed"];

function renderRequest(request: ImageRequest, traits: TaskTraits): RenderedTask<ImageRequestField> {
  const losses: ImageLoss[] = [];
  const body = isStability(traits) ? renderStability(request, losses) : renderAmazon(request, losses);
  return { path: fillPath(traits.path, traits.upstreamModel), ...jsonBody(body), losses, streams: false };
}

function isStability({ upstreamModel }: TaskTraits): boolean {
  return upstreamModel.includes("stability.");
}

/** Wire format: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-5-large.html */
function renderStability(request: ImageRequest, losses: ImageLoss[]): JsonObject {
  const { outputFormat, negativePrompt, seed } = request;
  losses.push(...lossesOf(STABILITY_KNOWS, request, "Stability's models on Amazon Bedrock"));
  const aspectRatio = chooseAspectRatio(request, STABILITY_RATIOS, losses);
  return {
    prompt: request.prompt,
    ...(aspectRatio !== undefined && { aspect_ratio: aspectRatio }),
    ...(outputFormat !== undefined && { output_format: outputFormat }),
    ...(negativePrompt !== undefined && { negative_prompt: negativePrompt }),
    ...(seed !== undefined && { seed }),
  };
}

/**
 * Titan Image Generator and Nova Canvas. Pictures handed in would become variations there, which is no editing.
 * Wire formats: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-image.html,
 * https://docs.aws.amazon.com/nova/latest/userguide/image-gen-req-resp-structure.html
 */
function renderAmazon(request: ImageRequest, losses: ImageLoss[]): JsonObject {
  const { count, size, quality, negativePrompt, seed } = request;
  losses.push(...lossesOf(AMAZON_KNOWS, request, "Amazon's models"));
  return {
    taskType: "TEXT_IMAGE",
    textToImageParams: {
      text: request.prompt,
      ...(negativePrompt !== undefined && { negativeText: negativePrompt }),
    },
    imageGenerationConfig: {
      numberOfImages: count ?? 1,
      ...size,
      ...(quality !== undefined && {
        quality: quality === "hd" || quality === "high" ? "premium" : "standard",
      }),
      ...(seed !== undefined && { seed }),
    },
  };
}

/** Both kinds give a list of base64; reasons why one is missing stand beside it. */
function parseResponse(answer: TaskBody, request: ImageRequest): ImageResponse | TaskFailure | undefined {
  const body = readJsonBody(answer);
  if (body === undefined) return undefined;
  const { images, error, finish_reasons: reasons } = body;
  const list: readonly unknown[] = Array.isArray(images) ? images : [];
  const made = list.filter((data) => typeof data === "string" && data !== "");
  if (made.length === 0) {
    const why: unknown = typeof error === "string" ? error : Array.isArray(reasons) ? reasons[0] : undefined;
    return typeof why === "string" ? { failure: { kind: "content-policy", message: why } } : undefined;
  }
  return {
    images: made.map((data) => ({ source: { kind: "base64", data: String(data) } })),
    usage: imageUsage(undefined, { count: made.length, size: sizeText(request), quality: request.quality }),
  };
}

/** Pictures of Amazon Bedrock's InvokeModel. */
export const bedrock: ImagesEgress = { renderRequest, parseResponse, parseError };
