import { indexOfText } from "../../kernel/bytes.ts";
import { type JsonSpan, jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import { scanError } from "../../kernel/scan-error.ts";
import type { Envelope } from "../passthrough.ts";
import { fieldError } from "./field.ts";
import { sealPrefix } from "./seal.ts";
import { mayName } from "./vendor-names.ts";

/**
 * What the gateway has to know of a request before it passes the bytes on.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create
 */
export interface ResponsesEnvelope extends Envelope {
  readonly modelSpan: JsonSpan;
  /** Id of the answer that the request goes on from. */
  readonly previousResponseId: string | undefined;
  /** Whether the answer is to be kept; it is where the caller does not say. */
  readonly store: boolean;
  /** Whether some of its items may be of the gateway's own making, which no vendor understands. */
  readonly hasOwnItems: boolean;
  /** Whether it may name something that is kept elsewhere instead of sending it; false is certain. */
  readonly mayName: boolean;
}

const NAMES = jsonNames("model", "stream", "store", "previous_response_id");

/**
 * Reads what routing needs from the bytes of a request.
 * @throws LatchkeyError LK-2101 (no JSON), LK-2102 (a field missing or of the wrong type), LK-2103 (a field twice).
 */
export function readEnvelope(body: Uint8Array): ResponsesEnvelope {
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) throw scanError(scan, body);
  const [modelSpan, stream, store, previous] = scan.spans;
  const model = modelSpan === undefined ? undefined : readJsonSpan(body, modelSpan);
  if (modelSpan === undefined || typeof model !== "string" || model === "")
    throw fieldError("model", "has to be the name of a model, as a string");
  return {
    body,
    model,
    modelSpan,
    stream: readFlag(body, stream, "stream") ?? false,
    store: readFlag(body, store, "store") ?? true,
    previousResponseId: readId(body, previous),
    hasOwnItems: indexOfText(body, "_lk_") >= 0 || indexOfText(body, sealPrefix) >= 0,
    mayName: mayName(body),
  };
}

function readFlag(body: Uint8Array, span: JsonSpan | undefined, name: string): boolean | undefined {
  const value = span === undefined ? null : readJsonSpan(body, span);
  if (value === null) return undefined;
  if (typeof value === "boolean") return value;
  throw fieldError(name, "has to be true or false");
}

function readId(body: Uint8Array, span: JsonSpan | undefined): string | undefined {
  const value = span === undefined ? null : readJsonSpan(body, span);
  if (value === null) return undefined;
  if (typeof value === "string") return value;
  throw fieldError("previous_response_id", "has to be a string");
}
