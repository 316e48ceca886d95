import type { ImageRequest, ImageRequestField, ImageResponse } from "../../../canonical/image-generation.ts";
import { jsonBody, objectsOf, readJsonBody } from "../../task/json-body.ts";
import { fillPath } from "../../task/path.ts";
import type { RenderedTask, TaskBody, TaskFailure, TaskTraits } from "../../task/task-dialect.ts";
import { chooseAspectRatio } from "../aspect-ratio.ts";
import { imageUsage } from "../image-usage.ts";
import { lossesOf } from "../losses.ts";
import { formatOf } from "../media-type.ts";

/** Source: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api */
const RATIOS = ["1:1", "3:4", "4:3", "9:16", "16:9"];

/** A seed would need the watermark to be left out, which nobody has asked for. */
const KNOWN: readonly ImageRequestField[] = [
  "count",
  "size",
  "aspectRatio",
  "outputFormat",
  "outputCompression",
];

/**
 * Asks an Imagen model for pictures.
 * Wire format: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api
 */
export function renderPredict(
  request: ImageRequest,
  { path, upstreamModel }: TaskTraits,
): RenderedTask<ImageRequestField> {
  const losses = lossesOf(KNOWN, request, "Imagen");
  if (request.outputFormat === "webp")
    losses.push({
      path: { field: "outputFormat" },
      isHarmless: false,
      reason: "has to be `png` or `jpeg` for Imagen",
    });
  const aspectRatio = chooseAspectRatio(request, RATIOS, losses);
  const edge = request.size === undefined ? 0 : Math.max(request.size.width, request.size.height);
  const { outputFormat, outputCompression } = request;
  const outputOptions = outputFormat !== undefined && {
    mimeType: `image/${outputFormat}`,
    ...(outputFormat === "jpeg" &&
      outputCompression !== undefined && { compressionQuality: outputCompression }),
  };
  const parameters = {
    // Unasked it makes four.
    sampleCount: request.count ?? 1,
    ...(aspectRatio !== undefined && { aspectRatio }),
    ...(edge > 1800 && { sampleImageSize: "2K" }),
    ...(outputOptions !== false && { outputOptions }),
    // Why pictures are missing is told only when it is asked for.
    includeRaiReason: true,
  };
  const body = { instances: [{ prompt: request.prompt }], parameters };
  return { path: `${fillPath(path, upstreamModel)}:predict`, ...jsonBody(body), losses, streams: false };
}

/** A whole answer; what was filtered is missing in it. */
export function parsePredict(answer: TaskBody): ImageResponse | TaskFailure | undefined {
  const body = readJsonBody(answer);
  if (body === undefined) return undefined;
  const predictions = objectsOf(body["predictions"]);
  const images = predictions.flatMap(({ bytesBase64Encoded: data, mimeType, prompt }) =>
    typeof data === "string"
      ? [
          {
            source: { kind: "base64" as const, data },
            ...(typeof mimeType === "string" && { mediaType: mimeType }),
            ...(typeof prompt === "string" && { revisedPrompt: prompt }),
          },
        ]
      : [],
  );
  if (images.length === 0) {
    const [reason] = predictions.flatMap(({ raiFilteredReason: why }) =>
      typeof why === "string" ? [why] : [],
    );
    // Without any prediction everything was filtered.
    const isEmpty = Object.keys(body).length === 0 || Array.isArray(body["predictions"]);
    if (!isEmpty) return undefined;
    return {
      failure: {
        kind: "content-policy",
        message: reason ?? "all pictures were held back by the vendor's filter",
      },
    };
  }
  const outputFormat = formatOf(images[0]?.mediaType);
  return {
    images,
    usage: imageUsage(undefined, { count: images.length }),
    ...(outputFormat !== undefined && { outputFormat }),
  };
}
