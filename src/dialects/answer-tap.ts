import type { Usage } from "../canonical/usage.ts";
import { indexOfText, lastIndexOfText, latin1 } from "../kernel/bytes.ts";
import { isJsonObject, tryParseJson } from "../kernel/json.ts";
import { jsonNames, readJsonSpan, scanJsonObject } from "../kernel/json-scan.ts";
import type { PassedAnswer } from "./passthrough.ts";

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const COLON = 0x3a;
const SPACE = 0x20;
const CLOSE_BRACKET = 0x5d;

/** What is read of whole answers that pass through. */
export interface AnswerTap {
  readonly readAnswer: (body: Uint8Array) => PassedAnswer;
  /** @param from offset before which usage is not looked for */
  readonly readTail: (bytes: Uint8Array, from?: number) => Usage | undefined;
}

/**
 * Makes the tap of a dialect whose answers are an object with a list of its own and `usage`. The usage stands last as a
 * rule: then it is read from the end, and what stands before it is passed on as it is.
 * @param list name of the list that every answer has, such as `choices`
 * @param mayBeEmpty whether an answer may have nothing in its list
 */
export function createAnswerTap(
  list: string,
  readUsage: (value: unknown) => Usage | undefined,
  mayBeEmpty: boolean,
): AnswerTap {
  const names = jsonNames(list, "usage");
  const quoted = `"${list}"`;

  const isList = (body: Uint8Array, start: number): boolean => {
    if (body[start] !== OPEN_BRACKET) return false;
    let at = start + 1;
    while ((body[at] ?? CLOSE_BRACKET) <= SPACE) at++;
    return mayBeEmpty || body[at] !== CLOSE_BRACKET;
  };

  /** What follows the last `"usage"` has to close one object and no more, which only a member of the answer itself does. */
  const readTail = (bytes: Uint8Array, from = 0): Usage | undefined => {
    const at = lastIndexOfText(bytes, '"usage"');
    if (at < from) return undefined;
    const rest = tryParseJson(`{${latin1(bytes, at, bytes.length)}`);
    return isJsonObject(rest) ? readUsage(rest["usage"]) : undefined;
  };

  /** Usage of an answer whose list stands before it; `undefined` where a closer look is needed. */
  const readLast = (body: Uint8Array): Usage | undefined => {
    if (body[0] !== OPEN_BRACE) return undefined;
    const at = indexOfText(body, quoted);
    if (at < 0) return undefined;
    let value = at + quoted.length;
    while (body[value] === SPACE || body[value] === COLON) value++;
    return isList(body, value) ? readTail(body, value) : undefined;
  };

  const readAnswer = (body: Uint8Array): PassedAnswer => {
    const last = readLast(body);
    if (last !== undefined) return { ok: true, usage: last };
    const scan = scanJsonObject(body, names);
    if (!scan.ok) return { ok: false };
    const [items, usage] = scan.spans;
    if (items === undefined || !isList(body, items.start)) return { ok: false };
    return { ok: true, usage: usage === undefined ? undefined : readUsage(readJsonSpan(body, usage)) };
  };

  return { readAnswer, readTail };
}
