import type { ImageRequest, ImageStreamEvent } from "../../../canonical/image-generation.ts";
import type { StreamDecoder } from "../../dialect.ts";
import { TypedEventDecoder } from "../../task/stream-decoder.ts";
import { count, readTaskUsage } from "../../task/usage.ts";
import { imageUsage, sizeText } from "../image-usage.ts";
import { imageDoneTypes } from "../stream-tap.ts";
import { readFacts, readImage } from "./response.ts";

/** Reads pictures as they come. Wire format: https://platform.openai.com/docs/api-reference/images-streaming */
export function decodeStream(request: ImageRequest, emit: (event: ImageStreamEvent) => void): StreamDecoder {
  let done = 0;
  return new TypedEventDecoder({
    event: (type, members) => {
      const facts = readFacts(members);
      if (type.endsWith(".partial_image")) {
        const data = members["b64_json"];
        if (typeof data !== "string") return;
        emit({ type: "preview", index: count(members["partial_image_index"]) ?? 0, data, ...facts });
      } else if (imageDoneTypes.includes(type)) {
        const image = readImage(members);
        if (image === undefined) return;
        done++;
        const usage = imageUsage(readTaskUsage(members["usage"]), {
          count: 1,
          size: facts.size ?? sizeText(request),
          quality: facts.quality ?? request.quality,
        });
        emit({ type: "image", image, usage, ...facts });
      }
    },
    fail: (error) => emit({ type: "error", error }),
    close: (hasEndMarker) => {
      if (done >= (request.count ?? 1) || (hasEndMarker && done > 0)) emit({ type: "end" });
    },
  });
}
