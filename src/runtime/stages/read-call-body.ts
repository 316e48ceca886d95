import type { IncomingRequest } from "../../http/exchange.ts";
import { isUtf8 } from "../../kernel/bytes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Call } from "../call.ts";

const FORM = "multipart/form-data";

/**
 * Reads a call's body within the bounds of its artifact and notes its size. JSON is UTF-8 (RFC 8259, 8.1), also where
 * nobody looks into its strings on the way; the parts of a form may be anything.
 * @throws LatchkeyError LK-2101 (not UTF-8), and as `IncomingRequest.readBody`.
 */
export async function readCallBody(call: Call, request: IncomingRequest): Promise<Uint8Array> {
  const { maxRequestBytes, requestTimeoutMs } = call.tables.artifact.settings;
  const body = await request.readBody({ maxBytes: maxRequestBytes, timeoutMs: requestTimeoutMs });
  call.requestBytes = body.length;
  const isForm = request.headers.get("content-type")?.toLowerCase().startsWith(FORM) === true;
  if (!isForm && !isUtf8(body)) throw new LatchkeyError("LK-2101", "The request body is not UTF-8.");
  return body;
}
