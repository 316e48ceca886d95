import type {
  GeneratedImage,
  ImageFacts,
  ImageRequest,
  ImageResponse,
  ImageStreamEvent,
} from "../../canonical/image-generation.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { jsonBody } from "../task/json-body.ts";
import type { TaskBody, TaskContext } from "../task/task-dialect.ts";
import { renderTokens } from "../task/usage.ts";
import { dataUrl, formatOf } from "./media-type.ts";

/** An answer in OpenAI's shape. Wire format: https://platform.openai.com/docs/api-reference/images/object */
export function renderResponse(
  response: ImageResponse,
  { request, nowS }: TaskContext<ImageRequest>,
): TaskBody {
  const usage = renderUsage(response.usage);
  return jsonBody({
    created: response.createdS ?? nowS,
    ...renderFacts(response),
    data: response.images.map((image) => renderImage(image, request)),
    ...(usage !== undefined && { usage }),
  });
}

/** A whole answer as the steps of a stream; the usage of all comes with the last picture. */
export function eventsOf(response: ImageResponse): readonly ImageStreamEvent[] {
  const { createdS: _, images, usage, ...facts } = response;
  const last = images.length - 1;
  return [
    ...images.map((image, index) => ({
      type: "image" as const,
      image,
      ...facts,
      ...(index === last && { usage }),
    })),
    { type: "end" },
  ];
}

/** What is told about pictures besides themselves. */
export function renderFacts({ background, outputFormat, quality, size }: ImageFacts): JsonObject {
  return {
    ...(background !== undefined && { background }),
    ...(outputFormat !== undefined && { output_format: outputFormat }),
    ...(quality !== undefined && { quality }),
    ...(size !== undefined && { size }),
  };
}

/** Tokens of pictures; `undefined` where none were told. */
export function renderUsage(usage: Usage | undefined): JsonObject | undefined {
  const tokens = renderTokens(usage);
  if (usage === undefined || tokens === undefined) return undefined;
  const pictures = usage.imageInput ?? 0;
  return {
    input_tokens: tokens.input,
    input_tokens_details: { image_tokens: pictures, text_tokens: Math.max(0, tokens.input - pictures) },
    output_tokens: tokens.output,
    ...(usage.imageOutput !== undefined && {
      output_tokens_details: {
        image_tokens: usage.imageOutput,
        text_tokens: Math.max(0, tokens.output - usage.imageOutput),
      },
    }),
    total_tokens: tokens.total,
  };
}

function renderImage(
  { source, mediaType, revisedPrompt }: GeneratedImage,
  request: ImageRequest,
): JsonObject {
  const revised = revisedPrompt !== undefined && { revised_prompt: revisedPrompt };
  if (source.kind === "url") return { url: source.url, ...revised };
  // A vendor without a place for files still gives what was asked for: its bytes as a URL.
  if (request.answerAs === "url") {
    const type = formatOf(mediaType) === undefined ? "image/png" : (mediaType ?? "image/png");
    return { url: dataUrl(type, source.data), ...revised };
  }
  return { b64_json: source.data, ...revised };
}
