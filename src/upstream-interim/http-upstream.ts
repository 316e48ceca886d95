import type { TLSOptions } from "bun";
import { LatchkeyError } from "../kernel/error.ts";
import type { Upstream, UpstreamHandle } from "../upstream/upstream.ts";
import { ActiveCall, type CallOwner } from "./active-call.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import type { UpstreamOrigin } from "./parse-origin.ts";

/** Settings of an HTTP upstream. */
export interface HttpUpstreamOptions {
  readonly origin: UpstreamOrigin;
  /** Connections at most, default 256. */
  readonly maxConnections?: number;
  /** Calls that may wait for a connection, default 4,096; more are refused with LK-5003. */
  readonly maxQueue?: number;
  /** Milliseconds after which an unused connection is closed, default 30,000. */
  readonly idleTimeoutMs?: number;
  /** Largest head of an answer, default 64 KiB. */
  readonly maxHeadBytes?: number;
  /** TLS settings beyond the defaults, such as `ca`. */
  readonly tls?: TLSOptions;
}

/** Connections and calls at this moment. */
export interface UpstreamStats {
  /** Connections, those being opened included. */
  readonly open: number;
  readonly idle: number;
  readonly queued: number;
  readonly active: number;
}

/** An HTTP upstream with a look inside. */
export interface HttpUpstream extends Upstream {
  readonly stats: () => UpstreamStats;
}

/** Milliseconds between two looks at the time limits. */
const SWEEP_MS = 20;

/** Makes the keep-alive pool of one origin. Connections are opened when calls need them. */
export function createHttpUpstream(options: HttpUpstreamOptions): HttpUpstream {
  const pool = new ConnectionPool(options);
  return {
    send: (call) => pool.send(new ActiveCall(call, pool)),
    close: () => pool.close(),
    stats: () => pool.stats(),
  };
}

class ConnectionPool implements ConnectionOwner, CallOwner {
  readonly #options: Required<Omit<HttpUpstreamOptions, "tls">> & { readonly tls: TLSOptions | undefined };
  /** The one that was used last is used next, so that the others can grow old and be closed. */
  readonly #idle: Connection[] = [];
  readonly #queue: ActiveCall[] = [];
  readonly #active = new Set<ActiveCall>();
  #open = 0;
  #closed = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: HttpUpstreamOptions) {
    const tls = options.origin.protocol === "https" ? tlsOptions(options) : undefined;
    this.#options = {
      maxConnections: 256,
      maxQueue: 4_096,
      idleTimeoutMs: 30_000,
      maxHeadBytes: 64 * 1024,
      ...options,
      tls,
    };
  }

  now = (): number => performance.now();

  stats(): UpstreamStats {
    return {
      open: this.#open,
      idle: this.#idle.length,
      queued: this.#queue.length,
      active: this.#active.size,
    };
  }

  send(active: ActiveCall): UpstreamHandle {
    this.#watch();
    this.#active.add(active);
    if (this.#closed) this.#failSoon(active, new LatchkeyError("LK-5002"));
    else this.#place(active);
    return active;
  }

  close(): void {
    this.#closed = true;
    for (const connection of this.#idle.splice(0)) connection.destroy();
    for (const waiting of this.#queue.splice(0)) this.#failSoon(waiting, new LatchkeyError("LK-5002"));
  }

  onFree = (connection: Connection): void => {
    this.#forgetOver();
    if (connection.isGone) return;
    if (this.#closed) return connection.destroy();
    const next = this.#queue.shift();
    if (next !== undefined) return connection.send(next);
    connection.idleSince = this.now();
    this.#idle.push(connection);
  };

  onGone = (connection: Connection, again: ActiveCall | undefined): void => {
    this.#open--;
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    if (again !== undefined) {
      again.retried = true;
      again.phase = "connecting";
      again.connection = undefined;
      this.#connect(again);
      return;
    }
    const next = this.#queue.shift();
    if (next !== undefined) this.#place(next);
  };

  #place(active: ActiveCall): void {
    const connection = this.#idle.pop();
    if (connection !== undefined) connection.send(active);
    else if (this.#open < this.#options.maxConnections) this.#connect(active);
    else if (this.#queue.length < this.#options.maxQueue) this.#queue.push(active);
    else this.#failSoon(active, new LatchkeyError("LK-5003"));
  }

  #connect(active: ActiveCall): void {
    this.#open++;
    Connection.open(this.#options, this).then(
      (connection) => {
        if (active.phase === "connecting" && !connection.isGone) connection.send(active);
        else if (!connection.isGone) this.onFree(connection);
      },
      (thrown: unknown) => {
        this.#open--;
        const { hostname, port } = this.#options.origin;
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        active.fail(
          new LatchkeyError("LK-3002", undefined, {
            internal: `${hostname}:${port}: ${reason}`,
            cause: thrown,
          }),
        );
        const next = this.#queue.shift();
        if (next !== undefined) this.#place(next);
      },
    );
  }

  /** Ends a call without telling its receiver. */
  drop(active: ActiveCall): void {
    if (active.phase === "over") return;
    active.phase = "over";
    this.#active.delete(active);
    const waiting = this.#queue.indexOf(active);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    active.connection?.destroy();
  }

  #failSoon(active: ActiveCall, error: LatchkeyError): void {
    queueMicrotask(() => active.fail(error));
  }

  #watch(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  #sweep(): void {
    const now = this.now();
    for (const active of this.#active) {
      if (active.phase === "over") {
        this.#active.delete(active);
        continue;
      }
      const error = active.expired(now);
      if (error === undefined) continue;
      const { connection } = active;
      const waiting = this.#queue.indexOf(active);
      if (waiting >= 0) this.#queue.splice(waiting, 1);
      this.#active.delete(active);
      active.fail(error);
      connection?.destroy();
    }
    while (this.#idle.length > 0 && now - (this.#idle[0]?.idleSince ?? now) >= this.#options.idleTimeoutMs) {
      this.#idle[0]?.destroy();
    }
    if (this.#active.size > 0 || this.#idle.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Calls that have ended leave the set with the next sweep at the latest. */
  #forgetOver(): void {
    if (this.#active.size > 4 * this.#options.maxConnections) {
      for (const active of this.#active) if (active.phase === "over") this.#active.delete(active);
    }
  }
}

function tlsOptions({ origin, tls }: HttpUpstreamOptions): TLSOptions {
  return { serverName: origin.hostname, rejectUnauthorized: true, ...tls };
}
