import { LatchkeyError } from "../kernel/error.ts";
import type { JsonScan } from "../kernel/json-scan.ts";

/** The caller's error for a body that cannot be scanned. */
export function scanError(scan: Exclude<JsonScan, { ok: true }>, body: Uint8Array): LatchkeyError {
  if (scan.reason === "duplicate") {
    return new LatchkeyError("LK-2103", `\`${scan.name}\` occurs twice.`, { param: scan.name });
  }
  if (scan.reason === "not-object")
    return new LatchkeyError("LK-2101", "The request body has to be a JSON object.");
  if (body.length === 0)
    return new LatchkeyError("LK-2101", "The request body is empty; send a JSON object.");
  const where = scan.offset >= body.length ? "it ends too early" : `it breaks at byte ${scan.offset}`;
  return new LatchkeyError("LK-2101", `The request body is not valid JSON: ${where}.`);
}
