import type { Usage } from "../../canonical/usage.ts";
import type { PassedAnswer, StreamTap } from "../passthrough.ts";
import { readJsonBody } from "../task/json-body.ts";
import { TaskStreamTap } from "../task/stream-tap.ts";
import type { TaskBody } from "../task/task-dialect.ts";
import { amount, readTaskUsage, usageInTail } from "../task/usage.ts";
import type { TranscriptionEnvelope } from "./envelope.ts";
import { secondsUsage } from "./response.ts";

/** Checks that an answer that is passed on is a transcript; texts and subtitles say nothing of their usage. */
export function readAnswer(
  answer: TaskBody,
  { mayBeEmpty }: Pick<TranscriptionEnvelope, "mayBeEmpty">,
): PassedAnswer {
  if (answer.body.length === 0 && !mayBeEmpty) return { ok: false };
  if (!answer.contentType.startsWith("application/json")) return { ok: true, usage: undefined };
  const body = readJsonBody(answer);
  if (body === undefined || typeof body["text"] !== "string") return { ok: false };
  return { ok: true, usage: readTaskUsage(body["usage"]) ?? secondsUsage(amount(body["duration"])) };
}

/** Usage in the last bytes of a transcript; most tell it last. */
export function readTail(tail: Uint8Array): Usage | undefined {
  return readTaskUsage(usageInTail(tail));
}

/** Watches a transcript pass by. Wire format: https://platform.openai.com/docs/api-reference/audio/transcript-text-done-event */
export function createTap(): StreamTap {
  return new TaskStreamTap({ done: ["transcript.text.done"], needed: 1, readUsage: readTaskUsage });
}
