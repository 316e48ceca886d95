import { LatchkeyError } from "../kernel/error.ts";
import type { UpstreamCall, UpstreamHandle } from "../upstream/upstream.ts";
import type { Connection } from "./connection.ts";

/** What a call is waiting for, which decides the time limit that counts. */
export type CallPhase = "connecting" | "first-byte" | "body" | "over";

/** What a call needs of its pool. */
export interface CallOwner {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Ends a call without telling its receiver. */
  readonly drop: (call: ActiveCall) => void;
}

/** A call under way: where it stands and until when it may stand there. */
export class ActiveCall implements UpstreamHandle {
  phase: CallPhase = "connecting";
  connection: Connection | undefined;
  /** Whether it was already sent once on a connection that turned out to be dead. */
  retried = false;
  paused = false;
  /** When the phase began or the last piece came; monotonic milliseconds. */
  since: number;
  readonly startedAt: number;

  constructor(
    readonly call: UpstreamCall,
    private readonly owner: CallOwner,
  ) {
    const now = owner.now();
    this.startedAt = now;
    this.since = now;
  }

  pause(): void {
    this.paused = true;
    this.connection?.pause();
  }

  resume(): void {
    this.paused = false;
    this.since = this.owner.now();
    this.connection?.resume();
  }

  abort(): void {
    this.owner.drop(this);
  }

  /** The error of the time limit that has passed, if one has. */
  expired(now: number): LatchkeyError | undefined {
    const { connectMs, firstByteMs, idleMs, totalMs } = this.call.timeouts;
    const passed = (limit: number, since: number): boolean => limit > 0 && now - since >= limit;
    if (this.phase === "connecting" && passed(connectMs, this.startedAt)) return new LatchkeyError("LK-3003");
    if (this.phase === "first-byte" && passed(firstByteMs, this.since)) return new LatchkeyError("LK-3004");
    if (this.phase === "body" && !this.paused && passed(idleMs, this.since))
      return new LatchkeyError("LK-3005");
    if (passed(totalMs, this.startedAt)) return new LatchkeyError("LK-3006");
    return undefined;
  }

  /** Ends the call with an error, unless it has ended. A receiver that throws harms nobody else. */
  fail(error: LatchkeyError): void {
    if (this.phase === "over") return;
    this.phase = "over";
    contain(() => this.call.receiver.onError(error));
  }

  /** Ends the call in good order, unless it has ended. */
  complete(): void {
    if (this.phase === "over") return;
    this.phase = "over";
    contain(() => this.call.receiver.onEnd());
  }
}

function contain(callback: () => void): void {
  try {
    callback();
  } catch (thrown) {
    // Reported as an uncaught error would be, without taking the connection's event down with it.
    queueMicrotask(() => reportError(thrown));
  }
}
