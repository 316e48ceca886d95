import { ChunkedDecoder } from "../http/chunked-decoder.ts";
import type { BodyLimits } from "../http/exchange.ts";
import { ProtocolError } from "../http/protocol-error.ts";
import { joinBytes } from "../kernel/bytes.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { BodyDeadline, BodyDeadlines } from "./body-deadlines.ts";
import type { RequestFraming } from "./request-framing.ts";

/** Smaller bodies are copied out of what came, which costs less than a view and does not keep the rest in memory. */
const COPIED_BYTES = 4_096;

/** The body of one request, taken from the connection as it comes. */
export class IncomingBody implements BodyDeadline {
  /** Whether all of it has come. */
  isComplete: boolean;
  /** Bytes that came and that nobody has asked for yet. */
  unread = 0;
  endsAt = 0;
  place = -1;
  #left: number;
  #pieces: Uint8Array[] = [];
  #size = 0;
  #chunks: ChunkedDecoder | undefined;
  #maxBytes = Infinity;
  #deadlines: BodyDeadlines | undefined;
  #reader: { resolve: (body: Uint8Array) => void; reject: (error: LatchkeyError) => void } | undefined;
  #failure: LatchkeyError | undefined;

  constructor({ body, length }: RequestFraming) {
    this.isComplete = body === "none";
    this.#left = length;
    if (body === "chunked") this.#chunks = new ChunkedDecoder();
  }

  /**
   * Takes the body's part of what came, from an offset on, and answers where it ends.
   * @throws ProtocolError
   */
  feed(bytes: Uint8Array, from: number): number {
    if (this.#chunks !== undefined) return this.#feedChunks(this.#chunks, bytes, from);
    const end = Math.min(bytes.length, from + this.#left);
    this.#left -= end - from;
    this.#add(bytes, from, end);
    if (this.#left === 0) this.#complete();
    return end;
  }

  /**
   * The whole body, at once where it has come.
   * @param announced length that was announced, where one was
   * @throws LatchkeyError LK-2104
   */
  read(limits: BodyLimits, announced: number, deadlines: BodyDeadlines): Uint8Array | Promise<Uint8Array> {
    if (announced > limits.maxBytes || this.#size > limits.maxBytes) throw tooLarge(limits.maxBytes);
    if (this.#failure !== undefined) throw this.#failure;
    this.unread = 0;
    if (this.isComplete) return this.#take();
    this.#maxBytes = limits.maxBytes;
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    this.#reader = { resolve, reject };
    this.endsAt = performance.now() + limits.timeoutMs;
    this.#deadlines = deadlines;
    deadlines.watch(this);
    return promise;
  }

  /** Nothing more comes; whoever reads is told so. */
  fail(error: LatchkeyError): void {
    this.#failure ??= error;
    this.#pieces = [];
    this.#deadlines?.release(this);
    this.#reader?.reject(error);
    this.#reader = undefined;
  }

  expire(): void {
    this.fail(new LatchkeyError("LK-2109"));
  }

  #feedChunks(chunks: ChunkedDecoder, bytes: Uint8Array, from: number): number {
    const next = chunks.decode(bytes, from);
    if (chunks.end > chunks.start) this.#add(bytes, chunks.start, chunks.end);
    if (chunks.fault !== undefined) throw new ProtocolError(chunks.fault);
    if (chunks.isDone) this.#complete();
    return next;
  }

  #add(bytes: Uint8Array, start: number, end: number): void {
    // What has failed is thrown away as it comes.
    if (start === end || this.#failure !== undefined) return;
    this.#size += end - start;
    if (this.#reader === undefined) this.unread += end - start;
    if (this.#size > this.#maxBytes) return this.fail(tooLarge(this.#maxBytes));
    const isWhole = start === 0 && end === bytes.length;
    const isShort = end - start <= COPIED_BYTES;
    this.#pieces.push(isWhole ? bytes : isShort ? bytes.slice(start, end) : bytes.subarray(start, end));
  }

  #complete(): void {
    this.isComplete = true;
    const reader = this.#reader;
    if (reader === undefined) return;
    this.#reader = undefined;
    this.#deadlines?.release(this);
    reader.resolve(this.#take());
  }

  #take(): Uint8Array {
    const pieces = this.#pieces;
    this.#pieces = [];
    return joinBytes(pieces);
  }
}

function tooLarge(maxBytes: number): LatchkeyError {
  return new LatchkeyError("LK-2104", `The request body is larger than ${maxBytes} bytes.`);
}
