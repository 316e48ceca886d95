import type { RequestHeaders } from "../../http/exchange.ts";
import { parseApiKey } from "../../kernel/api-key.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { KeyEntry, KeyTable } from "../key-table.ts";
import { webSocketKeys } from "../web-socket-key.ts";

const BARE_BEARER = /^bearer\s*$/i;

/** The longest text that can be a key; anything longer is refused before it is hashed. */
const MAX_KEY_LENGTH = 100;

/**
 * Finds the key that a request carries, wherever the vendors' SDKs put it: `Authorization: Bearer`,
 * `x-api-key`, `x-goog-api-key` or `?key=`; a WebSocket handshake may carry it as a subprotocol.
 * @param query the request's query without its question mark
 * @throws LatchkeyError LK-2001 (none), LK-2003 (two that differ), LK-2002 (not valid; `internal` says why).
 */
export function authenticate(
  headers: RequestHeaders,
  query: string,
  keys: KeyTable,
  nowMs: number,
): KeyEntry {
  const text = readCredential(headers, query) ?? webSocketKey(headers);
  if (text === undefined) throw new LatchkeyError("LK-2001");
  const entry = keys.remembered(text) ?? lookUp(text, keys);
  if (nowMs >= entry.expiresAtMs) {
    throw invalidKey(`key ${entry.app.tenant}/${entry.app.name}/${entry.name} has expired`);
  }
  return entry;
}

function lookUp(text: string, keys: KeyTable): KeyEntry {
  // The server joins headers that occur twice; a key holds no comma.
  if (text.includes(",")) throw new LatchkeyError("LK-2003");
  const parts = text.length > MAX_KEY_LENGTH ? undefined : parseApiKey(text);
  if (parts === undefined) throw invalidKey("not a Latchkey key, or its checksum is wrong");
  const entry = keys.find(text);
  if (entry === undefined) throw invalidKey(`key ${parts.publicId} is unknown or revoked`);
  return entry;
}

function invalidKey(internal: string): LatchkeyError {
  return new LatchkeyError("LK-2002", undefined, { internal });
}

function readCredential(headers: RequestHeaders, query: string): string | undefined {
  const first = merge(bearerOf(headers.get("authorization")), headers.get("x-api-key"));
  const second = merge(first, headers.get("x-goog-api-key"));
  return (query === "" ? second : merge(second, queryKey(query))) ?? undefined;
}

/** One of two credentials, which have to be the same where both are there. */
function merge(a: string | null, b: string | null): string | null {
  if (b === null || b === "") return a === "" ? null : a;
  if (a !== null && a !== "" && a !== b) throw new LatchkeyError("LK-2003");
  return b;
}

/** The credential of an `Authorization` header; another scheme counts as a credential that is not valid. */
function bearerOf(header: string | null): string | null {
  if (header === null) return null;
  // A scheme without a credential, as clients send it whose key is not set, counts as none.
  if (BARE_BEARER.test(header)) return "";
  return header.length > 7 && header.slice(0, 7).toLowerCase() === "bearer "
    ? header.slice(7).trim()
    : header.trim();
}

/** Looked for where there is no other, so that ordinary requests do not pay for it; see `openTunnel`. */
function webSocketKey(headers: RequestHeaders): string | undefined {
  const [first, second] = webSocketKeys(headers);
  if (second !== undefined) throw new LatchkeyError("LK-2003");
  return first;
}

function queryKey(query: string): string | null {
  if (!query.includes("key=")) return null;
  const values = new URLSearchParams(query).getAll("key");
  const [first = null] = values;
  if (values.some((value) => value !== first)) throw new LatchkeyError("LK-2003");
  return first;
}
