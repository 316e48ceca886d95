import type { UpstreamResponseHead } from "../upstream/upstream.ts";
import { type ParsedHead, ProtocolError, parseResponseHead } from "./response-head.ts";

/** Where a parsed answer goes. */
export interface ParserSink {
  readonly onHead: (head: UpstreamResponseHead) => void;
  readonly onData: (chunk: Uint8Array) => void;
  /** The answer is whole. */
  readonly onEnd: () => void;
}

/** Longest line that announces a chunk, extensions included. */
const MAX_CHUNK_LINE = 1_024;
/** Longest trailer section. */
const MAX_TRAILER = 8_192;
const CR = 0x0d;
const LF = 0x0a;
const HEAD_END = Buffer.from("\r\n\r\n");

type State = "head" | "length" | "chunk-line" | "chunk-data" | "chunk-end" | "trailer" | "close" | "done";

/**
 * Reads one HTTP/1.1 answer from bytes as they come, wherever they are cut. One parser serves one answer after
 * the other on a connection: `reset` begins the next.
 */
export class ResponseParser {
  /** Whether the connection may be used again after this answer. */
  keepAlive = false;
  /** Whether any byte of this answer has come. */
  started = false;

  #state: State = "head";
  #left = 0;
  #pending: Buffer = Buffer.alloc(0);
  readonly #sink: ParserSink;
  readonly #maxHeadBytes: number;

  constructor(sink: ParserSink, maxHeadBytes: number) {
    this.#sink = sink;
    this.#maxHeadBytes = maxHeadBytes;
  }

  /** Begins the next answer. */
  reset(): void {
    this.#state = "head";
    this.#left = 0;
    this.#pending = Buffer.alloc(0);
    this.started = false;
    this.keepAlive = false;
  }

  /** Whether the answer is whole. */
  get done(): boolean {
    return this.#state === "done";
  }

  /**
   * Takes bytes.
   * @throws ProtocolError for bytes that are no answer, or that follow its end.
   */
  feed(bytes: Buffer): void {
    this.started = true;
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === "done") throw new ProtocolError("bytes follow the end of the answer");
      at = this.#step(bytes, at);
    }
  }

  /** The connection has ended. Answers whether the answer is whole with that. */
  endOfInput(): boolean {
    if (this.#state !== "close") return this.#state === "done";
    this.#finish();
    return true;
  }

  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case "head":
        return this.#readHead(bytes, at);
      case "length":
      case "chunk-data":
        return this.#readCounted(bytes, at);
      case "chunk-line":
        return this.#readChunkLine(bytes, at);
      case "chunk-end":
        return this.#readChunkEnd(bytes, at);
      case "trailer":
        return this.#readTrailer(bytes, at);
      default:
        this.#sink.onData(bytes.subarray(at));
        return bytes.length;
    }
  }

  #readHead(bytes: Buffer, at: number): number {
    const before = this.#pending.length;
    const all = before === 0 ? bytes.subarray(at) : Buffer.concat([this.#pending, bytes.subarray(at)]);
    const end = all.indexOf(HEAD_END, Math.max(0, before - 3));
    if (end > this.#maxHeadBytes || (end < 0 && all.length > this.#maxHeadBytes)) {
      throw new ProtocolError("the head is too large");
    }
    if (end < 0) {
      this.#pending = all;
      return bytes.length;
    }
    this.#pending = Buffer.alloc(0);
    this.#begin(parseResponseHead(all.toString("latin1", 0, end)));
    return at + end + HEAD_END.length - before;
  }

  #begin({ head, framing, keepAlive }: ParsedHead): void {
    if (head.status < 200) {
      // 100 Continue and its like: the real answer follows. A switch of protocols was never asked for.
      if (head.status === 101) throw new ProtocolError("the answer switches protocols");
      return;
    }
    this.keepAlive = keepAlive;
    this.#sink.onHead(head);
    if (framing.kind === "none") this.#finish();
    else if (framing.kind === "chunked") this.#state = "chunk-line";
    else if (framing.kind === "close") this.#state = "close";
    else {
      this.#state = "length";
      this.#left = framing.length;
    }
  }

  #readCounted(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    this.#sink.onData(bytes.subarray(at, end));
    if (this.#left === 0) {
      if (this.#state === "length") this.#finish();
      else this.#state = "chunk-end";
    }
    return end;
  }

  #readChunkLine(bytes: Buffer, at: number): number {
    const [line, next] = this.#readLine(bytes, at, MAX_CHUNK_LINE);
    if (line === undefined) return next;
    const size = /^([0-9a-fA-F]{1,13})(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?$/.exec(line);
    if (size === null) throw new ProtocolError("a chunk's size is malformed");
    this.#left = Number.parseInt(size[1] as string, 16);
    this.#state = this.#left === 0 ? "trailer" : "chunk-data";
    return next;
  }

  #readChunkEnd(bytes: Buffer, at: number): number {
    const [line, next] = this.#readLine(bytes, at, 0);
    if (line === undefined) return next;
    this.#state = "chunk-line";
    return next;
  }

  #readTrailer(bytes: Buffer, at: number): number {
    const [line, next] = this.#readLine(bytes, at, MAX_TRAILER);
    if (line === undefined) return next;
    if (line === "") this.#finish();
    else {
      this.#left += line.length;
      if (this.#left > MAX_TRAILER) throw new ProtocolError("the trailers are too large");
      if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*$/.test(line)) {
        throw new ProtocolError("a trailer is malformed");
      }
    }
    return next;
  }

  /** A line ended by CR LF, or `undefined` while its end has not come. */
  #readLine(bytes: Buffer, at: number, maxLength: number): readonly [line: string | undefined, next: number] {
    const feed = bytes.indexOf(LF, at);
    if (feed > at && this.#pending.length === 0 && bytes[feed - 1] === CR && feed - at <= maxLength + 1) {
      return [bytes.toString("latin1", at, feed - 1), feed + 1];
    }
    const end = feed < 0 ? bytes.length : feed + 1;
    const line = Buffer.concat([this.#pending, bytes.subarray(at, end)]);
    if (line.length > maxLength + 2) throw new ProtocolError("a line of the framing is too long");
    if (feed < 0) {
      const cr = line.indexOf(CR);
      if (cr >= 0 && cr !== line.length - 1) throw new ProtocolError("a line of the framing is malformed");
      this.#pending = line;
      return [undefined, end];
    }
    this.#pending = Buffer.alloc(0);
    if (line.length < 2 || line.indexOf(CR) !== line.length - 2) {
      throw new ProtocolError("a line of the framing is malformed");
    }
    return [line.toString("latin1", 0, line.length - 2), end];
  }

  #finish(): void {
    this.#state = "done";
    this.#sink.onEnd();
  }
}
