import type { Usage } from "../../canonical/usage.ts";
import { jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import { readChatUsage } from "./usage.ts";

/** What is taken from a complete answer's bytes. */
export type ChatAnswer = { readonly ok: true; readonly usage: Usage | undefined } | { readonly ok: false };

const NAMES = jsonNames("choices", "usage");

/** Checks that the bytes are a chat completion and taps its usage. */
export function readChatAnswer(body: Uint8Array): ChatAnswer {
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) return { ok: false };
  const [choices, usage] = scan.spans;
  if (choices === undefined) return { ok: false };
  return { ok: true, usage: usage === undefined ? undefined : readChatUsage(readJsonSpan(body, usage)) };
}
