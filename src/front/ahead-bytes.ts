import { MAX_AHEAD_BYTES } from "./front-limits.ts";

const NOTHING = new Uint8Array();

/** What a caller has sent after the request that is under way. */
export class AheadBytes {
  #bytes: Uint8Array = NOTHING;

  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  /** Keeps bytes behind the others. Answers whether there is room for more. */
  keep(bytes: Uint8Array): boolean {
    this.#bytes = this.isEmpty ? bytes : Buffer.concat([this.#bytes, bytes]);
    return this.#bytes.length <= MAX_AHEAD_BYTES;
  }

  /** All of them; none are kept any more. */
  take(): Uint8Array {
    const bytes = this.#bytes;
    this.#bytes = NOTHING;
    return bytes;
  }
}
