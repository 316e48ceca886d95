import type { ImageRequest, ImageRequestField } from "../../canonical/image-generation.ts";
import { parseError } from "../openai-chat/error.ts";
import { jsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskTraits } from "../task/task-dialect.ts";
import { parseBinaryImage } from "./binary-image.ts";
import type { ImagesEgress } from "./images-dialect.ts";
import { lossesOf } from "./losses.ts";

const KNOWN: readonly ImageRequestField[] = ["size", "negativePrompt", "seed"];

function renderRequest(
  request: ImageRequest,
  { path, upstreamModel }: TaskTraits,
): RenderedTask<ImageRequestField> {
  const { size, negativePrompt, seed } = request;
  const parameters = {
    ...size,
    ...(negativePrompt !== undefined && { negative_prompt: negativePrompt }),
    ...(seed !== undefined && { seed }),
  };
  const body = { inputs: request.prompt, ...(Object.keys(parameters).length > 0 && { parameters }) };
  return {
    path: fillPath(path, upstreamModel, true),
    ...jsonBody(body),
    losses: lossesOf(KNOWN, request, "Hugging Face"),
    headers: [["accept", "image/png"]],
    streams: false,
  };
}

/** Pictures of Hugging Face. Wire format: https://huggingface.co/docs/inference-providers/tasks/text-to-image */
export const huggingface: ImagesEgress = {
  renderRequest,
  parseResponse: parseBinaryImage,
  parseError,
};
