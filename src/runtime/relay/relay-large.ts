import type { Passthrough } from "../../dialects/passthrough.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Attempt } from "../attempt.ts";
import type { Call } from "../call.ts";
import type { TargetEntry } from "../target-table.ts";
import { directStream } from "./direct-stream.ts";

/** Bytes of the end of an answer that are kept to find its usage. */
const TAIL_BYTES = 64 * 1024;

/** Passes on an answer that is too large to be held. Where the upstream cuts it, the caller's connection is cut. */
export function relayLarge(
  call: Call,
  attempt: Attempt,
  target: TargetEntry,
  passthrough: Passthrough,
): ReadableStream<Uint8Array> {
  let tail: Uint8Array = new Uint8Array();
  const finish = (error: LatchkeyError | undefined, status = 200): void => {
    call.error = error;
    call.meter(error === undefined ? passthrough.readTail(tail) : undefined, target);
    call.finish(status);
  };
  return directStream({
    start: (sink) =>
      attempt.consume({
        push(chunk) {
          call.responseBytes += chunk.length;
          tail =
            chunk.length >= TAIL_BYTES
              ? chunk.slice(-TAIL_BYTES)
              : Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
          sink.write(chunk);
        },
        end() {
          finish(undefined);
          sink.close();
        },
        fail(error) {
          finish(error);
          sink.fail(error);
        },
      }),
    pause: () => attempt.handle?.pause(),
    resume: () => attempt.handle?.resume(),
    leave() {
      attempt.abort();
      finish(new LatchkeyError("LK-2301"), 499);
    },
  });
}
