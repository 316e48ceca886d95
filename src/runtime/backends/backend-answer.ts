import type { ReplyProducer, ReplySink } from "../../http/exchange.ts";
import { joinBytes } from "../../kernel/bytes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { UpstreamHandle, UpstreamReceiver, UpstreamResponseHead } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import { backendFault } from "./backend-fault.ts";

/** Answers that announce no more than this are held until they are whole: a broken one can still become a clean error. */
const HELD_BYTES = 64 * 1024;

/** The answer of one server: its head is waited for, its body passes as it comes. */
export class BackendAnswer implements UpstreamReceiver, ReplyProducer {
  /** Resolves when the head is there, or all there will be. */
  readonly ready: Promise<void>;
  head: UpstreamResponseHead | undefined;
  error: LatchkeyError | undefined;
  /** Set right after the request is sent. */
  handle: UpstreamHandle | undefined;
  /** Whether the answer is whole. */
  isWhole = false;
  readonly #call: Call;
  readonly #maxBytes: number;
  readonly #becomeReady: () => void;
  #held: Uint8Array[] = [];
  #size = 0;
  #sink: ReplySink | undefined;

  constructor(call: Call, maxBytes: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#becomeReady = resolve;
    this.#call = call;
    this.#maxBytes = maxBytes;
  }

  onHead(head: UpstreamResponseHead): void {
    this.head = head;
    this.#call.noteFirstByte();
    const { status, contentLength = Infinity } = head;
    if (this.#call.method === "HEAD" || status === 204 || status === 304) return;
    if (contentLength !== Infinity && contentLength > this.#maxBytes) return this.#refuse();
    if (contentLength > HELD_BYTES) this.#becomeReady();
  }

  onData(chunk: Uint8Array): void {
    if (this.error !== undefined) return;
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) return this.#refuse();
    if (this.#sink === undefined) this.#held.push(chunk);
    else this.#pass(this.#sink, chunk);
  }

  onEnd(): void {
    if (this.error !== undefined) return;
    this.isWhole = true;
    if (this.#sink !== undefined) this.#finish(this.#sink);
    this.#becomeReady();
  }

  onError(error: LatchkeyError): void {
    this.error ??= backendFault(error);
    if (this.#sink !== undefined) this.#finish(this.#sink);
    this.#becomeReady();
  }

  /** The body of an answer that is whole before anybody wants it. */
  take(): Uint8Array {
    const body = joinBytes(this.#held.splice(0));
    this.#call.responseBytes = body.length;
    return body;
  }

  /** The caller wants the body: first what was held, then what comes. */
  start(sink: ReplySink): void {
    for (const chunk of this.#held.splice(0)) this.#pass(sink, chunk);
    if (this.isWhole || this.error !== undefined) this.#finish(sink);
    else this.#sink = sink;
  }

  pause(): void {
    this.handle?.pause();
  }

  resume(): void {
    this.handle?.resume();
  }

  /** The caller has left, before the answer began or in its middle. */
  leave(): void {
    this.handle?.abort();
    this.#call.error = new LatchkeyError("LK-2301");
    this.#call.finish(499);
    this.error ??= this.#call.error;
    this.#becomeReady();
  }

  #pass(sink: ReplySink, chunk: Uint8Array): void {
    this.#call.responseBytes += chunk.length;
    sink.write(chunk);
    sink.flush();
  }

  /** An answer that was cut must not look whole. */
  #finish(sink: ReplySink): void {
    const { head, error } = this;
    this.#call.error = error;
    this.#call.finish(head?.status ?? 502);
    if (error === undefined) sink.close();
    else sink.fail();
  }

  #refuse(): void {
    this.handle?.abort();
    const words = `The answer of the API is larger than ${this.#maxBytes} bytes.`;
    this.onError(new LatchkeyError("LK-3108", words));
  }
}
