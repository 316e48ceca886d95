import type { StreamTap } from "../../dialects/passthrough.ts";
import type { ReplyProducer, ReplySink } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { AnswerConsumer, Attempt } from "../attempt.ts";
import type { Call } from "../call.ts";
import { ingressError } from "../exchange/error-kind.ts";
import { vendorFailure } from "../exchange/vendor-failure.ts";
import { withoutOwnCredentials } from "../own-credentials.ts";
import type { UpstreamTarget } from "../target-table.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ONE_NEWLINE = Uint8Array.of(NEWLINE);
const TWO_NEWLINES = Uint8Array.of(NEWLINE, NEWLINE);

/** Passes an event stream on as it comes, taps its usage, and never lets a cut stream look complete. */
export function relayStream(
  call: Call,
  attempt: Attempt,
  target: UpstreamTarget,
  tap: StreamTap,
  onWhole: () => void = () => {},
): ReplyProducer {
  return {
    start: (sink) => attempt.consume(consumer(call, attempt, target, { tap, onWhole }, sink)),
    pause: () => attempt.handle?.pause(),
    resume: () => attempt.handle?.resume(),
    leave() {
      attempt.abort();
      call.error = new LatchkeyError("LK-2301");
      call.meter(tap.usage, target);
      call.finish(499);
    },
  };
}

function consumer(
  call: Call,
  attempt: Attempt,
  target: UpstreamTarget,
  { tap, onWhole }: { readonly tap: StreamTap; readonly onWhole: () => void },
  sink: ReplySink,
): AnswerConsumer {
  let last: Uint8Array | undefined;
  let isWhole = false;
  /** Before the end goes out: the caller may go on from it at once. */
  const noteWhole = (): void => {
    if (isWhole || !tap.complete) return;
    isWhole = true;
    onWhole();
  };
  const send = (bytes: Uint8Array | undefined): void => {
    if (bytes === undefined) return;
    call.responseBytes += bytes.length;
    last = bytes;
    sink.write(bytes);
  };
  /** Errors may quote the gateway's own credentials; an error's whole line is in the piece that tells of it. */
  const masked = (bytes: Uint8Array | undefined): Uint8Array | undefined => {
    if (bytes === undefined || tap.upstreamError === undefined) return bytes;
    return encoder.encode(withoutOwnCredentials(decoder.decode(bytes), attempt.sentHead));
  };
  const append = (event: string): void => {
    send(gapAfter(last));
    send(encoder.encode(event));
  };
  const finish = (error: LatchkeyError | undefined): void => {
    if (error !== undefined) {
      call.error = error;
      // An error that the upstream itself has told in the stream is not told twice.
      if (tap.upstreamError === undefined) append(tap.fail(ingressError(error, call.requestId)));
    }
    call.meter(tap.usage, target);
    call.finish(200);
    sink.close();
  };
  let over = false;
  return {
    push(chunk) {
      if (over) return;
      const passed = tap.feed(chunk);
      noteWhole();
      send(masked(passed));
      sink.flush();
      if (!tap.overlong && tap.damaged !== true) return;
      over = true;
      attempt.abort();
      const internal = tap.overlong
        ? "a line of the stream is too long"
        : "an event of the stream is no JSON";
      finish(new LatchkeyError("LK-3009", undefined, { internal }));
    },
    end() {
      if (over) return;
      const rest = tap.end();
      noteWhole();
      const error = verdict(tap, attempt.sentHead);
      // Half a line would swallow the event that tells of the cut.
      if (error === undefined || tap.upstreamError !== undefined) send(masked(rest));
      if (error === undefined && tap.missingEnd !== undefined) append(tap.missingEnd);
      finish(error);
    },
    fail(error) {
      if (over) return;
      // A vendor that has told what went wrong says more than its connection does.
      const isEnded = tap.isEnded ?? tap.complete;
      if (isEnded || tap.upstreamError !== undefined) finish(told(tap, attempt.sentHead));
      else finish(error);
    },
  };
}

/** What the vendor itself has told of a failure; `sentHead` holds what its words must not quote. */
function told({ upstreamError }: StreamTap, sentHead: string): LatchkeyError | undefined {
  if (upstreamError === undefined) return undefined;
  return vendorFailure(upstreamError, 200, withoutOwnCredentials(upstreamError.message, sentHead));
}

/** What is wrong with a stream that ended in good order as far as its framing goes. */
function verdict(tap: StreamTap, sentHead: string): LatchkeyError | undefined {
  const failure = told(tap, sentHead);
  if (failure !== undefined || tap.complete) return failure;
  return new LatchkeyError("LK-3008", undefined, { internal: "the stream ended without its end marker" });
}

/** What has to stand between the bytes sent so far and an event of our own, so that the two do not become one. */
function gapAfter(last: Uint8Array | undefined): Uint8Array | undefined {
  if (last === undefined) return undefined;
  if (last.at(-1) !== NEWLINE) return TWO_NEWLINES;
  const before = last.at(-2) === CARRIAGE_RETURN ? last.at(-3) : last.at(-2);
  return before === NEWLINE ? undefined : ONE_NEWLINE;
}
