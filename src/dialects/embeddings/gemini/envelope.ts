import {
  type JsonSpan,
  jsonElements,
  jsonNames,
  readJsonSpan,
  scanJsonObject,
} from "../../../kernel/json-scan.ts";
import { scanError } from "../../../kernel/scan-error.ts";
import type { RequestPath } from "../../dialect.ts";
import type { Envelope } from "../../passthrough.ts";
import { fieldFault } from "../../request-reader.ts";

/** What the gateway has to know of a request for vectors before it passes the bytes on. */
export interface GeminiEmbeddingEnvelope extends Envelope {
  /** Where the model's name stands in the body, beside the path. */
  readonly modelSpans: readonly JsonSpan[];
  /** Whether each request of a batch names the model, as Google wants it. */
  readonly isNamed: boolean;
}

const SINGLE = jsonNames("model", "content");
const BATCH = jsonNames("model", "requests");
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/**
 * Reads what routing needs from the bytes of `embedContent`.
 * @throws LatchkeyError LK-2101 (no JSON), LK-2102 (a field missing or of the wrong type), LK-2103 (a field twice).
 */
export function readEnvelope(body: Uint8Array, { model = "" }: RequestPath): GeminiEmbeddingEnvelope {
  if (nameOf(model) === "") throw fieldFault("model", "has to be the name of a model, in the path");
  const modelSpan = readSingle(body, { start: 0, end: body.length }, "", model);
  return { body, model, stream: false, modelSpans: modelSpan ? [modelSpan] : [], isNamed: true };
}

/**
 * Reads what routing needs from the bytes of `batchEmbedContents`.
 * @throws LatchkeyError LK-2101, LK-2102 or LK-2103, as above
 */
export function readBatchEnvelope(body: Uint8Array, { model = "" }: RequestPath): GeminiEmbeddingEnvelope {
  if (nameOf(model) === "") throw fieldFault("model", "has to be the name of a model, in the path");
  const scan = scanJsonObject(body, BATCH);
  if (!scan.ok) throw scanError(scan, body);
  const [modelSpan, list] = scan.spans;
  checkName(body, modelSpan, "", model);
  if (list === undefined || body[list.start] !== OPEN_BRACKET)
    throw fieldFault("requests", "has to be a list of requests");
  const requests = jsonElements(body, list);
  if (requests.length === 0) throw fieldFault("requests", "has to be a list of requests, not an empty one");
  const spans = requests.map((request, index) => {
    const path = `requests[${index}]`;
    if (body[request.start] !== OPEN_BRACE) throw fieldFault(path, "has to be an object");
    return readSingle(body, request, `${path}.`, model);
  });
  const modelSpans = [modelSpan, ...spans].filter((span) => span !== undefined);
  // In the order in which they are replaced.
  modelSpans.sort((a, b) => a.start - b.start);
  const isNamed = spans.every((span) => span !== undefined);
  return { body, model, stream: false, modelSpans, isNamed };
}

/** Names are written with or without that of their collection. */
export function nameOf(model: string): string {
  return model.replace(/^models\//, "");
}

/** Where the model stands in a request; `undefined` where the path alone names it. */
function readSingle(
  body: Uint8Array,
  { start, end }: JsonSpan,
  path: string,
  model: string,
): JsonSpan | undefined {
  const scan = scanJsonObject(body.subarray(start, end), SINGLE);
  if (!scan.ok && scan.reason === "duplicate") throw scanError({ ...scan, name: path + scan.name }, body);
  if (!scan.ok) throw scanError(scan, body);
  const [named, content] = scan.spans;
  if (content === undefined || body[start + content.start] !== OPEN_BRACE)
    throw fieldFault(`${path}content`, "has to be an object");
  const span = named && { start: start + named.start, end: start + named.end };
  checkName(body, span, path, model);
  return span;
}

function checkName(body: Uint8Array, span: JsonSpan | undefined, path: string, model: string): void {
  if (span === undefined) return;
  const named = readJsonSpan(body, span);
  if (typeof named !== "string" || nameOf(named) !== nameOf(model))
    throw fieldFault(`${path}model`, "has to be the model that the path names");
}
