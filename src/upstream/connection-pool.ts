import type { Clock } from "../kernel/clock.ts";
import { LatchkeyError } from "../kernel/error.ts";
import { Connection, type ConnectionOptions, type ConnectionOwner } from "./connection.ts";
import { connectionFault } from "./connection-fault.ts";
import { type CallOwner, type CallPhase, PooledCall } from "./pooled-call.ts";
import { SWEEP_MS, SweepTimer } from "./sweep-timer.ts";
import type { UpstreamCall, UpstreamHandle } from "./upstream.ts";

/** Settings of a pool. */
export interface PoolOptions extends ConnectionOptions {
  readonly maxConnections: number;
  /** Calls that may wait for a connection. */
  readonly maxQueue: number;
  /** Milliseconds after which an unused connection is closed. */
  readonly idleTimeoutMs: number;
  readonly clock: Clock;
  /** Hears of what receivers throw when their call is over. */
  readonly onFault: (thrown: unknown) => void;
}

/** Connections and calls at this moment. */
export interface UpstreamStats {
  /** Connections, those being opened included. */
  readonly open: number;
  /** Connections that wait for a call. */
  readonly idle: number;
  /** Connections that have a call or are being opened for one. */
  readonly busy: number;
  /** Calls that wait for a connection. */
  readonly queued: number;
}

const WAITING_FOR: Readonly<Record<CallPhase, string>> = {
  connecting: "waiting for a connection",
  "first-byte": "waiting for the first byte",
  body: "reading the answer",
  over: "ending",
};

/**
 * The connections to one origin: bounded, used again (the last used first, so that the others can grow old),
 * with a bounded queue before them.
 */
export class ConnectionPool implements ConnectionOwner, CallOwner {
  readonly onFault: (thrown: unknown) => void;
  readonly #options: PoolOptions;
  readonly #idle: Connection[] = [];
  readonly #queue: PooledCall[] = [];
  /** Calls under way, in no order. */
  readonly #live: PooledCall[] = [];
  readonly #timer: SweepTimer;
  #open = 0;
  /** Attempts to connect that nobody waits for and that cannot be called off. */
  #givenUp = 0;
  #isClosed = false;
  /** The time when it was last looked at; never more than a sweep ago while a call is under way. */
  #now = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.onFault = options.onFault;
    this.#timer = new SweepTimer(() => this.#sweep());
  }

  /** See `Upstream.send`. */
  send(request: UpstreamCall): UpstreamHandle {
    this.#now = this.#options.clock.monotonic();
    const call = new PooledCall(request, this, this.#now);
    if (this.#isClosed) return this.#refuse(call, new LatchkeyError("LK-5002"));
    const connection = this.#takeIdle();
    const mayConnect = this.#open < this.#options.maxConnections;
    if (connection === undefined && !mayConnect && this.#queue.length >= this.#options.maxQueue) {
      return this.#refuse(call, connectionFault("LK-5003", this.#options.origin, "the queue is full"));
    }
    call.index = this.#live.push(call) - 1;
    this.#timer.wake();
    if (connection !== undefined) connection.send(call);
    else if (mayConnect) this.#connect(call);
    else this.#queue.push(call);
    return call;
  }

  /** See `Upstream.close`. Calls that wait are still served. */
  close(): void {
    this.#isClosed = true;
    for (const connection of this.#idle.splice(0)) connection.close();
  }

  stats(): UpstreamStats {
    const idle = this.#idle.length;
    return { open: this.#open, idle, busy: this.#open - idle, queued: this.#queue.length };
  }

  onOpen(connection: Connection): void {
    if (connection.call === undefined) this.onFree(connection);
    else connection.send(connection.call);
  }

  onFree(connection: Connection): void {
    const next = this.#queue.shift();
    if (next !== undefined) return connection.send(next);
    if (this.#isClosed) return connection.close();
    const { keepAliveMs } = connection;
    const { idleTimeoutMs } = this.#options;
    // Closed before the upstream does it, or a call could be sent just then.
    const ownMs = keepAliveMs === undefined ? idleTimeoutMs : Math.max(keepAliveMs - 1_000, keepAliveMs / 2);
    connection.idleUntil = this.#now + Math.min(idleTimeoutMs, ownMs);
    this.#idle.push(connection);
  }

  onGone(connection: Connection, again: PooledCall | undefined): void {
    this.#open--;
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    if (again !== undefined) {
      again.isRetry = true;
      again.phase = "connecting";
      again.hasProgress = true;
      this.#connect(again);
      return;
    }
    const next = this.#queue.shift();
    if (next !== undefined) this.#connect(next);
  }

  onGivenUp(): void {
    this.#givenUp--;
  }

  onAbort(call: PooledCall): void {
    const { connection } = call;
    if (connection === undefined) this.#unqueue(call);
    else if (connection.hasSocket) connection.destroy();
    else if (this.#givenUp < this.#options.maxConnections) {
      this.#givenUp++;
      connection.destroy();
    } else {
      // Bounded, or an upstream that swallows attempts to connect would collect them without end.
      connection.call = undefined;
    }
  }

  onOver(call: PooledCall): void {
    if (call.index < 0) return;
    const last = this.#live.pop();
    if (last !== undefined && last !== call) {
      last.index = call.index;
      this.#live[call.index] = last;
    }
    call.index = -1;
  }

  #takeIdle(): Connection | undefined {
    for (;;) {
      const connection = this.#idle.pop();
      if (connection === undefined || this.#now < connection.idleUntil) return connection;
      connection.close();
    }
  }

  #connect(call: PooledCall): void {
    this.#open++;
    new Connection(this.#options, this).open(call);
  }

  #refuse(call: PooledCall, error: LatchkeyError): UpstreamHandle {
    queueMicrotask(() => call.fail(error));
    return call;
  }

  #unqueue(call: PooledCall): void {
    const index = this.#queue.indexOf(call);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  #sweep(): number | undefined {
    const now = this.#options.clock.monotonic();
    this.#now = now;
    this.#expireCalls(now);
    for (const connection of this.#idle.filter(({ idleUntil }) => now >= idleUntil)) connection.close();
    if (this.#live.length > 0) return SWEEP_MS;
    return this.#idle.length > 0
      ? Math.min(...this.#idle.map(({ idleUntil }) => idleUntil)) - now
      : undefined;
  }

  #expireCalls(now: number): void {
    // Gathered first, because ending a call changes the list and may give others their turn.
    const expired = this.#live.filter((call) => call.expired(now) !== undefined);
    for (const call of expired) this.#unqueue(call);
    for (const call of expired) {
      const code = call.expired(now);
      if (call.phase === "over" || code === undefined) continue;
      const waitedFor = WAITING_FOR[call.phase];
      this.onAbort(call);
      call.fail(connectionFault(code, this.#options.origin, `the time limit passed while ${waitedFor}`));
    }
  }
}
