import type { ErrorCode } from "../kernel/codes.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { Call } from "./call.ts";
import type { KeyEntry } from "./key-table.ts";
import type { Tables } from "./tables.ts";

/** A tunnel as far as its gateway is concerned. */
export interface OpenTunnel {
  readonly call: Call;
  /** Whether a key of the same artifact may have it. */
  readonly isFor: (key: KeyEntry) => boolean;
  /** Ends it; both sides get what has come for them. */
  readonly close: (error: LatchkeyError) => void;
}

/**
 * The tunnels of one gateway. Unlike other calls they do not end by themselves, so that somebody has to see to it that none
 * goes on for long under what is no longer in force.
 */
export class OpenTunnels {
  readonly #open = new Set<OpenTunnel>();
  /** Those of an artifact that is no longer in force, with the timers that close them. */
  readonly #leaving = new Map<OpenTunnel, ReturnType<typeof setTimeout>>();
  readonly #drainMs: number;
  #inForce: Tables | undefined;

  /** @param drainMs milliseconds that tunnels may stand after a reload */
  constructor(drainMs: number) {
    this.#drainMs = drainMs;
  }

  /** Tunnels at this moment. */
  get size(): number {
    return this.#open.size;
  }

  /** One that was asked for before a change and agreed to after it is treated like those that stood then. */
  add(tunnel: OpenTunnel): void {
    this.#open.add(tunnel);
    if (this.#inForce !== undefined) this.#judge(tunnel, this.#inForce);
  }

  remove(tunnel: OpenTunnel): void {
    this.#open.delete(tunnel);
    this.#keep(tunnel);
  }

  /**
   * Tables are put in force, or their keys have changed: tunnels that their keys may not have any more are closed at once,
   * those of another artifact after a while, and all others stay.
   */
  judge(tables: Tables): void {
    this.#inForce = tables;
    for (const tunnel of [...this.#open]) this.#judge(tunnel, tables);
  }

  /** Ends all of them: the gateway stops. */
  close(): void {
    for (const tunnel of [...this.#open]) tunnel.close(new LatchkeyError("LK-5002"));
  }

  #judge(tunnel: OpenTunnel, tables: Tables): void {
    const code = faultOf(tunnel, tables);
    if (code === undefined) return this.#keep(tunnel);
    if (code !== "LK-5004") return tunnel.close(new LatchkeyError(code));
    if (this.#leaving.has(tunnel)) return;
    const timer = setTimeout(() => tunnel.close(new LatchkeyError(code)), this.#drainMs);
    timer.unref();
    this.#leaving.set(tunnel, timer);
  }

  /** Its time is no longer running out. */
  #keep(tunnel: OpenTunnel): void {
    clearTimeout(this.#leaving.get(tunnel));
    this.#leaving.delete(tunnel);
  }
}

/** Why a tunnel may not go on: its key is gone (LK-2002), may not reach it (LK-2006), or the artifact is another (LK-5004). */
function faultOf({ call, isFor }: OpenTunnel, { keys, hash }: Tables): ErrorCode | undefined {
  const key = call.key === undefined ? undefined : keys.byDigest(call.key.digest);
  if (key === undefined) return "LK-2002";
  if (call.tables.hash !== hash) return "LK-5004";
  return isFor(key) ? undefined : "LK-2006";
}
