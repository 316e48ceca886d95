/** Bytes that are thrown away after a reply that came before its request was whole. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The end of a connection whose caller is still sending. It is not closed at once: a connection that is closed with
 * unread bytes is reset, and the caller might never see its reply (RFC 9112, 9.6).
 */
export class Lingering {
  #bytes = 0;
  #since: number | undefined;

  /** Takes bytes that are thrown away; false where they have become too many. */
  take(length: number): boolean {
    this.#bytes += length;
    return this.#bytes <= MAX_BYTES;
  }

  /** Milliseconds since it was looked at first. */
  lasted(nowMs: number): number {
    this.#since ??= nowMs;
    return nowMs - this.#since;
  }
}
