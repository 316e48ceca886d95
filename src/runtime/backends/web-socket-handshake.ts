import type { RequestHeaders } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { UpstreamResponseHead } from "../../upstream/upstream.ts";

/** Header lines of both halves of a handshake: those of one connection are made anew for each. */
export const upgradeLines = "connection: Upgrade\r\nupgrade: websocket\r\n";

/** 16 bytes in base64. */
const KEY = /^[\w+/]{21}[AQgw]==$/;
/** What a server adds to a key before it hashes it (RFC 6455, 1.3). */
const SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * Checks what every handshake has (RFC 6455, 4.2.1).
 * @throws LatchkeyError LK-2125 for one that is none, LK-2126 for another version.
 */
export function checkHandshake(headers: RequestHeaders, body: Uint8Array): void {
  if (body.length > 0) throw malformed("content-length", "has to be left out: a handshake has no body");
  if (!KEY.test(headers.get("sec-websocket-key") ?? "")) {
    throw malformed("sec-websocket-key", "has to be 16 bytes in base64, once");
  }
  const version = headers.get("sec-websocket-version");
  if (version === null) throw malformed("sec-websocket-version", "is missing");
  if (version !== "13") throw new LatchkeyError("LK-2126", undefined, { param: "sec-websocket-version" });
}

function malformed(param: string, words: string): LatchkeyError {
  return new LatchkeyError("LK-2125", `The header ${param} ${words}.`, { param });
}

/**
 * What is wrong with an answer of status 101. One that does not know the caller's key has not understood the handshake,
 * and what follows it need not be WebSocket.
 */
export function acceptanceFault(
  { headers }: UpstreamResponseHead,
  asked: RequestHeaders,
): LatchkeyError | undefined {
  const isWebSocket = headers.first("upgrade")?.toLowerCase() === "websocket";
  const isAccepted = headers.first("sec-websocket-accept") === acceptOf(asked.get("sec-websocket-key") ?? "");
  if (isWebSocket && isAccepted) return undefined;
  const internal = isWebSocket ? "sec-websocket-accept is wrong" : "it switches to another protocol";
  return new LatchkeyError("LK-3106", undefined, { internal });
}

function acceptOf(key: string): string {
  return new Bun.CryptoHasher("sha1").update(`${key}${SALT}`).digest("base64");
}
