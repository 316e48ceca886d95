import type { ErrorCode } from "../kernel/codes.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { Connection } from "./connection.ts";
import type { UpstreamCall, UpstreamHandle, UpstreamResponseHead } from "./upstream.ts";

/** What a call is waiting for, which decides the time limit that counts. */
export type CallPhase = "connecting" | "first-byte" | "body" | "over";
/** What a call tells its pool. */
export interface CallOwner {
  /** The caller wants no answer any more. */
  readonly onAbort: (call: PooledCall) => void;
  /** The call has ended, in one way or the other; called before its receiver hears of it. */
  readonly onOver: (call: PooledCall) => void;
  /** A receiver threw where the call could not fail for it. */
  readonly onFault: (thrown: unknown) => void;
}

/** A call under way: where it stands, until when it may stand there, and the way to its receiver. */
export class PooledCall implements UpstreamHandle {
  phase: CallPhase = "connecting";
  /** The connection that is being opened for the call, or that it is on. */
  connection: Connection | undefined;
  /** Whether it was already sent once, on a connection that turned out to be dead. */
  isRetry = false;
  isPaused = false;
  /** Its place in the pool's list of calls under way. */
  index = -1;
  /** When the phase began or there was progress last; monotonic milliseconds. */
  since: number;
  /** Whether there was progress that `since` does not know of yet: a clock is not read for every piece. */
  hasProgress = false;
  readonly request: UpstreamCall;
  readonly #owner: CallOwner;
  readonly #startedAt: number;

  constructor(request: UpstreamCall, owner: CallOwner, now: number) {
    this.request = request;
    this.#owner = owner;
    this.#startedAt = now;
    this.since = now;
  }

  pause(): void {
    if (this.phase === "over" || this.isPaused) return;
    this.isPaused = true;
    this.connection?.pause();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.hasProgress = true;
    if (this.phase !== "over") this.connection?.resume();
  }

  abort(): void {
    if (this.phase === "over") return;
    this.phase = "over";
    this.#owner.onOver(this);
    this.#owner.onAbort(this);
  }

  distrust(): void {
    this.connection?.retire();
  }

  /** The limit that has passed, if one has. */
  expired(now: number): ErrorCode | undefined {
    if (this.hasProgress) {
      this.hasProgress = false;
      this.since = now;
    }
    const { connectMs, firstByteMs, idleMs, totalMs } = this.request.timeouts;
    const waited = now - this.since;
    if (this.phase === "connecting") {
      if (connectMs > 0 && waited >= connectMs) return "LK-3003";
    } else if (!this.isPaused) {
      if (this.phase === "first-byte" && firstByteMs > 0 && waited >= firstByteMs) return "LK-3004";
      if (this.phase === "body" && idleMs > 0 && waited >= idleMs) return "LK-3005";
    }
    return totalMs > 0 && now - this.#startedAt >= totalMs ? "LK-3006" : undefined;
  }

  /** Passes the head on. */
  onHead(head: UpstreamResponseHead): void {
    try {
      this.request.receiver.onHead(head);
    } catch (thrown) {
      this.#failReceiver(thrown);
    }
  }

  /** Passes a piece of the body on. */
  onData(chunk: Uint8Array): void {
    this.phase = "body";
    this.hasProgress = true;
    try {
      this.request.receiver.onData(chunk);
    } catch (thrown) {
      this.#failReceiver(thrown);
    }
  }

  /** The socket has taken some of what it had no room for. @param isDone whether it was all */
  onDrain(_isDone: boolean): void {
    if (this.phase === "first-byte") this.hasProgress = true;
  }

  /** Ends the call in good order, unless it has ended. */
  complete(): void {
    if (this.phase === "over") return;
    this.phase = "over";
    this.#owner.onOver(this);
    try {
      this.request.receiver.onEnd();
    } catch (thrown) {
      this.#owner.onFault(thrown);
    }
  }

  /** Ends the call with an error, unless it has ended. */
  fail(error: LatchkeyError): void {
    if (this.phase === "over") return;
    this.phase = "over";
    this.#owner.onOver(this);
    try {
      this.request.receiver.onError(error);
    } catch (thrown) {
      this.#owner.onFault(thrown);
    }
  }

  #failReceiver(thrown: unknown): void {
    if (this.phase === "over") return this.#owner.onFault(thrown);
    this.connection?.destroy();
    this.fail(
      new LatchkeyError("LK-5001", undefined, { internal: "a receiver threw an error", cause: thrown }),
    );
  }
}
