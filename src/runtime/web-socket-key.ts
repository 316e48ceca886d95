import { namesOption } from "../http/connection-options.ts";
import type { RequestHeaders } from "../http/exchange.ts";

/** How a subprotocol begins that is a key: browsers let a page set no other header of a WebSocket handshake. */
const KEY_PREFIX = "latchkey-key.";

/** A subprotocol to send beside the key where the API has none: a browser wants one of those it offered to be chosen. */
export const ownProtocol = "latchkey";

const HEADER = "sec-websocket-protocol";

/** Whether a request asks for a WebSocket connection (RFC 6455, 4.2.1; RFC 9110, 7.8), as far as its headers tell. */
export function asksForWebSocket(headers: RequestHeaders): boolean {
  const upgrade = headers.get("upgrade");
  if (upgrade === null || !namesOption(upgrade, "websocket")) return false;
  return namesOption(headers.get("connection") ?? "", "upgrade");
}

/** The keys among the subprotocols of a WebSocket handshake, without those that occur again. */
export function webSocketKeys(headers: RequestHeaders): readonly string[] {
  const protocols = headers.get(HEADER);
  if (protocols === null || !protocols.includes(KEY_PREFIX) || !asksForWebSocket(headers)) return [];
  const keys = listOf(protocols).filter((one) => one.startsWith(KEY_PREFIX));
  return [...new Set(keys.map((one) => one.slice(KEY_PREFIX.length)))];
}

/** A `sec-websocket-protocol` without what is the gateway's own; empty where nothing is left. */
export function withoutOwnProtocols(value: string): string {
  if (!value.includes(ownProtocol)) return value;
  return listOf(value)
    .filter((one) => one !== ownProtocol && !one.startsWith(KEY_PREFIX))
    .join(", ");
}

/** Whether a handshake offers the gateway's own subprotocol. */
export function offersOwnProtocol(headers: RequestHeaders): boolean {
  return listOf(headers.get(HEADER) ?? "").includes(ownProtocol);
}

function listOf(value: string): readonly string[] {
  return value.split(",").map((one) => one.trim());
}
