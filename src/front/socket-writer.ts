import { copyBytes } from "../kernel/bytes.ts";

/** Bytes that leave in one write at most, out of one buffer that all connections of a thread share. */
export const ROOM_BYTES: number = 64 * 1024;

/** The part of a socket that takes bytes: it answers how many it took, negative when it is closed. */
export interface ByteTaker {
  readonly write: (bytes: Uint8Array, offset?: number, length?: number) => number;
}

/** Where replies are put together, one at a time. */
const room: Buffer = Buffer.allocUnsafe(ROOM_BYTES);

/** Writes to one socket as fast as it takes it, and keeps what it does not. */
export class SocketWriter {
  #rest: Uint8Array[] = [];

  /** Whether everything is written. */
  get isDone(): boolean {
    return this.#rest.length === 0;
  }

  /**
   * Writes text (one byte a character), bytes, and text again: a head and its body, or a chunk in its frame. Answers
   * false when the socket is closed. The bytes must not change afterwards.
   */
  write(socket: ByteTaker, before: string, bytes: Uint8Array, after: string): boolean {
    const length = before.length + bytes.length + after.length;
    const isBlocked = this.#rest.length > 0;
    if (isBlocked || length > ROOM_BYTES) {
      this.#rest.push(Buffer.from(before, "latin1"), bytes);
      if (after !== "") this.#rest.push(Buffer.from(after, "latin1"));
      return isBlocked || this.writeRest(socket);
    }
    room.write(before, 0, "latin1");
    copyBytes(bytes, 0, bytes.length, room, before.length);
    if (after !== "") room.write(after, before.length + bytes.length, "latin1");
    const written = socket.write(room, 0, length);
    // Copied, because the next reply of any connection is put together in the same place.
    if (written < length) this.#rest.push(Buffer.copyBytesFrom(room, Math.max(0, written), length - written));
    return written >= 0;
  }

  /** Goes on after the socket had no room. Answers false when it is closed. */
  writeRest(socket: ByteTaker): boolean {
    const rest = this.#rest;
    let done = 0;
    for (; done < rest.length; done++) {
      const next = rest[done] as Uint8Array;
      if (next.length === 0) continue;
      const written = socket.write(next);
      if (written < 0) return false;
      if (written < next.length) {
        rest[done] = next.subarray(written);
        break;
      }
    }
    this.#rest = rest.slice(done);
    return true;
  }
}
