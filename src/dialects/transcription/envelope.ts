import { type ReadTaskEnvelope, readTaskEnvelope, taskMembers } from "../task/envelope.ts";
import type { TaskInput } from "../task/task-dialect.ts";

const MEMBERS = taskMembers("file", "stream");

/** Reads what routing needs. @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104, LK-2108 */
export function readEnvelope(input: TaskInput): ReadTaskEnvelope {
  return readTaskEnvelope(input, MEMBERS).envelope;
}
