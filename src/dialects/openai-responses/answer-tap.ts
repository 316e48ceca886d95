import type { Usage } from "../../canonical/usage.ts";
import { indexOfText, lastIndexOfText, latin1 } from "../../kernel/bytes.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import type { PassedAnswer } from "../passthrough.ts";
import { readUsage } from "./usage.ts";

const NAMES = jsonNames("output", "usage");
const OUTPUT = '"output"';
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * Checks that the bytes are an answer and taps its usage. The usage stands near the end as a rule: then it is read
 * from there, and what stands before it is passed on unread.
 */
export function readAnswer(body: Uint8Array): PassedAnswer {
  const last = readLastUsage(body);
  if (last !== undefined) return { ok: true, usage: last };
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) return { ok: false };
  const [output, usage] = scan.spans;
  if (output === undefined || body[output.start] !== OPEN_BRACKET) return { ok: false };
  return { ok: true, usage: usage === undefined ? undefined : readUsage(readJsonSpan(body, usage)) };
}

/** Usage of an answer whose `output` stands before it; `undefined` where a closer look is needed. */
function readLastUsage(body: Uint8Array): Usage | undefined {
  if (body[0] !== OPEN_BRACE) return undefined;
  const output = indexOfText(body, OUTPUT);
  if (output < 0) return undefined;
  let value = output + OUTPUT.length;
  while (body[value] === SPACE || body[value] === COLON) value++;
  return body[value] === OPEN_BRACKET ? readTail(body, value) : undefined;
}

/**
 * Usage in the last bytes of an answer. What follows the last `"usage"` has to close one object and no more, which
 * only a member of the answer itself does.
 * @param from offset before which it is not looked for
 */
export function readTail(bytes: Uint8Array, from = 0): Usage | undefined {
  const at = lastIndexOfText(bytes, '"usage"');
  if (at < from) return undefined;
  const rest = tryParseJson(`{${latin1(bytes, at, bytes.length)}`);
  return isJsonObject(rest) ? readUsage(rest["usage"]) : undefined;
}
