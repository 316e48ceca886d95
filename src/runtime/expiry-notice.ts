import { headerLine } from "../http/exchange.ts";
import type { KeyEntry } from "./key-table.ts";

/**
 * Header line that warns the holder of a key of its end: the first moment at which it no longer works, as in
 * `2026-12-01T00:00:00.000Z`.
 */
export function expiryNotice({ expiresAtMs }: KeyEntry): string {
  return headerLine("x-latchkey-key-expires", new Date(expiresAtMs).toISOString());
}
