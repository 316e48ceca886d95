import type { ChatResponse } from "../canonical/chat-response.ts";
import type { Usage } from "../canonical/usage.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { UpstreamHandle, UpstreamReceiver, UpstreamResponseHead } from "../upstream/upstream.ts";
import type { Call } from "./call.ts";

/** What a whole answer says, once it was looked at. */
export interface AnswerReading {
  readonly usage: Usage | undefined;
  /** The answer itself, where it has to be translated. */
  readonly response?: ChatResponse;
  /** What goes to the caller in place of the bytes, where they pass but for something; absent: they do. */
  readonly told?: Uint8Array;
}

/** Takes over an answer that has begun. */
export interface AnswerConsumer {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
  readonly fail: (error: LatchkeyError) => void;
}

/** When an answer counts as begun: with its first piece, or when it is whole (or larger than is held). */
export type ReadyWhen = "first-piece" | "whole";

/** How an attempt waits for its answer. */
export interface AttemptOptions {
  /** Larger answers are refused. */
  readonly maxBytes: number;
  /** Larger ones are passed on as they come instead of being held until they are whole. */
  readonly holdBytes: number;
  /** Called once, when the answer is ready or has failed. */
  readonly onReady: () => void;
}

/**
 * One call to one target. Collects the answer until it is ready, then hands over what was held and what
 * follows to a consumer.
 */
export class Attempt implements UpstreamReceiver {
  head: UpstreamResponseHead | undefined;
  error: LatchkeyError | undefined;
  /** Whether the answer has ended, in one way or the other. */
  ended = false;
  handle: UpstreamHandle | undefined;
  /** Set when the request is sent: only then is it known how the target answers. */
  when: ReadyWhen = "whole";
  /** Head that was sent, but for what belongs to the request alone: the gateway's credentials are in it. Never shown or logged. */
  sentHead = "";
  reading: AnswerReading | undefined;
  /** What the target blames the request for in the caller's own dialect, so that its answer may go out as it is. */
  refusal: LatchkeyError | undefined;

  /** Requests that it is made of whose answers have begun and were not taken: what they cost, nobody can tell. */
  openParts = 0;

  readonly #options: AttemptOptions;
  readonly #call: Call;
  #isReady = false;
  #held: Uint8Array[] = [];
  #heldSize = 0;
  #size = 0;
  #consumer: AnswerConsumer | undefined;

  constructor(call: Call, options: AttemptOptions) {
    this.#call = call;
    this.#options = options;
  }

  onHead(head: UpstreamResponseHead): void {
    this.head = head;
    this.#call.noteFirstByte();
    // Refused before the caller has got a part of it, so that another target can answer.
    if (head.contentLength !== undefined && head.contentLength > this.#options.maxBytes) this.#refuse();
  }

  onData(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size > this.#options.maxBytes) {
      this.#refuse();
      return;
    }
    if (this.#consumer !== undefined) {
      this.#consumer.push(chunk);
      return;
    }
    this.#held.push(chunk);
    this.#heldSize += chunk.length;
    // An error's body is always taken whole: what it says decides what happens next.
    const piecewise = this.when === "first-piece" && (this.head?.status ?? 500) < 400;
    if (!piecewise && this.#heldSize <= this.#options.holdBytes) return;
    // What came with the same bytes counts: a fault in them still lets another target answer.
    queueMicrotask(() => this.#becomeReady());
  }

  onEnd(): void {
    if (this.ended) return;
    this.ended = true;
    this.#consumer?.end();
    this.#becomeReady();
  }

  onError(error: LatchkeyError): void {
    if (this.ended) return;
    this.ended = true;
    this.error = error;
    this.#consumer?.fail(error);
    this.#becomeReady();
  }

  /** The caller has left: ends the call to the upstream and the wait for it. */
  leave(): void {
    this.abort();
    this.onError(new LatchkeyError("LK-2301"));
  }

  /** Ends the call to the upstream. */
  abort(): void {
    this.handle?.abort();
  }

  /** First byte of the answer that is no white space, as far as it was held. */
  get firstByte(): number | undefined {
    for (const chunk of this.#held) {
      const byte = chunk.find((candidate) => candidate > 0x20);
      if (byte !== undefined) return byte;
    }
    return undefined;
  }

  /** What has come and was not handed over yet. */
  get held(): readonly Uint8Array[] {
    return this.#held;
  }

  /** The whole answer, where it is there; `undefined` where it is still coming. */
  whole(): Uint8Array | undefined {
    if (!this.ended || this.error !== undefined) return undefined;
    return this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held);
  }

  /** Hands the answer over: first what was held, then what comes. */
  consume(consumer: AnswerConsumer): void {
    const held = this.#held;
    this.#held = [];
    for (const chunk of held) consumer.push(chunk);
    if (this.error !== undefined) consumer.fail(this.error);
    else if (this.ended) consumer.end();
    else this.#consumer = consumer;
  }

  #becomeReady(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#options.onReady();
  }

  #refuse(): void {
    this.abort();
    this.onError(
      new LatchkeyError(
        "LK-3013",
        `The model provider's answer is larger than ${this.#options.maxBytes} bytes.`,
      ),
    );
  }
}
