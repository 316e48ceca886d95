import type { DeliveryBody } from "../../stores/records/delivery-record.ts";

/** Sent to at the same time at most. */
const MOST = 64;

/** The same of hosts that failed when they were tried last, so that however many of those there are, others have room. */
const MOST_IN_TROUBLE = 32;

/** Connections to the mail server at most. */
const MOST_MAIL = 4;

/** Milliseconds for which a host rests after it failed; twice as long each time, up to a bound. */
const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 5 * 60_000;

/** Who is to get a message, and what host stands between. */
export interface Receiver {
  /** Gets its messages one after the other. */
  readonly name: string;
  /** What is left alone for a while when it fails: the webhook itself, or the mail server of all people. */
  readonly host: string;
}

interface Host {
  underWay: number;
  failures: number;
  restsUntilMs: number;
}

/** Who is sent to at the moment, and who is left alone after a failure. One for each process. */
export class Receivers {
  readonly #busy = new Set<string>();
  readonly #hosts = new Map<string, Host>();
  #inTrouble = 0;

  /**
   * Begins to send to a receiver, if it may be sent to now. Answers how to end that, with whether its host failed; `undefined`
   * where it has to wait for another end, or for the end of its host's rest.
   * @param random from 0 to below 1
   */
  begin(
    { name, host }: Receiver,
    nowMs: number,
  ): ((hasFailed: boolean, nowMs: number, random: number) => void) | undefined {
    const state = this.#hosts.get(host) ?? { underWay: 0, failures: 0, restsUntilMs: 0 };
    const wasInTrouble = state.failures > 0;
    // One at a time finds out whether a host is well again.
    const mostOfHost = host === MAIL && !wasInTrouble ? MOST_MAIL : 1;
    if (this.#busy.has(name) || this.#busy.size >= MOST || state.underWay >= mostOfHost) return undefined;
    if (nowMs < state.restsUntilMs || (wasInTrouble && this.#inTrouble >= MOST_IN_TROUBLE)) return undefined;
    this.#hosts.set(host, state);
    this.#busy.add(name);
    state.underWay++;
    if (wasInTrouble) this.#inTrouble++;
    return (hasFailed, endMs, random) => {
      this.#busy.delete(name);
      state.underWay--;
      if (wasInTrouble) this.#inTrouble--;
      state.failures = hasFailed ? state.failures + 1 : 0;
      state.restsUntilMs = hasFailed ? endMs + restMs(state.failures, random) : 0;
      if (state.failures === 0 && state.underWay === 0) this.#hosts.delete(host);
    };
  }

  /** When a receiver's host has rested; 0: it does not rest. Milliseconds since the epoch. */
  restsUntilMs({ host }: Receiver): number {
    return this.#hosts.get(host)?.restsUntilMs ?? 0;
  }
}

const MAIL = "mail server";

/** Who gets a delivery. */
export function receiverOf({ channel, to }: Pick<DeliveryBody, "channel" | "to">): Receiver {
  if (channel === "webhook") return { name: `webhook ${to}`, host: `webhook ${to}` };
  return { name: `email ${to.toLowerCase()}`, host: MAIL };
}

/** Between half a rest and a whole one, so that hosts that failed together do not come back together. */
function restMs(failures: number, random: number): number {
  const most = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failures - 1));
  return Math.round(most * (0.5 + random / 2));
}
