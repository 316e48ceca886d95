import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import type { IngressError, StreamDecoder } from "../../dialects/dialect.ts";
import type { ReplyProducer, ReplySink } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { AnswerConsumer, Attempt } from "../attempt.ts";
import type { Call } from "../call.ts";
import { ingressError } from "../exchange/error-kind.ts";
import { vendorFailure } from "../exchange/vendor-failure.ts";
import { withoutOwnCredentials } from "../own-credentials.ts";
import type { UpstreamTarget } from "../target-table.ts";
import { SilenceWatch, silenceWatches } from "./silence-watch.ts";

const encoder = new TextEncoder();

/** A step of a stream, as far as relaying it goes: an `error` and the `end` are its last. */
export interface RelayedEvent {
  readonly type: string;
  readonly error?: VendorError;
}

/** The two ends between which a stream is translated. */
export interface StreamTranslation<Event extends RelayedEvent> {
  readonly decode: (emit: (event: Event) => void) => StreamDecoder;
  readonly encoder: {
    /** Wire text of a step, framing included. */
    readonly encode: (event: Event) => string;
    readonly fail: (error: IngressError) => string;
  };
  /** A sign of life, for while the vendor is silent: proxies and clients give up on a connection that is. */
  readonly ping: () => string;
  /** What has been used once a step has come. */
  readonly usageAfter: (event: Event, before: Usage | undefined) => Usage | undefined;
  /** Told when the answer has come whole. */
  readonly onWhole: () => void;
}

/** Translates a stream as it comes, meters it, and never lets a cut one look complete. */
export function relayTranslated<Event extends RelayedEvent>(
  call: Call,
  attempt: Attempt,
  target: UpstreamTarget,
  translation: StreamTranslation<Event>,
): ReplyProducer {
  const relay = new TranslatedStream(call, attempt, target, translation);
  return {
    start: (sink) => relay.start(sink),
    pause() {
      relay.watch.isPaused = true;
      attempt.handle?.pause();
    },
    resume() {
      relay.watch.isPaused = false;
      attempt.handle?.resume();
    },
    leave: () => relay.leave(),
  };
}

class TranslatedStream<Event extends RelayedEvent> implements AnswerConsumer {
  readonly watch: SilenceWatch;
  #sink: ReplySink | undefined;
  readonly #call: Call;
  readonly #attempt: Attempt;
  readonly #target: UpstreamTarget;
  readonly #translation: StreamTranslation<Event>;
  readonly #decoder: StreamDecoder;
  #usage: Usage | undefined;
  /** What the events of one piece have become so far. */
  #text = "";
  #isOver = false;

  constructor(call: Call, attempt: Attempt, target: UpstreamTarget, translation: StreamTranslation<Event>) {
    this.watch = new SilenceWatch(() => this.#send(translation.ping()));
    this.#call = call;
    this.#attempt = attempt;
    this.#target = target;
    this.#translation = translation;
    this.#decoder = translation.decode((event) => this.#take(event));
  }

  start(sink: ReplySink): void {
    this.#sink = sink;
    silenceWatches.add(this.watch);
    this.#attempt.consume(this);
  }

  push(chunk: Uint8Array): void {
    if (this.#isOver) return;
    this.#decoder.push(chunk);
    this.#flush();
  }

  end(): void {
    if (this.#isOver) return;
    this.#decoder.close();
    this.#flush();
    if (!this.#isOver) {
      this.#fail(new LatchkeyError("LK-3008", undefined, { internal: "the stream ended without its end" }));
    }
  }

  fail(error: LatchkeyError): void {
    if (!this.#isOver) this.#fail(error);
  }

  leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    silenceWatches.remove(this.watch);
    this.#attempt.abort();
    this.#call.error = new LatchkeyError("LK-2301");
    this.#call.meter(this.#usage, this.#target);
    this.#call.finish(499);
  }

  #take(event: Event): void {
    if (this.#isOver) return;
    if (event.error !== undefined) {
      const words = withoutOwnCredentials(event.error.message, this.#attempt.sentHead);
      return this.#fail(vendorFailure(event.error, 200, words));
    }
    this.#usage = this.#translation.usageAfter(event, this.#usage);
    this.#text += this.#translation.encoder.encode(event);
    if (event.type !== "end") return;
    this.#translation.onWhole();
    this.#finish();
  }

  #fail(error: LatchkeyError): void {
    this.#call.error = error;
    this.#text += this.#translation.encoder.fail(ingressError(error, this.#call.requestId));
    this.#attempt.abort();
    this.#finish();
  }

  #finish(): void {
    this.#flush();
    this.#isOver = true;
    silenceWatches.remove(this.watch);
    this.#call.meter(this.#usage, this.#target);
    this.#call.finish(200);
    this.#sink?.close();
  }

  #flush(): void {
    if (this.#text === "" || this.#isOver) return;
    const text = this.#text;
    this.#text = "";
    this.watch.moved();
    this.#send(text);
  }

  #send(text: string): void {
    if (text === "") return;
    const bytes = encoder.encode(text);
    this.#call.responseBytes += bytes.length;
    this.#sink?.write(bytes);
    this.#sink?.flush();
  }
}
