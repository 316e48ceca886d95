import type { TLSOptions } from "bun";
import { JoinRoom } from "../http/socket-writer.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { LatchkeyError } from "../kernel/error.ts";
import { Connection, type ConnectionOptions, type ConnectionOwner } from "./connection.ts";
import { connectionFault } from "./connection-fault.ts";
import type { UpstreamOrigin } from "./parse-origin.ts";
import type { CallOwner, PooledCall } from "./pooled-call.ts";
import { SWEEP_MS, SweepTimer } from "./sweep-timer.ts";
import { tlsOptions } from "./tls-options.ts";
import { TunnelledCall } from "./tunnelled-call.ts";
import type { TunnelCall, TunnelHandle } from "./upstream.ts";

/** Settings of a dialer. */
export interface TunnelDialerOptions {
  readonly origin: UpstreamOrigin;
  /** Tunnels at most, those being opened included, default 4,096; more are refused with LK-5003. */
  readonly maxTunnels?: number;
  /** TLS settings beyond the defaults. */
  readonly tls?: TLSOptions;
  /** Default: the machine's own. */
  readonly clock?: Clock;
}

const MAX_TUNNELS = 4_096;
const MAX_HEAD_BYTES = 64 * 1024;
/** Milliseconds between two looks where nothing is being opened. */
const SLOW_SWEEP_MS = 250;
/** Attempts to connect that nobody waits for and that cannot be called off. */
const MAX_GIVEN_UP = 256;

/**
 * Opens tunnels to one origin: each on a connection of its own, which nothing else uses before or after, so that no byte
 * of a tunnel can be taken for a part of somebody else's call.
 */
export class TunnelDialer implements ConnectionOwner, CallOwner {
  readonly #options: ConnectionOptions;
  readonly #maxTunnels: number;
  readonly #clock: Clock;
  readonly #live = new Set<PooledCall>();
  readonly #timer = new SweepTimer(() => this.#sweep());
  #givenUp = 0;
  #isClosed = false;

  constructor({ origin, maxTunnels = MAX_TUNNELS, tls, clock = systemClock }: TunnelDialerOptions) {
    this.#maxTunnels = maxTunnels;
    this.#clock = clock;
    this.#options = {
      origin,
      maxHeadBytes: MAX_HEAD_BYTES,
      tls: tlsOptions(origin, tls),
      mayTunnel: true,
      room: new JoinRoom(),
      connect: Bun.connect<Connection>,
    };
  }

  /** Tunnels at this moment, those included that are being opened or are ending. */
  get open(): number {
    return this.#live.size;
  }

  /** Sends a request for another protocol, see `Upstream.send`. */
  send(request: TunnelCall): TunnelHandle {
    const call = new TunnelledCall(request, this, this.#clock.monotonic());
    const refusal = this.#isClosed
      ? new LatchkeyError("LK-5002")
      : this.#live.size >= this.#maxTunnels
        ? connectionFault("LK-5003", this.#options.origin, "there are too many tunnels")
        : undefined;
    if (refusal !== undefined) {
      queueMicrotask(() => call.fail(refusal));
      return call;
    }
    this.#live.add(call);
    this.#timer.wake();
    new Connection(this.#options, this).open(call);
    return call;
  }

  /** Opens no more; those that stand are for their users to end. */
  close(): void {
    this.#isClosed = true;
  }

  onOpen(connection: Connection): void {
    if (connection.call === undefined) connection.close();
    else connection.send(connection.call);
  }

  /** The tunnel was refused, and the refusal is whole. */
  onFree(connection: Connection): void {
    connection.close();
  }

  onGone(): void {}

  onGivenUp(): void {
    this.#givenUp--;
  }

  onAbort({ connection }: PooledCall): void {
    if (connection === undefined) return;
    if (connection.hasSocket) return connection.destroy();
    if (this.#givenUp < MAX_GIVEN_UP) {
      this.#givenUp++;
      connection.destroy();
    } else {
      // Closed as soon as it stands.
      connection.call = undefined;
    }
  }

  onOver(call: PooledCall): void {
    this.#live.delete(call);
  }

  readonly onFault = (thrown: unknown): void => {
    process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
  };

  #sweep(): number | undefined {
    const now = this.#clock.monotonic();
    for (const call of [...this.#live]) {
      const code = call.expired(now);
      if (code === undefined || !this.#live.has(call)) continue;
      this.onAbort(call);
      call.fail(connectionFault(code, this.#options.origin, "the time limit passed"));
    }
    if (this.#live.size === 0) return undefined;
    for (const { phase } of this.#live) if (phase !== "body") return SWEEP_MS;
    return SLOW_SWEEP_MS;
  }
}
