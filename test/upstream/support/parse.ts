import { ProtocolError } from "../../../src/http/protocol-error.ts";
import { ResponseParser } from "../../../src/upstream/response-parser.ts";
import type { UpstreamResponseHead } from "../../../src/upstream/upstream.ts";

/** What a parser made of bytes. */
export interface Parsed {
  readonly heads: readonly UpstreamResponseHead[];
  /** The body, as latin1. */
  readonly body: string;
  readonly isDone: boolean;
  readonly keepAlive: boolean;
  readonly fault: string | undefined;
}

/** How to feed a parser. */
export interface ParseOptions {
  readonly isHeadRequest?: boolean;
  readonly mayTunnel?: boolean;
  readonly maxHeadBytes?: number;
  /** Whether the connection ends in good order after the last piece. */
  readonly ends?: boolean;
}

/** Feeds pieces to a new parser. Text is latin1. */
export function parsePieces(pieces: readonly (string | Uint8Array)[], options: ParseOptions = {}): Parsed {
  const heads: UpstreamResponseHead[] = [];
  const body: Uint8Array[] = [];
  let fault: string | undefined;
  const sink = {
    onHead: (head: UpstreamResponseHead) => void heads.push(head),
    onData(chunk: Uint8Array) {
      if (chunk.length === 0) throw new Error("an empty piece");
      body.push(chunk);
    },
  };
  const parser = new ResponseParser(sink, options.maxHeadBytes ?? 64 * 1024, options.mayTunnel);
  parser.reset(options.isHeadRequest ?? false);
  try {
    // Copied, because what is fed belongs to the parser.
    for (const piece of pieces) {
      if (!parser.isDone || piece.length > 0) parser.feed(bytesOf(piece));
    }
    if (options.ends) parser.endOfInput();
  } catch (thrown) {
    if (!(thrown instanceof ProtocolError)) throw thrown;
    fault = thrown.message;
  }
  const { isDone, keepAlive } = parser;
  return {
    heads,
    body: Buffer.concat(body).toString("latin1"),
    isDone,
    keepAlive: isDone && keepAlive,
    fault,
  };
}

/** Feeds one piece. */
export function parse(bytes: string | Uint8Array, options: ParseOptions = {}): Parsed {
  return parsePieces([bytes], options);
}

/** Cuts bytes at the given places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set([0, ...places, bytes.length])].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

/** A copy of bytes, or those of a text in latin1. */
export function bytesOf(source: string | Uint8Array): Buffer {
  return typeof source === "string" ? Buffer.from(source, "latin1") : Buffer.from(source);
}
