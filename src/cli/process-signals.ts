import type { EventEmitter } from "node:events";
import type { Clock } from "../kernel/clock.ts";
import { type Signal, SignalFilter, type SignalWay } from "./signal-filter.ts";

/** What is needed of a process to hear its signals. */
export interface SignalSource extends Pick<EventEmitter, "on"> {
  readonly exit: (code: number) => void;
  /** There where the launcher is connected. */
  readonly send?: ((message: { readonly took: Signal }) => unknown) | undefined;
}

/** Numbers of the signals, which shells add to 128 for the exit code of what they end. */
const NUMBERS: Readonly<Record<Signal, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/**
 * The signals of a process: those of the system, and those that `bin/latchkey.mjs` hands on as messages
 * `{ signal }` and is told of by `{ took }`. One that nobody listens to ends the process in an orderly way, so
 * that what it has started ends with it. A launcher that is gone counts as SIGTERM, unless the process is being
 * stopped already.
 */
export class ProcessSignals {
  readonly #source: SignalSource;
  readonly #filter: SignalFilter;
  readonly #handlers = new Map<Signal, Set<() => void>>();
  #stopping = false;

  constructor(source: SignalSource, clock: Clock) {
    this.#source = source;
    this.#filter = new SignalFilter(clock);
    for (const signal of Object.keys(NUMBERS) as Signal[]) {
      this.#handlers.set(signal, new Set());
      source.on(signal, () => this.#take(signal, "system"));
    }
    source.on("message", (message: unknown) => this.#handedOn(message));
    source.on("disconnect", () => this.#stop());
  }

  /** Calls the handler on each such signal; answers how to stop that. */
  readonly listen = (signal: Signal, handler: () => void): (() => void) => {
    const handlers = this.#handlers.get(signal);
    handlers?.add(handler);
    return () => handlers?.delete(handler);
  };

  /**
   * Nobody reads what the process writes: what listens to SIGTERM is stopped as by that, so that calls under way
   * may end. Answers whether anything listens.
   */
  readonly outputLost = (): boolean => {
    if (this.#handlers.get("SIGTERM")?.size === 0) return this.#stopping;
    this.#stop();
    return true;
  };

  #stop(): void {
    if (!this.#stopping) this.#deliver("SIGTERM");
  }

  #handedOn(message: unknown): void {
    const signal = (message as { readonly signal?: unknown } | null)?.signal;
    if (!isSignal(signal)) return;
    this.#source.send?.({ took: signal });
    this.#take(signal, "launcher");
  }

  #take(signal: Signal, way: SignalWay): void {
    if (this.#filter.isNew(signal, way)) this.#deliver(signal);
  }

  #deliver(signal: Signal): void {
    if (signal !== "SIGHUP") this.#stopping = true;
    const handlers = [...(this.#handlers.get(signal) ?? [])];
    if (handlers.length === 0) this.#source.exit(128 + NUMBERS[signal]);
    for (const handler of handlers) handler();
  }
}

function isSignal(value: unknown): value is Signal {
  return typeof value === "string" && Object.hasOwn(NUMBERS, value);
}
