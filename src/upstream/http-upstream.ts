import type { TLSOptions } from "bun";
import { JoinRoom } from "../http/socket-writer.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { Connection } from "./connection.ts";
import { ConnectionPool, type UpstreamStats } from "./connection-pool.ts";
import type { UpstreamOrigin } from "./parse-origin.ts";
import { tlsOptions } from "./tls-options.ts";
import type { Upstream } from "./upstream.ts";

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
  /** TLS settings beyond the defaults, such as `ca`, `serverName` and `rejectUnauthorized`. */
  readonly tls?: TLSOptions;
  /** Default: the machine's own. */
  readonly clock?: Clock;
  /** Hears of what a receiver's `onEnd` or `onError` throws, and of nothing else; default: a warning of the process. */
  readonly onFault?: (thrown: unknown) => void;
}

/** An HTTP upstream with a look inside. */
export interface HttpUpstream extends Upstream {
  readonly stats: () => UpstreamStats;
}

/** Makes the keep-alive pool of one origin. Connections are opened when calls need them. */
export function createHttpUpstream(options: HttpUpstreamOptions): HttpUpstream {
  const pool = new ConnectionPool({
    maxConnections: 256,
    maxQueue: 4_096,
    idleTimeoutMs: 30_000,
    maxHeadBytes: 64 * 1024,
    clock: systemClock,
    onFault: warn,
    ...options,
    tls: tlsOptions(options.origin, options.tls),
    room: new JoinRoom(),
    connect: Bun.connect<Connection>,
  });
  return {
    send: (call) => pool.send(call),
    close: () => pool.close(),
    stats: () => pool.stats(),
  };
}

function warn(thrown: unknown): void {
  process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
}
