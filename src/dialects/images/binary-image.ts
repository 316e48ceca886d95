import type { ImageRequest, ImageResponse } from "../../canonical/image-generation.ts";
import type { TaskBody } from "../task/task-dialect.ts";
import { imageUsage, sizeText } from "./image-usage.ts";
import { formatOf, sniffImage, toBase64 } from "./media-type.ts";

/** An answer that is a picture itself; `undefined` where it is none. */
export function parseBinaryImage({ body }: TaskBody, request: ImageRequest): ImageResponse | undefined {
  const mediaType = sniffImage(body);
  if (mediaType === undefined) return undefined;
  const outputFormat = formatOf(mediaType);
  return {
    images: [{ source: { kind: "base64", data: toBase64(body) }, mediaType }],
    usage: imageUsage(undefined, { count: 1, size: sizeText(request) }),
    ...(outputFormat !== undefined && { outputFormat }),
  };
}
