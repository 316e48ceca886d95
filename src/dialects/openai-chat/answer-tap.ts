import { indexOfText } from "../../kernel/bytes.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { createAnswerTap } from "../answer-tap.ts";
import type { PassedAnswer } from "../passthrough.ts";
import { answerFailure } from "./answer-failure.ts";
import { withTextContent } from "./content-parts.ts";
import { readChatUsage } from "./usage.ts";

const tap = createAnswerTap("choices", readChatUsage, false);
const decoder = new TextDecoder();

/** A member or a finish reason of this name; in texts its quotes are escaped. */
const ERROR = '"error"';

/** Usage in the last bytes of a completion. */
export const { readTail } = tap;

/** What is read of a completion that passes through. One that has met an error is none. */
export function readAnswer(body: Uint8Array): PassedAnswer {
  const answer = readSound(body);
  const told = answer.ok ? withTextContent(body) : undefined;
  return answer.ok && told !== undefined ? { ...answer, told } : answer;
}

function readSound(body: Uint8Array): PassedAnswer {
  const answer = tap.readAnswer(body);
  if (!answer.ok || indexOfText(body, ERROR) < 0) return answer;
  const value = tryParseJson(decoder.decode(body));
  const isSound = isJsonObject(value) && answerFailure(value as JsonObject) === undefined;
  return isSound ? answer : { ok: false };
}
