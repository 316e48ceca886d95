import { type ReadTaskEnvelope, readTaskEnvelope, taskMembers } from "../task/envelope.ts";
import type { TaskInput } from "../task/task-dialect.ts";
import { countCharacters } from "./characters.ts";

/** What the gateway has to know of a request to speak before it passes the bytes on. */
export interface SpeechEnvelope extends ReadTaskEnvelope {
  /** Unicode code points of the text. */
  readonly characters: number;
}

const MEMBERS = taskMembers("input", "stream_format");

/** Reads what routing and pricing need. @throws LatchkeyError LK-2101, LK-2102, LK-2103 */
export function readEnvelope(input: TaskInput): SpeechEnvelope {
  const { envelope, value } = readTaskEnvelope(input, MEMBERS, "");
  const text = value("input");
  return {
    ...envelope,
    stream: value("stream_format") === "sse",
    characters: typeof text === "string" ? countCharacters(text) : 0,
  };
}
