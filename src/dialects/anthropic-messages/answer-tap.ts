import type { Usage } from "../../canonical/usage.ts";
import { lastIndexOfText, latin1 } from "../../kernel/bytes.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import type { PassedAnswer } from "../passthrough.ts";
import { readUsage } from "./usage.ts";

const NAMES = jsonNames("content", "usage", "type");
const OPEN_BRACKET = 0x5b;

/**
 * Checks that the bytes are a message and taps its usage.
 * Wire format: https://docs.anthropic.com/en/api/messages
 */
export function readAnswer(body: Uint8Array): PassedAnswer {
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) return { ok: false };
  const [content, usage, type] = scan.spans;
  if (content === undefined || body[content.start] !== OPEN_BRACKET) return { ok: false };
  if (type === undefined || readJsonSpan(body, type) !== "message") return { ok: false };
  return { ok: true, usage: usage === undefined ? undefined : readUsage(readJsonSpan(body, usage)) };
}

/**
 * Usage in the last bytes of a message. What follows the last `"usage"` has to close one object and no more, which
 * only a member of the message itself does.
 */
export function readTail(tail: Uint8Array): Usage | undefined {
  const at = lastIndexOfText(tail, '"usage"');
  if (at < 0) return undefined;
  const rest = tryParseJson(`{${latin1(tail, at, tail.length)}`);
  return isJsonObject(rest) ? readUsage(rest["usage"]) : undefined;
}
