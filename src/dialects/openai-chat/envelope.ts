import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { type JsonSpan, jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import { scanError } from "../../kernel/scan-error.ts";
import type { Envelope } from "../passthrough.ts";

/**
 * What the gateway has to know of a Chat Completions request before it passes the bytes on.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create
 */
export interface ChatEnvelope extends Envelope {
  readonly modelSpan: JsonSpan;
  /** Whether the caller asked for the usage chunk of a stream. */
  readonly includeUsage: boolean;
  readonly streamOptionsSpan: JsonSpan | undefined;
  readonly streamOptions: Readonly<Record<string, unknown>> | undefined;
  /** Offset just after the opening brace, where a member can be put in. */
  readonly open: number;
}

const NAMES = jsonNames("model", "messages", "stream", "stream_options");
const OPEN_BRACKET = 0x5b;

/**
 * Reads what routing needs from the bytes of a request.
 * @throws LatchkeyError LK-2101 (no JSON), LK-2102 (a field missing or of the wrong type), LK-2103 (a field twice).
 */
export function readEnvelope(body: Uint8Array): ChatEnvelope {
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) throw scanError(scan, body);
  const [modelSpan, messages, streamSpan, streamOptionsSpan] = scan.spans;
  const model = modelSpan === undefined ? undefined : readJsonSpan(body, modelSpan);
  if (modelSpan === undefined || typeof model !== "string" || model === "") {
    throw fieldError("model", "has to be the name of a model, as a string");
  }
  if (messages === undefined || body[messages.start] !== OPEN_BRACKET) {
    throw fieldError("messages", "has to be a list of messages");
  }
  const stream = readStream(body, streamSpan);
  const streamOptions = readStreamOptions(body, streamOptionsSpan);
  const includeUsage = streamOptions?.["include_usage"] === true;
  return { body, model, modelSpan, stream, includeUsage, streamOptionsSpan, streamOptions, open: scan.open };
}

function readStream(body: Uint8Array, span: JsonSpan | undefined): boolean {
  const value = span === undefined ? false : readJsonSpan(body, span);
  if (value === null || value === false) return false;
  if (value === true) return true;
  throw fieldError("stream", "has to be true or false");
}

function readStreamOptions(
  body: Uint8Array,
  span: JsonSpan | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const value = span === undefined ? null : readJsonSpan(body, span);
  if (value === null) return undefined;
  if (isJsonObject(value)) return value;
  throw fieldError("stream_options", "has to be an object");
}

function fieldError(param: string, text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `\`${param}\` ${text}.`, { param });
}
