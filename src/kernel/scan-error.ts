import { LatchkeyError } from "./error.ts";
import { maxJsonDepth } from "./json-depth.ts";
import { type JsonScan, scanJsonObject } from "./json-scan.ts";

/** The caller's error for a body that cannot be scanned. */
export function scanError(scan: Exclude<JsonScan, { ok: true }>, body: Uint8Array): LatchkeyError {
  if (scan.reason === "duplicate") {
    return duplicateError(scan.name);
  }
  if (scan.reason === "not-object")
    return new LatchkeyError("LK-2101", "The request body has to be a JSON object.");
  if (scan.reason === "too-deep") {
    const most = `objects and lists may stand ${maxJsonDepth} deep inside each other`;
    return new LatchkeyError(
      "LK-2130",
      `The request body is nested too deep at byte ${scan.offset}: ${most}.`,
    );
  }
  if (body.length === 0)
    return new LatchkeyError("LK-2101", "The request body is empty; send a JSON object.");
  const where = scan.offset >= body.length ? "it ends too early" : `it breaks at byte ${scan.offset}`;
  return new LatchkeyError("LK-2101", `The request body is not valid JSON: ${where}.`);
}

/** The caller's error for a field that occurs twice. */
export function duplicateError(param: string): LatchkeyError {
  return new LatchkeyError("LK-2103", `\`${param}\` occurs twice.`, { param });
}

/**
 * Checks a body that is read as a whole, without a scan for where its members stand: parsing it has no bound of depth,
 * and what comes after it would run out of its stack.
 * @throws LatchkeyError LK-2101 (no JSON object), LK-2130 (nested too deep)
 */
export function checkJsonBody(body: Uint8Array): void {
  const scan = scanJsonObject(body, []);
  if (!scan.ok) throw scanError(scan, body);
}
