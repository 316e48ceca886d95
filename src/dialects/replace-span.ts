import { copyBytes } from "../kernel/bytes.ts";
import type { JsonSpan } from "../kernel/json-scan.ts";

/** Bytes with one part of them replaced, all else as it was. */
export function replaceSpan(body: Uint8Array, { start, end }: JsonSpan, bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(body.length - (end - start) + bytes.length);
  copyBytes(body, 0, start, result, 0);
  result.set(bytes, start);
  copyBytes(body, end, body.length, result, start + bytes.length);
  return result;
}
