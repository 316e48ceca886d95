import type { Usage } from "../../canonical/usage.ts";
import { indexOfText, lastIndexOfText, latin1 } from "../../kernel/bytes.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import type { PassedAnswer } from "../passthrough.ts";
import { readChatUsage } from "./usage.ts";

const NAMES = jsonNames("choices", "usage");
const CHOICES = '"choices"';
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * Checks that the bytes are a chat completion and taps its usage. The usage stands last as a rule: then it is
 * read from the end, and what stands before it is passed on as it is.
 */
export function readAnswer(body: Uint8Array): PassedAnswer {
  const last = readLastUsage(body);
  if (last !== undefined) return { ok: true, usage: last };
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) return { ok: false };
  const [choices, usage] = scan.spans;
  if (choices === undefined || body[choices.start] !== OPEN_BRACKET) return { ok: false };
  return { ok: true, usage: usage === undefined ? undefined : readChatUsage(readJsonSpan(body, usage)) };
}

/** Usage of a completion whose `choices` stand before it; `undefined` where a closer look is needed. */
function readLastUsage(body: Uint8Array): Usage | undefined {
  if (body[0] !== OPEN_BRACE) return undefined;
  const choices = indexOfText(body, CHOICES);
  if (choices < 0) return undefined;
  let value = choices + CHOICES.length;
  while (body[value] === SPACE || body[value] === COLON) value++;
  return body[value] === OPEN_BRACKET ? readTail(body, value) : undefined;
}

/**
 * Usage in the last bytes of a completion. What follows the last `"usage"` has to close one object and no more,
 * which only a member of the completion itself does.
 * @param from offset before which it is not looked for
 */
export function readTail(bytes: Uint8Array, from = 0): Usage | undefined {
  const at = lastIndexOfText(bytes, '"usage"');
  if (at < from) return undefined;
  const rest = tryParseJson(`{${latin1(bytes, at, bytes.length)}`);
  return isJsonObject(rest) ? readChatUsage(rest["usage"]) : undefined;
}
