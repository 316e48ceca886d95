import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { type JsonSpan, jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import type { PassedAnswer } from "../passthrough.ts";
import type { TaskBody } from "../task/task-dialect.ts";
import { readTaskUsage, usageInTail } from "../task/usage.ts";
import type { ImagesEnvelope } from "./envelope.ts";
import { imageUsage } from "./image-usage.ts";

const NAMES = jsonNames("data", "usage", "size", "quality");

/** Checks that an answer that is passed on holds pictures, and counts them. */
export function readAnswer({ body }: TaskBody, { asked }: ImagesEnvelope): PassedAnswer {
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) return { ok: false };
  const [data, usage, size, quality] = scan.spans;
  const read = (span: JsonSpan | undefined): unknown =>
    span === undefined ? undefined : readJsonSpan(body, span);
  const images = read(data);
  if (!Array.isArray(images) || images.length === 0 || !images.every(isPicture)) return { ok: false };
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  const priced = {
    count: images.length,
    size: text(read(size)) ?? asked.size,
    quality: text(read(quality)) ?? asked.quality,
  };
  return { ok: true, usage: imageUsage(readTaskUsage(read(usage)), priced) };
}

function isPicture(item: unknown): boolean {
  return isJsonObject(item) && (typeof item["b64_json"] === "string" || typeof item["url"] === "string");
}

/** Usage by the last bytes: what was told there, and the number of pictures that was asked for. */
export function readTail(tail: Uint8Array, { asked }: ImagesEnvelope): Usage | undefined {
  return imageUsage(readTaskUsage(usageInTail(tail)), asked);
}
