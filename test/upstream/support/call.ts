import type { LatchkeyError } from "../../../src/kernel/error.ts";
import { renderRequestHead } from "../../../src/upstream/request-head.ts";
import type {
  Upstream,
  UpstreamHandle,
  UpstreamReceiver,
  UpstreamResponseHead,
  UpstreamTimeouts,
} from "../../../src/upstream/upstream.ts";

/** No time limits. */
export const PATIENT: UpstreamTimeouts = { connectMs: 0, firstByteMs: 0, idleMs: 0, totalMs: 0 };

/** What a call is made of. */
export interface CallOptions {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly timeouts?: Partial<UpstreamTimeouts>;
  readonly onHead?: (call: RecordedCall, head: UpstreamResponseHead) => void;
  readonly onData?: (call: RecordedCall, chunk: Uint8Array) => void;
  readonly onEnd?: (call: RecordedCall) => void;
  readonly onError?: (call: RecordedCall, error: LatchkeyError) => void;
}

/** A call and everything that its receiver was told. */
export class RecordedCall implements UpstreamReceiver {
  handle: UpstreamHandle | undefined;
  head: UpstreamResponseHead | undefined;
  error: LatchkeyError | undefined;
  /** How often it was sent again. */
  repeats = 0;
  /** Names of the calls to the receiver; pieces of the body count once. */
  readonly events: string[] = [];
  readonly pieces: Uint8Array[] = [];
  /** Resolves with the call when it has ended, in one way or the other. */
  readonly over: Promise<RecordedCall>;
  readonly #options: CallOptions;
  readonly #end: (call: RecordedCall) => void;

  constructor(options: CallOptions) {
    const { promise, resolve } = Promise.withResolvers<RecordedCall>();
    this.over = promise;
    this.#end = resolve;
    this.#options = options;
  }

  /** The body, as latin1. */
  get text(): string {
    return Buffer.concat(this.pieces).toString("latin1");
  }

  /** Bytes of the body. */
  get bytes(): number {
    return this.pieces.reduce((sum, { length }) => sum + length, 0);
  }

  onHead = (head: UpstreamResponseHead): void => {
    this.events.push("head");
    this.head = head;
    this.#options.onHead?.(this, head);
  };

  onData = (chunk: Uint8Array): void => {
    if (this.events.at(-1) !== "data") this.events.push("data");
    this.pieces.push(chunk);
    this.#options.onData?.(this, chunk);
  };

  onEnd = (): void => {
    this.events.push("end");
    this.#end(this);
    this.#options.onEnd?.(this);
  };

  onError = (error: LatchkeyError): void => {
    this.events.push("error");
    this.error = error;
    this.#end(this);
    this.#options.onError?.(this, error);
  };
}

/** Starts a call. */
export function startCall(upstream: Upstream, options: CallOptions = {}): RecordedCall {
  const call = new RecordedCall(options);
  call.handle = upstream.send({
    head: renderRequestHead({
      method: options.method ?? "POST",
      path: options.path ?? "/v1/chat",
      host: "upstream.test",
      headers: [["content-type", "application/json"]],
    }),
    body: typeof options.body === "string" ? Buffer.from(options.body) : (options.body ?? new Uint8Array()),
    timeouts: { ...PATIENT, ...options.timeouts },
    onRepeat: () => call.repeats++,
    receiver: call,
  });
  return call;
}

/** Makes a call and waits for its end. */
export function makeCall(upstream: Upstream, options: CallOptions = {}): Promise<RecordedCall> {
  return startCall(upstream, options).over;
}

/** Waits for something that no event tells of, turn by turn of the event loop. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** An answer with a length. */
export function plainAnswer(body: string, headers = ""): string {
  return `HTTP/1.1 200 OK\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;
}
