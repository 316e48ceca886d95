import { jsonNames, scanJsonObject } from "../../kernel/json-scan.ts";
import { scanError } from "../../kernel/scan-error.ts";
import type { RequestPath } from "../dialect.ts";
import type { Envelope } from "../passthrough.ts";
import { fieldError } from "./members.ts";

/** What the gateway knows of a request that it passes on. */
export interface GeminiEnvelope extends Envelope {
  /** Whether the stream is wanted as one JSON array. */
  readonly asArray?: boolean;
}

const NAMES = jsonNames("contents");
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/**
 * Checks a request's bytes. The model and whether to stream stand in the path.
 * @throws LatchkeyError LK-2101 (no JSON), LK-2102 (a field missing or wrong), LK-2103 (a field twice).
 */
export function readEnvelope(body: Uint8Array, path: RequestPath): GeminiEnvelope {
  const { model, stream = false, asArray = false } = path;
  if (model === undefined || model === "")
    throw fieldError("model", "has to be the name of a model, in the path");
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) throw scanError(scan, body);
  const [contents] = scan.spans;
  const first = contents === undefined ? undefined : body[contents.start];
  if (first !== OPEN_BRACKET && first !== OPEN_BRACE)
    throw fieldError("contents", "has to be a list of contents");
  return { body, model, stream, asArray: stream && asArray };
}
