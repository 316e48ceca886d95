import type { ByteTaker, SocketWriter } from "../http/socket-writer.ts";
import type { UpstreamCall } from "./upstream.ts";

/** Writes a request. Answers false when the socket is closed. */
export function writeRequest(writer: SocketWriter, socket: ByteTaker, { head, body }: UpstreamCall): boolean {
  return writer.write(socket, head, lengthLineOf(head, body.length), body, "");
}

/** What ends the head. A method that promises a body announces an empty one too; the others announce nothing (RFC 9110, 8.6). */
function lengthLineOf(head: string, bodyLength: number): string {
  const announces = bodyLength > 0 || head.startsWith("P");
  return announces ? `content-length: ${bodyLength}\r\n\r\n` : "\r\n";
}
