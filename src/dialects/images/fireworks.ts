import type { ImageRequest, ImageRequestField } from "../../canonical/image-generation.ts";
import { parseError } from "../openai-chat/error.ts";
import { jsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskTraits } from "../task/task-dialect.ts";
import { chooseAspectRatio } from "./aspect-ratio.ts";
import { parseBinaryImage } from "./binary-image.ts";
import type { ImagesEgress } from "./images-dialect.ts";
import { lossesOf } from "./losses.ts";

const KNOWN: readonly ImageRequestField[] = ["size", "aspectRatio", "outputFormat", "seed"];
const RATIOS = ["1:1", "21:9", "16:9", "3:2", "5:4", "4:5", "2:3", "9:16", "9:21", "4:3", "3:4"];

/** The picture's format is asked for by the header `accept`; ids of models stand in the path with their slashes. */
function renderRequest(
  request: ImageRequest,
  { path, upstreamModel }: TaskTraits,
): RenderedTask<ImageRequestField> {
  const losses = lossesOf(KNOWN, request, "Fireworks");
  if (request.outputFormat === "webp")
    losses.push({
      path: { field: "outputFormat" },
      isHarmless: false,
      reason: "has to be `png` or `jpeg` for Fireworks",
    });
  const aspectRatio = chooseAspectRatio(request, RATIOS, losses);
  const body = {
    prompt: request.prompt,
    ...(aspectRatio !== undefined && { aspect_ratio: aspectRatio }),
    ...(request.seed !== undefined && { seed: request.seed }),
  };
  return {
    path: fillPath(path, upstreamModel, true),
    ...jsonBody(body),
    losses,
    headers: [["accept", `image/${request.outputFormat === "jpeg" ? "jpeg" : "png"}`]],
    streams: false,
  };
}

/** Pictures of Fireworks. Wire format: https://docs.fireworks.ai/api-reference/generate-a-new-image-from-a-text-prompt */
export const fireworks: ImagesEgress = {
  renderRequest,
  parseResponse: parseBinaryImage,
  parseError,
};
