import { isUtf8 } from "../../kernel/bytes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { findJsonFault } from "../../kernel/json-names.ts";
import { checkJsonBody } from "../../kernel/scan-error.ts";
import { wrongField } from "../check-input.ts";
import type { IdentityRequest } from "../identity/identity-http.ts";
import { fieldPath } from "./field-path.ts";

/** Bytes of a body at most. */
const MAX_BODY_BYTES = 1024 * 1024;

const JSON_TYPE = /^application\/json[\t ]*(?:;[\t ]*charset[\t ]*=[\t ]*"?utf-8"?[\t ]*)?$/i;

const decoder = new TextDecoder();

/**
 * The bytes of a request's body, empty where there is none.
 * @throws LatchkeyError LK-2104
 */
export async function readBodyBytes(request: Pick<IdentityRequest, "readBody">): Promise<Uint8Array> {
  const bytes = await request.readBody(MAX_BODY_BYTES);
  if (bytes.length <= MAX_BODY_BYTES) return bytes;
  throw new LatchkeyError("LK-2104", `The request body is larger than ${MAX_BODY_BYTES} bytes.`);
}

/**
 * The JSON object that a body is.
 * @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2106, LK-2127, LK-2130
 */
export function readJsonBody(bytes: Uint8Array, headers: IdentityRequest["headers"]): unknown {
  const coding = headers.get("content-encoding");
  if (coding !== null && coding.toLowerCase() !== "identity") throw new LatchkeyError("LK-2106");
  if (!JSON_TYPE.test(headers.get("content-type") ?? "")) {
    throw new LatchkeyError("LK-2127", undefined, { param: "content-type" });
  }
  if (!isUtf8(bytes)) throw new LatchkeyError("LK-2101", "The request body is not UTF-8.");
  checkJsonBody(bytes);
  const fault = findJsonFault(bytes);
  if (fault === undefined) return JSON.parse(decoder.decode(bytes));
  const param = fieldPath(fault.path);
  if (fault.reason === "duplicate") throw new LatchkeyError("LK-2103", undefined, { param });
  if (fault.reason === "prototype") throw wrongField(param, "There is no such field.");
  throw wrongField(param, "This is not valid Unicode: it holds half a character.");
}
