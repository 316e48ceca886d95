import type { Usage } from "../../canonical/usage.ts";
import type { ReplyProducer } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Attempt } from "../attempt.ts";
import type { Call } from "../call.ts";
import type { UpstreamTarget } from "../target-table.ts";

/** Bytes of the end of an answer that are kept to find its usage. */
const TAIL_BYTES = 64 * 1024;

/** Bytes of an answer that are collected at most where it is to be kept. */
const KEPT_BYTES = 8 * 1024 * 1024;

/** How an answer that passes is looked at. */
export interface LargeReader {
  /** Usage in the last bytes; `undefined` where it is not there. */
  readonly readTail: (tail: Uint8Array) => Usage | undefined;
  /** Keeps the whole answer; absent: nothing is collected. */
  readonly keep?: (body: Uint8Array) => void;
}

/** Passes on an answer that is too large to be held, or that is wanted as it comes. Where the upstream cuts it, the caller's connection is cut. */
export function relayLarge(
  call: Call,
  attempt: Attempt,
  target: UpstreamTarget,
  reader: LargeReader,
): ReplyProducer {
  let tail: Uint8Array = new Uint8Array();
  let pieces: Uint8Array[] | undefined = reader.keep === undefined ? undefined : [];
  const finish = (error: LatchkeyError | undefined, status = 200): void => {
    call.error = error;
    call.meter(error === undefined ? reader.readTail(tail) : undefined, target);
    call.finish(status);
  };
  return {
    start: (sink) =>
      attempt.consume({
        push(chunk) {
          call.responseBytes += chunk.length;
          tail =
            chunk.length >= TAIL_BYTES
              ? chunk.slice(-TAIL_BYTES)
              : Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
          if (call.responseBytes > KEPT_BYTES) pieces = undefined;
          pieces?.push(chunk);
          sink.write(chunk);
          sink.flush();
        },
        end() {
          if (pieces !== undefined) reader.keep?.(Buffer.concat(pieces));
          finish(undefined);
          sink.close();
        },
        fail(error) {
          finish(error);
          sink.fail();
        },
      }),
    pause: () => attempt.handle?.pause(),
    resume: () => attempt.handle?.resume(),
    leave() {
      attempt.abort();
      finish(new LatchkeyError("LK-2301"), 499);
    },
  };
}
