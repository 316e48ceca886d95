import type {
  GeneratedImage,
  ImageFacts,
  ImageRequest,
  ImageResponse,
} from "../../../canonical/image-generation.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { objectsOf, readJsonBody } from "../../task/json-body.ts";
import type { TaskBody } from "../../task/task-dialect.ts";
import { count, readTaskUsage } from "../../task/usage.ts";
import { imageUsage, sizeText } from "../image-usage.ts";

/** A whole answer; `undefined` where it holds no picture. Wire format: https://platform.openai.com/docs/api-reference/images/object */
export function parseResponse(answer: TaskBody, request: ImageRequest): ImageResponse | undefined {
  const body = readJsonBody(answer);
  if (body === undefined) return undefined;
  const images = objectsOf(body["data"]).flatMap((item) => {
    const image = readImage(item);
    return image === undefined ? [] : [image];
  });
  if (images.length === 0) return undefined;
  const createdS = count(body["created"]);
  const facts = readFacts(body);
  return {
    images,
    usage: imageUsage(readTaskUsage(body["usage"]), {
      count: images.length,
      size: facts.size ?? sizeText(request),
      quality: facts.quality ?? request.quality,
    }),
    ...facts,
    ...(createdS !== undefined && { createdS }),
  };
}

/** One picture of an answer, or that of an event. */
export function readImage({
  b64_json,
  url,
  revised_prompt,
  ...more
}: JsonObject): GeneratedImage | undefined {
  const mediaType = more["mime_type"] ?? more["media_type"];
  const facts = {
    ...(typeof mediaType === "string" && { mediaType }),
    ...(typeof revised_prompt === "string" && revised_prompt !== "" && { revisedPrompt: revised_prompt }),
  };
  if (typeof b64_json === "string" && b64_json !== "") {
    // Some put a whole `data:` URL where the bytes belong.
    const data = b64_json.startsWith("data:") ? b64_json.slice(b64_json.indexOf(",") + 1) : b64_json;
    return { source: { kind: "base64", data }, ...facts };
  }
  return typeof url === "string" && url !== "" ? { source: { kind: "url", url }, ...facts } : undefined;
}

/** What is told about pictures besides themselves. */
export function readFacts({ background, output_format, quality, size }: JsonObject): ImageFacts {
  return {
    ...(typeof background === "string" && { background }),
    ...(typeof output_format === "string" && { outputFormat: output_format }),
    ...(typeof quality === "string" && { quality }),
    ...(typeof size === "string" && { size }),
  };
}
