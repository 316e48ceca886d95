import { LatchkeyError } from "../../kernel/error.ts";
import type { BodyDeadline, BodyDeadlines } from "../body-deadlines.ts";

/** Bounds of a request's body. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly deadlines: BodyDeadlines;
}

/**
 * Reads a request's whole body within the gateway's bounds.
 * @throws LatchkeyError LK-2104 (too large), LK-2106 (compressed), LK-2109 (too slow), LK-2301 (caller gone).
 */
export function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  const { headers } = request;
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding !== "identity") throw new LatchkeyError("LK-2106");
  const length = headers.get("content-length");
  if (length !== null && Number(length) > limits.maxBytes) throw tooLarge(limits);
  const reading = length === null ? readChunks(request, limits) : request.bytes();
  // A body that came with its head is there already: no timer, no race.
  if (Bun.peek.status(reading) === "fulfilled") return reading;
  return within(reading, limits);
}

/** A body of unknown length, read piece by piece so that the cap holds before the memory is used. */
async function readChunks(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body) {
    size += piece.length;
    if (size > limits.maxBytes) throw tooLarge(limits);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Settles with the body or with the time limit, whatever comes first. */
function within(reading: Promise<Uint8Array>, limits: BodyLimits): Promise<Uint8Array> {
  const waiting = new WaitingBody(limits);
  reading.then(
    (body) => waiting.take(body),
    (thrown: unknown) => waiting.fail(thrown),
  );
  return waiting.body;
}

class WaitingBody implements BodyDeadline {
  readonly body: Promise<Uint8Array>;
  readonly endsAt: number;
  place = -1;
  readonly #deadlines: BodyDeadlines;
  readonly #resolve: (body: Uint8Array) => void;
  readonly #reject: (error: LatchkeyError) => void;

  constructor({ timeoutMs, deadlines }: BodyLimits) {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    this.body = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#deadlines = deadlines;
    this.endsAt = performance.now() + timeoutMs;
    deadlines.watch(this);
  }

  expire(): void {
    this.#reject(new LatchkeyError("LK-2109"));
  }

  take(body: Uint8Array): void {
    this.#deadlines.release(this);
    this.#resolve(body);
  }

  fail(thrown: unknown): void {
    this.#deadlines.release(this);
    const isOwn = thrown instanceof LatchkeyError;
    this.#reject(isOwn ? thrown : new LatchkeyError("LK-2301", undefined, { cause: thrown }));
  }
}

function tooLarge(limits: BodyLimits): LatchkeyError {
  return new LatchkeyError("LK-2104", `The request body is larger than ${limits.maxBytes} bytes.`);
}
