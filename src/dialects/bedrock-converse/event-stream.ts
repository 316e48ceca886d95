/** One message of an AWS event stream. */
export interface EventStreamMessage {
  /** Header name → value; those that are no text (numbers, times, ids) are left out. */
  readonly headers: ReadonlyMap<string, string>;
  readonly payload: Uint8Array;
}

/** Bytes of one message at most; the protocol allows 24 MiB, a model's chunk has some hundred. */
const MAX_MESSAGE_BYTES = 24 * 1024 * 1024;
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
const TEXT = 7;
/** Bytes of a header's value by its type; -1: its length stands before it. */
const VALUE_BYTES: readonly number[] = [0, 0, 1, 2, 4, 8, -1, -1, 8, 16];

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** What is wrong with the bytes of a stream. */
export class EventStreamError extends Error {
  override readonly name = "EventStreamError";
}

/**
 * Takes an AWS event stream apart, wherever it is cut: prelude with two lengths and a checksum, headers, payload and
 * a checksum over all.
 * Wire format: https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export class EventStreamParser {
  readonly #onMessage: (message: EventStreamMessage) => void;
  #rest: Uint8Array = new Uint8Array();

  constructor(onMessage: (message: EventStreamMessage) => void) {
    this.#onMessage = onMessage;
  }

  /** Whether the stream stands between two messages. */
  get isAtBoundary(): boolean {
    return this.#rest.length === 0;
  }

  /** Takes bytes. @throws EventStreamError after which nothing more can be read. */
  push(bytes: Uint8Array): void {
    const all = this.#rest.length === 0 ? bytes : concat(this.#rest, bytes);
    let at = 0;
    while (all.length - at >= PRELUDE_BYTES) {
      const length = checkedLength(all, at);
      if (all.length - at < length) break;
      this.#onMessage(readMessage(all.subarray(at, at + length)));
      at += length;
    }
    this.#rest = at === all.length ? new Uint8Array() : all.slice(at);
  }
}

function checkedLength(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, PRELUDE_BYTES);
  if (Bun.hash.crc32(bytes.subarray(at, at + 8)) !== view.getUint32(8)) {
    throw new EventStreamError("the checksum of a message's lengths is wrong");
  }
  const length = view.getUint32(0);
  const headers = view.getUint32(4);
  if (length > MAX_MESSAGE_BYTES || length < PRELUDE_BYTES + headers + CHECKSUM_BYTES) {
    throw new EventStreamError("a message's lengths are wrong");
  }
  return length;
}

function readMessage(bytes: Uint8Array): EventStreamMessage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CHECKSUM_BYTES;
  if (Bun.hash.crc32(bytes.subarray(0, end)) !== view.getUint32(end)) {
    throw new EventStreamError("the checksum of a message is wrong");
  }
  const payloadAt = PRELUDE_BYTES + view.getUint32(4);
  return { headers: readHeaders(bytes, view, payloadAt), payload: bytes.subarray(payloadAt, end) };
}

function readHeaders(bytes: Uint8Array, view: DataView, end: number): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  let at = PRELUDE_BYTES;
  while (at < end) {
    const nameEnd = at + 1 + (bytes[at] as number);
    const type = bytes[nameEnd];
    const fixed = VALUE_BYTES[type ?? VALUE_BYTES.length];
    if (nameEnd >= end || fixed === undefined) throw new EventStreamError("a header is malformed");
    const isCounted = fixed < 0;
    if (isCounted && nameEnd + 3 > end) throw new EventStreamError("a header is malformed");
    const valueAt = nameEnd + (isCounted ? 3 : 1);
    const valueEnd = valueAt + (isCounted ? view.getUint16(nameEnd + 1) : fixed);
    if (valueEnd > end) throw new EventStreamError("a header is longer than its message");
    if (type === TEXT) headers.set(text(bytes, at + 1, nameEnd), text(bytes, valueAt, valueEnd));
    at = valueEnd;
  }
  return headers;
}

/** Writes one message whose headers are all text; the counterpart of the parser, for tests and fakes. */
export function encodeEventStreamMessage(
  headers: Readonly<Record<string, string>>,
  payload: Uint8Array,
): Uint8Array {
  const parts = Object.entries(headers).map(([name, value]) => {
    const [nameBytes, valueBytes] = [encoder.encode(name), encoder.encode(value)];
    const part = new Uint8Array(nameBytes.length + valueBytes.length + 4);
    part[0] = nameBytes.length;
    part.set(nameBytes, 1);
    part[nameBytes.length + 1] = TEXT;
    new DataView(part.buffer).setUint16(nameBytes.length + 2, valueBytes.length);
    part.set(valueBytes, nameBytes.length + 4);
    return part;
  });
  const headerBytes = parts.reduce(concat, new Uint8Array());
  const message = new Uint8Array(PRELUDE_BYTES + headerBytes.length + payload.length + CHECKSUM_BYTES);
  const view = new DataView(message.buffer);
  view.setUint32(0, message.length);
  view.setUint32(4, headerBytes.length);
  view.setUint32(8, Bun.hash.crc32(message.subarray(0, 8)));
  message.set(headerBytes, PRELUDE_BYTES);
  message.set(payload, PRELUDE_BYTES + headerBytes.length);
  const end = message.length - CHECKSUM_BYTES;
  view.setUint32(end, Bun.hash.crc32(message.subarray(0, end)));
  return message;
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
