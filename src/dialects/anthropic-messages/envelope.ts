import { type JsonSpan, jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import { scanError } from "../../kernel/scan-error.ts";
import type { Envelope } from "../passthrough.ts";
import { wrong } from "./field-reader.ts";

/**
 * What the gateway has to know of a Messages request before it passes the bytes on.
 * Wire format: https://docs.anthropic.com/en/api/messages
 */
export interface MessagesEnvelope extends Envelope {
  readonly modelSpan: JsonSpan;
}

const NAMES = jsonNames("model", "messages", "stream");
const OPEN_BRACKET = 0x5b;

/**
 * Reads what routing needs from the bytes of a request, `count_tokens` included.
 * @throws LatchkeyError LK-2101 (no JSON), LK-2102 (a field missing or of the wrong type), LK-2103 (a field twice).
 */
export function readEnvelope(body: Uint8Array): MessagesEnvelope {
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) throw scanError(scan, body);
  const [modelSpan, messages, streamSpan] = scan.spans;
  const model = modelSpan === undefined ? undefined : readJsonSpan(body, modelSpan);
  if (modelSpan === undefined || typeof model !== "string" || model === "")
    throw wrong("model", "has to be the name of a model, as a string");
  if (messages === undefined || body[messages.start] !== OPEN_BRACKET)
    throw wrong("messages", "has to be a list of messages");
  const stream = streamSpan === undefined ? false : readJsonSpan(body, streamSpan);
  if (typeof stream !== "boolean" && stream !== null) throw wrong("stream", "has to be true or false");
  return { body, model, modelSpan, stream: stream === true };
}
