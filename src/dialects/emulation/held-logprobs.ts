import type { TokenLogprob } from "../../canonical/chat-response.ts";

const encoder = new TextEncoder();

/**
 * Probabilities of tokens, told no earlier than the text that they are of: they would tell what was cut off. Tokens are
 * counted by their UTF-8 bytes, since some are a part of a character.
 */
export class HeldLogprobs {
  #held: TokenLogprob[] = [];
  /** Bytes of text that were told, beyond those of the tokens that were. */
  #room = 0;

  /** Answers the tokens that may be told. */
  add(logprobs: readonly TokenLogprob[]): readonly TokenLogprob[] {
    this.#held.push(...logprobs);
    return this.#release();
  }

  /** More text was told; answers the tokens that may be told with it. */
  told(text: string): readonly TokenLogprob[] {
    this.#room += encoder.encode(text).length;
    return this.#release();
  }

  /** The answer has ended by itself; answers the rest. */
  end(): readonly TokenLogprob[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #release(): readonly TokenLogprob[] {
    let count = 0;
    for (const token of this.#held) {
      const size = sizeOf(token);
      if (size > this.#room) break;
      this.#room -= size;
      count++;
    }
    return this.#held.splice(0, count);
  }
}

function sizeOf({ token, bytes }: TokenLogprob): number {
  return bytes?.length ?? encoder.encode(token).length;
}
