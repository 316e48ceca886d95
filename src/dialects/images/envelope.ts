import { type ReadTaskEnvelope, readTaskEnvelope, taskMembers } from "../task/envelope.ts";
import type { TaskInput } from "../task/task-dialect.ts";
import type { PricedImages } from "./image-usage.ts";

/** What the gateway has to know of a request for pictures before it passes the bytes on. */
export interface ImagesEnvelope extends ReadTaskEnvelope {
  /** What was asked for; what the answer says counts more. */
  readonly asked: PricedImages;
}

const MEMBERS = taskMembers("prompt", "n", "size", "quality", "stream");

/**
 * Reads what routing and pricing need. Whether there are pictures to be edited, the vendor sees.
 * @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104, LK-2108
 */
export function readEnvelope(input: TaskInput): ImagesEnvelope {
  const { envelope, value } = readTaskEnvelope(input, MEMBERS);
  const asked = Number(value("n") ?? 1);
  const count = Number.isInteger(asked) && asked >= 1 && asked <= 100 ? asked : 1;
  return { ...envelope, asked: { count, size: told(value("size")), quality: told(value("quality")) } };
}

/** What is left to the vendor says nothing. */
function told(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value !== "auto" ? value : undefined;
}
