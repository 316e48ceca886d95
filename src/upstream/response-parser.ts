import { ChunkedDecoder } from "../http/chunked-decoder.ts";
import { HeadBuffer, statusLineStart } from "../http/head-buffer.ts";
import { HeadTooLarge, ProtocolError } from "../http/protocol-error.ts";
import { indexOfText } from "../kernel/bytes.ts";
import { type ParsedHead, parseResponseHead } from "./response-head.ts";
import type { UpstreamResponseHead } from "./upstream.ts";

/** Where a parsed answer goes. Both may call `stop` on the parser. */
export interface ParserSink {
  readonly onHead: (head: UpstreamResponseHead) => void;
  /** Never empty. */
  readonly onData: (chunk: Uint8Array) => void;
}

const HEAD_END = "\r\n\r\n";
/** Smaller parts of what came are copied: that costs less than a view, and does not keep the rest in memory. */
const COPIED_BYTES = 4_096;
/** Interim answers before the real one. */
const MAX_INTERIM = 16;

// What comes next. Numbers, because every read goes through a switch on them.
const HEAD = 0;
const LENGTH = 1;
const CHUNKED = 2;
const CLOSE = 3;
const DONE = 4;
const STOPPED = 5;
const STATE_OF = { none: DONE, length: LENGTH, chunked: CHUNKED, close: CLOSE } as const;

/**
 * Reads one HTTP/1.1 answer from bytes as they come, wherever they are cut. One parser serves one answer after
 * the other on a connection: `reset` begins the next.
 */
export class ResponseParser {
  /** Whether the connection may be used again after this answer. */
  keepAlive = false;
  /** How long the upstream says it keeps an unused connection, milliseconds. */
  keepAliveMs: number | undefined;
  /** Whether any byte of this answer has come. */
  started = false;
  #state: number = STOPPED;
  #left = 0;
  #interim = 0;
  #isHeadRequest = false;
  readonly #mayTunnel: boolean;
  readonly #sink: ParserSink;
  readonly #maxHeadBytes: number;
  readonly #head: HeadBuffer;
  readonly #chunks = new ChunkedDecoder();

  /** @param mayTunnel whether 101 is an answer; everything after it is passed on as it comes */
  constructor(sink: ParserSink, maxHeadBytes: number, mayTunnel = false) {
    this.#sink = sink;
    this.#mayTunnel = mayTunnel;
    this.#maxHeadBytes = maxHeadBytes;
    this.#head = new HeadBuffer(maxHeadBytes, statusLineStart);
  }

  /** Begins the next answer; the answer to a HEAD request has no body. */
  reset(isHeadRequest: boolean): void {
    this.#state = HEAD;
    this.#interim = 0;
    this.#isHeadRequest = isHeadRequest;
    this.started = false;
    this.keepAlive = false;
    this.keepAliveMs = undefined;
  }

  /** Reads no further: nobody wants the answer any more. */
  stop(): void {
    this.#state = STOPPED;
  }

  /** Whether the answer is whole. */
  get isDone(): boolean {
    return this.#state === DONE;
  }

  /**
   * Takes bytes, which are the parser's from now on: what it passes on may be parts of them. Bytes after the end of
   * the answer make its connection useless.
   * @throws ProtocolError for bytes that are no answer.
   */
  feed(bytes: Uint8Array): void {
    this.started = true;
    let at = 0;
    while (at < bytes.length && this.#state < DONE) at = this.#step(bytes, at);
    if (at < bytes.length) this.keepAlive = false;
  }

  /** The connection was ended in good order by the upstream. Answers whether the answer is whole with that. */
  endOfInput(): boolean {
    if (this.#state === CLOSE) this.#state = DONE;
    return this.#state === DONE;
  }

  #step(bytes: Uint8Array, at: number): number {
    switch (this.#state) {
      case HEAD:
        return this.#readHead(bytes, at);
      case LENGTH:
        return this.#readCounted(bytes, at);
      case CHUNKED:
        return this.#readChunks(bytes, at);
      default:
        this.#emit(bytes, at, bytes.length);
        return bytes.length;
    }
  }

  #readHead(bytes: Uint8Array, at: number): number {
    if (at === 0 && this.#head.isEmpty) {
      const end = indexOfText(bytes, HEAD_END);
      if (end >= 0) {
        if (end + HEAD_END.length > this.#maxHeadBytes) throw new HeadTooLarge();
        this.#begin(parseResponseHead(bytes, end));
        return end + HEAD_END.length;
      }
    }
    const next = this.#head.fill(bytes, at);
    if (this.#head.isWhole) {
      const whole = this.#head.take();
      this.#begin(parseResponseHead(whole, whole.length - HEAD_END.length));
    }
    return next;
  }

  /** The state is set before the sink is called, so that it can stop the parser. */
  #begin({ head, body, isPersistent, keepAliveMs }: ParsedHead): void {
    if (head.status < 200) {
      if (head.status === 101) return this.#beginTunnel(head);
      // 100 Continue and its like: the real answer follows.
      if (++this.#interim > MAX_INTERIM) throw new ProtocolError("there are too many interim answers");
      return;
    }
    this.keepAliveMs = keepAliveMs;
    this.#state = this.#isHeadRequest ? DONE : STATE_OF[body];
    this.keepAlive = isPersistent && this.#state !== CLOSE;
    this.#left = head.contentLength ?? 0;
    this.#chunks.reset();
    this.#sink.onHead(head);
  }

  #beginTunnel(head: UpstreamResponseHead): void {
    if (!this.#mayTunnel) throw new ProtocolError("the answer switches protocols");
    this.#state = CLOSE;
    this.#sink.onHead(head);
  }

  #readCounted(bytes: Uint8Array, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    if (this.#left === 0) this.#state = DONE;
    this.#emit(bytes, at, end);
    return end;
  }

  #readChunks(bytes: Uint8Array, at: number): number {
    const chunks = this.#chunks;
    const next = chunks.decode(bytes, at);
    if (chunks.isDone) this.#state = DONE;
    if (chunks.end > chunks.start) this.#emit(bytes, chunks.start, chunks.end);
    if (chunks.fault !== undefined) throw new ProtocolError(chunks.fault);
    return next;
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    if (start === 0 && end === bytes.length) this.#sink.onData(bytes);
    else
      this.#sink.onData(end - start <= COPIED_BYTES ? bytes.slice(start, end) : bytes.subarray(start, end));
  }
}
