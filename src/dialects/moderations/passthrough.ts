import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject } from "../../kernel/json.ts";
import type { PassedAnswer, StreamTap } from "../passthrough.ts";
import { type ReadTaskEnvelope, readTaskEnvelope, taskMembers } from "../task/envelope.ts";
import { readJsonBody } from "../task/json-body.ts";
import { TaskStreamTap } from "../task/stream-tap.ts";
import type { TaskBody, TaskInput } from "../task/task-dialect.ts";
import { readTaskUsage, usageInTail } from "../task/usage.ts";

const MEMBERS = taskMembers("input");

/** Reads what routing needs. @throws LatchkeyError LK-2101, LK-2102, LK-2103 */
export function readEnvelope(input: TaskInput): ReadTaskEnvelope {
  return readTaskEnvelope(input, MEMBERS, "").envelope;
}

/** Checks that an answer that is passed on holds judgements, and nothing else. Most vendors tell no usage. */
export function readAnswer(answer: TaskBody): PassedAnswer {
  const body = readJsonBody(answer);
  const results = body?.["results"];
  if (!Array.isArray(results) || results.length === 0 || !results.every(isJudgement)) return { ok: false };
  return { ok: true, usage: readTaskUsage(body?.["usage"]) };
}

/** What is no yes and no no could be taken for either. */
function isJudgement(item: unknown): boolean {
  return isJsonObject(item) && typeof item["flagged"] === "boolean";
}

/** Usage in the last bytes of an answer that is too large to be held. */
export function readTail(tail: Uint8Array): Usage | undefined {
  return readTaskUsage(usageInTail(tail));
}

/** There are no streams; what comes as one is never whole. */
export function createTap(): StreamTap {
  return new TaskStreamTap({ done: [], needed: 1, readUsage: () => undefined });
}
