import { LatchkeyError } from "../../kernel/error.ts";
import type { BodyDeadlines } from "../body-deadlines.ts";

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
function within(reading: Promise<Uint8Array>, { timeoutMs, deadlines }: BodyLimits): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const deadline = {
    endsAt: performance.now() + timeoutMs,
    expire: () => reject(new LatchkeyError("LK-2109")),
  };
  deadlines.watch(deadline);
  reading.then(
    (body) => {
      deadlines.release(deadline);
      resolve(body);
    },
    (thrown: unknown) => {
      deadlines.release(deadline);
      reject(
        thrown instanceof LatchkeyError ? thrown : new LatchkeyError("LK-2301", undefined, { cause: thrown }),
      );
    },
  );
  return promise;
}

function tooLarge(limits: BodyLimits): LatchkeyError {
  return new LatchkeyError("LK-2104", `The request body is larger than ${limits.maxBytes} bytes.`);
}
