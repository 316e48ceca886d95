import { type JsonSpan, jsonNames, readJsonSpan, scanJsonObject } from "../../../kernel/json-scan.ts";
import { scanError } from "../../../kernel/scan-error.ts";
import type { Envelope } from "../../passthrough.ts";
import { fieldFault } from "../../request-reader.ts";
import { countInputs } from "./count-vectors.ts";

/** What the gateway has to know of a request for vectors before it passes the bytes on. */
export interface EmbeddingEnvelope extends Envelope {
  readonly modelSpan: JsonSpan;
  /** How the vectors are wanted. */
  readonly encoding: "float" | "base64";
  /** How many vectors are asked for. */
  readonly inputs: number;
}

const NAMES = jsonNames("model", "input", "encoding_format");
const OPEN_BRACKET = 0x5b;
const QUOTE = 0x22;

/**
 * Reads what routing needs from the bytes of a request.
 * @throws LatchkeyError LK-2101 (no JSON), LK-2102 (a field missing or of the wrong type), LK-2103 (a field twice).
 */
export function readEnvelope(body: Uint8Array): EmbeddingEnvelope {
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) throw scanError(scan, body);
  const [modelSpan, input, encodingSpan] = scan.spans;
  const model = modelSpan === undefined ? undefined : readJsonSpan(body, modelSpan);
  if (modelSpan === undefined || typeof model !== "string" || model === "")
    throw fieldFault("model", "has to be the name of a model, as a string");
  const first = input === undefined ? undefined : body[input.start];
  if (input === undefined || (first !== QUOTE && first !== OPEN_BRACKET))
    throw fieldFault("input", "has to be a text, a list of texts, or token ids");
  const encoding = encodingSpan === undefined ? undefined : readJsonSpan(body, encodingSpan);
  const wanted = encoding === "base64" ? "base64" : "float";
  return { body, model, modelSpan, stream: false, encoding: wanted, inputs: countInputs(body, input) };
}
