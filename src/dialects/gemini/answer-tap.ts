import type { Usage } from "../../canonical/usage.ts";
import { indexOfText, lastIndexOfText, latin1 } from "../../kernel/bytes.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import type { PassedAnswer } from "../passthrough.ts";
import { readUsage } from "./usage.ts";

const NAMES = jsonNames("candidates", "promptFeedback", "usageMetadata");
const CANDIDATES = '"candidates"';
const USAGE = '"usageMetadata"';
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const COLON = 0x3a;

/**
 * Checks that the bytes are an answer and taps its usage, which follows the candidates as a rule: then it is read from
 * the end, and what stands before it is passed on as it is.
 */
export function readAnswer(body: Uint8Array): PassedAnswer {
  const last = readLastUsage(body);
  if (last !== undefined) return { ok: true, usage: last };
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) return { ok: false };
  const [candidates, feedback, usage] = scan.spans;
  const hasCandidates = candidates !== undefined && body[candidates.start] === OPEN_BRACKET;
  const hasFeedback = feedback !== undefined && body[feedback.start] === OPEN_BRACE;
  if (!hasCandidates && !hasFeedback) return { ok: false };
  return { ok: true, usage: usage === undefined ? undefined : readUsage(readJsonSpan(body, usage)) };
}

/**
 * Usage in the last bytes of an answer. What follows the last `"usageMetadata"` has to close one object and no more,
 * which only a member of the answer itself does.
 * @param from offset before which it is not looked for
 */
export function readTail(bytes: Uint8Array, from = 0): Usage | undefined {
  const at = lastIndexOfText(bytes, USAGE);
  if (at < from) return undefined;
  const rest = tryParseJson(`{${latin1(bytes, at, bytes.length)}`);
  return isJsonObject(rest) ? readUsage(rest["usageMetadata"]) : undefined;
}

/** `undefined` where a closer look is needed. */
function readLastUsage(body: Uint8Array): Usage | undefined {
  if (body[0] !== OPEN_BRACE) return undefined;
  const candidates = indexOfText(body, CANDIDATES);
  if (candidates < 0) return undefined;
  let value = candidates + CANDIDATES.length;
  while ((body[value] as number) <= 0x20 || body[value] === COLON) value++;
  return body[value] === OPEN_BRACKET ? readTail(body, value) : undefined;
}
