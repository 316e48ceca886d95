import { copyBytes } from "../kernel/bytes.ts";
import type { UpstreamCall } from "./upstream.ts";

/** Requests up to this size leave in one write, out of one buffer that all connections of a pool share. */
export const JOINED_BYTES: number = 64 * 1024;

/** Room in which the connections of a pool put requests together, one at a time. */
export class JoinRoom {
  readonly bytes: Buffer = Buffer.allocUnsafe(JOINED_BYTES);
  /** The head that stands at the beginning: most calls of a pool have the same one. */
  head = "";

  /** Puts a request together; it has to fit. */
  join(head: string, lengthLine: string, body: Uint8Array): void {
    const { bytes } = this;
    if (head !== this.head) {
      bytes.write(head, 0, "latin1");
      this.head = head;
    }
    bytes.write(lengthLine, head.length, "latin1");
    // Natively: `set` at such an offset takes 15 times as long for 32 kB.
    copyBytes(body, 0, body.length, bytes, head.length + lengthLine.length);
  }
}

/** The part of a socket that takes bytes: it answers how many it took, negative when it is closed. */
export interface ByteTaker {
  readonly write: (bytes: Uint8Array, offset?: number, length?: number) => number;
}

/** Writes requests to one socket, as fast as it takes them. */
export class RequestWriter {
  readonly #room: JoinRoom;
  /** What the socket had no room for. */
  #rest: Uint8Array[] = [];

  /** @param room that anyone may use between two calls of `write` */
  constructor(room: JoinRoom) {
    this.#room = room;
  }

  /** Whether everything is written. */
  get isDone(): boolean {
    return this.#rest.length === 0;
  }

  /** Writes a request. Answers false when the socket is closed. */
  write(socket: ByteTaker, { head, body }: UpstreamCall): boolean {
    const lengthLine = lengthLineOf(head, body.length);
    const length = head.length + lengthLine.length + body.length;
    if (length > JOINED_BYTES) {
      const framed = Buffer.from(head + lengthLine, "latin1");
      this.#rest = body.length === 0 ? [framed] : [framed, body];
      return this.writeRest(socket);
    }
    const { bytes } = this.#room;
    this.#room.join(head, lengthLine, body);
    const written = socket.write(bytes, 0, length);
    // Copied, because the next request of any connection is put together in the same place.
    if (written < length) this.#rest = [Buffer.copyBytesFrom(bytes, Math.max(0, written), length - written)];
    return written >= 0;
  }

  /** Goes on after the socket had no room. Answers false when it is closed. */
  writeRest(socket: ByteTaker): boolean {
    for (let next = this.#rest[0]; next !== undefined; next = this.#rest[0]) {
      const written = socket.write(next);
      if (written < 0) return false;
      if (written < next.length) {
        this.#rest[0] = next.subarray(written);
        return true;
      }
      this.#rest.shift();
    }
    return true;
  }
}

/** What ends the head. A method that promises a body announces an empty one too; the others announce nothing (RFC 9110, 8.6). */
function lengthLineOf(head: string, bodyLength: number): string {
  const announces = bodyLength > 0 || head.startsWith("P");
  return announces ? `content-length: ${bodyLength}\r\n\r\n` : "\r\n";
}
