import type { ErrorCode } from "../kernel/codes.ts";
import type { LatchkeyError } from "../kernel/error.ts";
import { type CallOwner, PooledCall } from "./pooled-call.ts";
import type { TunnelCall, TunnelHandle, TunnelReceiver, UpstreamResponseHead } from "./upstream.ts";

/** Milliseconds without movement that an upstream has to take the last bytes and to close its side. */
const ENDING_MS = 10_000;

/** A call that becomes a tunnel where the upstream agrees, and is one like all others where it does not. */
export class TunnelledCall extends PooledCall implements TunnelHandle {
  readonly #owner: CallOwner;
  readonly #receiver: TunnelReceiver;
  readonly #idleMs: number;
  /** `none`: the upstream has not agreed; `ending`: nobody is at the other end any more. */
  #tunnel: "none" | "open" | "ending" = "none";
  #isWritten = true;

  constructor(request: TunnelCall, owner: CallOwner, now: number) {
    super(request, owner, now);
    this.#owner = owner;
    this.#receiver = request.receiver;
    this.#idleMs = request.timeouts.idleMs;
  }

  write(bytes: Uint8Array): boolean {
    if (this.phase === "over" || this.#tunnel !== "open" || this.connection === undefined) return true;
    this.hasProgress = true;
    this.#isWritten = this.connection.write(bytes);
    return this.#isWritten;
  }

  end(): void {
    if (this.#tunnel !== "open") return this.abort();
    this.#tunnel = "ending";
    this.hasProgress = true;
    // What still comes is thrown away: a connection that is closed with unread bytes is reset, and the last bytes are lost.
    this.resume();
    if (this.#isWritten) this.connection?.shutdown();
  }

  override onHead(head: UpstreamResponseHead): void {
    if (head.status === 101) {
      this.phase = "body";
      this.#tunnel = "open";
      this.hasProgress = true;
    }
    super.onHead(head);
  }

  override onData(chunk: Uint8Array): void {
    if (this.phase !== "over" && this.#tunnel !== "ending") super.onData(chunk);
  }

  override onDrain(isDone: boolean): void {
    super.onDrain(isDone);
    this.hasProgress = true;
    if (!isDone) return;
    this.#isWritten = true;
    if (this.#tunnel === "ending") this.connection?.shutdown();
    else if (this.#tunnel === "open") this.#receiver.onDrain();
  }

  override complete(): void {
    if (this.#tunnel === "ending") this.#leave();
    else super.complete();
  }

  override fail(error: LatchkeyError): void {
    if (this.#tunnel === "ending") this.#leave();
    else super.fail(error);
  }

  /** A tunnel may stand for as long as something moves in it, either way. */
  override expired(now: number): ErrorCode | undefined {
    if (this.#tunnel === "none") return super.expired(now);
    if (this.hasProgress) {
      this.hasProgress = false;
      this.since = now;
    }
    const waited = now - this.since;
    if (this.#tunnel === "ending") return waited >= ENDING_MS ? "LK-3005" : undefined;
    return !this.isPaused && this.#idleMs > 0 && waited >= this.#idleMs ? "LK-3005" : undefined;
  }

  #leave(): void {
    if (this.phase === "over") return;
    this.phase = "over";
    this.#owner.onOver(this);
  }
}
