import type { StreamTap } from "../passthrough.ts";
import { TaskStreamTap } from "../task/stream-tap.ts";
import { readTaskUsage } from "../task/usage.ts";
import type { ImagesEnvelope } from "./envelope.ts";
import { imageUsage } from "./image-usage.ts";

/** Events that bring a whole picture. */
export const imageDoneTypes: readonly string[] = ["image_generation.completed", "image_edit.completed"];

/** Watches pictures pass by. Wire format: https://platform.openai.com/docs/api-reference/images-streaming */
export function createTap({ asked }: ImagesEnvelope): StreamTap {
  return new TaskStreamTap({
    done: imageDoneTypes,
    needed: asked.count,
    readUsage: (usage) => imageUsage(readTaskUsage(usage), { ...asked, count: 1 }),
  });
}
