import type { UpstreamCall } from "./upstream.ts";

/** Requests up to this size leave in one write, out of one buffer that all connections of a pool share. */
export const JOINED_BYTES: number = 64 * 1024;

/** The part of a socket that takes bytes: it answers how many it took, negative when it is closed. */
export interface ByteTaker {
  readonly write: (bytes: Uint8Array, offset?: number, length?: number) => number;
}

/** Writes requests to one socket, as fast as it takes them. */
export class RequestWriter {
  readonly #shared: Buffer;
  /** What the socket had no room for. */
  #rest: Uint8Array[] = [];

  /** @param shared room of `JOINED_BYTES` that anyone may write to between two calls of `write`. */
  constructor(shared: Buffer) {
    this.#shared = shared;
  }

  /** Whether everything is written. */
  get isDone(): boolean {
    return this.#rest.length === 0;
  }

  /** Writes a request. Answers false when the socket is closed. */
  write(socket: ByteTaker, { head, body }: UpstreamCall): boolean {
    const framed = frame(head, body.length);
    const length = framed.length + body.length;
    if (length > JOINED_BYTES) {
      this.#rest =
        body.length === 0 ? [Buffer.from(framed, "latin1")] : [Buffer.from(framed, "latin1"), body];
      return this.writeRest(socket);
    }
    const shared = this.#shared;
    shared.write(framed, 0, "latin1");
    shared.set(body, framed.length);
    const written = socket.write(shared, 0, length);
    // Copied, because the next request of any connection is put together in the same place.
    if (written < length) this.#rest = [Buffer.copyBytesFrom(shared, Math.max(0, written), length - written)];
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

/** A method that promises a body announces an empty one too; the others announce nothing (RFC 9110, 8.6). */
function frame(head: string, bodyLength: number): string {
  const announces = bodyLength > 0 || head.startsWith("P");
  return announces ? `${head}content-length: ${bodyLength}\r\n\r\n` : `${head}\r\n`;
}
