import { type ReadTaskEnvelope, readTaskEnvelope, taskMembers } from "../task/envelope.ts";
import type { TaskInput } from "../task/task-dialect.ts";

/** What the gateway has to know of a request for a transcript before it passes the bytes on. */
export interface TranscriptionEnvelope extends ReadTaskEnvelope {
  /** Whether the transcript may be empty: a text of silence, or its subtitles. */
  readonly mayBeEmpty: boolean;
}

const MEMBERS = taskMembers("file", "stream", "response_format");

/** Reads what routing needs. @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104, LK-2108 */
export function readEnvelope(input: TaskInput): TranscriptionEnvelope {
  const { envelope, value } = readTaskEnvelope(input, MEMBERS);
  const format = value("response_format");
  return { ...envelope, mayBeEmpty: format === "text" || format === "srt" };
}
