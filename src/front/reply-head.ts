import type { Reply } from "../http/exchange.ts";
import type { SeenRequest } from "./front-handler.ts";
import type { FrontRequest } from "./front-request.ts";
import { statusLine } from "./status-line.ts";

/** What a reply's head is made of. */
export interface ReplyHeadParts {
  readonly status: number;
  /** Header lines, as the reply has them. */
  readonly headers: string;
  readonly dateLine: string;
  /** Whether the connection stays open afterwards. */
  readonly keepsOpen: boolean;
  /** Bytes of the body; `stream`: it is made piece by piece; `none`: there is none, and no length is told. */
  readonly body: number | "stream" | "none";
}

/** The head of a reply with the empty line at its end (RFC 9112, 6 and 9.3). */
export function replyHead(request: FrontRequest, parts: ReplyHeadParts): string {
  const { status, headers, dateLine, keepsOpen, body } = parts;
  let head = statusLine(status) + dateLine + headers;
  if (!keepsOpen) head += "connection: close\r\n";
  else if (request.isOld) head += "connection: keep-alive\r\n";
  if (typeof body === "number") return `${head}content-length: ${body}\r\n\r\n`;
  // HTTP/1.0 has no chunks: such a stream ends with its connection.
  return body === "stream" && !request.isOld ? `${head}transfer-encoding: chunked\r\n\r\n` : `${head}\r\n`;
}

/** The reply to what could not be read as a request; the connection ends with it. */
export function refusal(
  { status, headers, body }: Reply,
  dateLine: string,
  { method }: SeenRequest,
): { readonly head: string; readonly body: Uint8Array } {
  const whole = body instanceof Uint8Array ? body : new Uint8Array();
  const framing = `connection: close\r\ncontent-length: ${whole.length}\r\n\r\n`;
  const head = statusLine(status) + dateLine + headers + framing;
  return { head, body: method === "HEAD" ? new Uint8Array() : whole };
}

/** Whether replies of a status never have a body (RFC 9110, 6.4.1). */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}
