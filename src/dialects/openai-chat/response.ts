import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import { readChatUsage } from "./usage.ts";

/** What is taken from a complete answer's bytes. */
export type ChatAnswer = { readonly ok: true; readonly usage: Usage | undefined } | { readonly ok: false };

const NAMES = jsonNames("choices", "usage");

/** Answers up to this size are parsed natively, which costs less than scanning them; larger ones are scanned. */
const PARSED_BYTES = 8 * 1024;

/** Checks that the bytes are a chat completion and taps its usage. */
export function readChatAnswer(body: Uint8Array): ChatAnswer {
  if (body.length <= PARSED_BYTES) return parseAnswer(body);
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) return { ok: false };
  const [choices, usage] = scan.spans;
  if (choices === undefined) return { ok: false };
  return { ok: true, usage: usage === undefined ? undefined : readChatUsage(readJsonSpan(body, usage)) };
}

/** Only numbers are taken from the text, so its bytes need not be decoded as UTF-8. */
function parseAnswer(body: Uint8Array): ChatAnswer {
  const parsed = tryParseJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1"));
  if (!isJsonObject(parsed) || parsed["choices"] === undefined) return { ok: false };
  return { ok: true, usage: readChatUsage(parsed["usage"]) };
}
