import type { Duration } from "../../src/kernel/duration.ts";

/** What a tenant's keys may be, those that its members issue and those that the config declares. */
export interface KeyPolicyOptions {
  /** Keys of one application that work at the same time; without it any number. */
  readonly maxPerApp?: number;
  /** How long a key may work; with it, every key has to expire. */
  readonly maxLifetime?: Duration;
  /** Environments that keys may have, such as `["live", "test"]`; absent: any, empty: none. */
  readonly environments?: readonly string[];
  /** Regular expression that the whole name of a key has to match, such as `"[a-z]+-(live|test)"`. */
  readonly namePattern?: string;
  /** Whether a key may reach all that its application does, default true; otherwise it needs a scope. */
  readonly allowUnscoped?: boolean;
  /** How long before its end callers and the log are warned of a key, default `"14d"`. */
  readonly warnBefore?: Duration;
}
