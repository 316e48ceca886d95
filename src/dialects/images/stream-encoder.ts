import type {
  GeneratedImage,
  ImageFacts,
  ImageRequest,
  ImageStreamEvent,
} from "../../canonical/image-generation.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";
import { typedEvent } from "../task/json-body.ts";
import { renderStreamError } from "../task/stream-error.ts";
import type { TaskContext, TaskStreamEncoder } from "../task/task-dialect.ts";
import { sizeText } from "./image-usage.ts";
import { renderUsage } from "./render-response.ts";

/** Writes pictures as they come. Wire format: https://platform.openai.com/docs/api-reference/images-streaming */
export function encodeStream({
  request,
  nowS,
}: TaskContext<ImageRequest>): TaskStreamEncoder<ImageStreamEvent> {
  const kind = request.images === undefined ? "image_generation" : "image_edit";
  return {
    encode: (event) => {
      if (event.type === "preview") {
        return typedEvent({
          type: `${kind}.partial_image`,
          b64_json: event.data,
          ...allFacts(event, request, nowS),
          partial_image_index: event.index,
        });
      }
      if (event.type !== "image") return "";
      const usage = renderUsage(event.usage);
      return typedEvent({
        type: `${kind}.completed`,
        ...imageMember(event.image),
        ...allFacts(event, request, nowS),
        ...(usage !== undefined && { usage }),
      });
    },
    fail: (error: IngressError) => renderStreamError(error),
  };
}

/** Streams have the bytes; a vendor that gives a URL all the same is passed on as it is. */
function imageMember({ source }: GeneratedImage): JsonObject {
  return source.kind === "base64" ? { b64_json: source.data } : { url: source.url };
}

/** Clients' types want every one of them; what the vendor does not tell is what was asked for. */
function allFacts(facts: ImageFacts, request: ImageRequest, nowS: number): JsonObject {
  return {
    created_at: nowS,
    size: facts.size ?? sizeText(request) ?? "auto",
    quality: facts.quality ?? request.quality ?? "auto",
    background: facts.background ?? request.background ?? "auto",
    output_format: facts.outputFormat ?? request.outputFormat ?? "png",
  };
}
