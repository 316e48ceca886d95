import type { Clock } from "../../kernel/clock.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/** How often one network address may try. */
export interface AttemptLimits {
  /** Attempts at once, and within each window. */
  readonly attempts: number;
  readonly windowMs: number;
  /** Addresses that are remembered; beyond that the longest unseen are forgotten. */
  readonly addresses: number;
}

/** 30 attempts in 10 minutes: three sign-ins a minute, and nothing for those who guess. */
export const defaultAttemptLimits: AttemptLimits = { attempts: 30, windowMs: 600_000, addresses: 10_000 };

/** Counts attempts by network address. */
export interface AttemptLimiter {
  /** Counts one more. @throws LatchkeyError LK-2018 with the seconds to wait */
  readonly take: (address: string) => void;
  /** Addresses remembered now. */
  readonly size: () => number;
}

/** Makes a limiter whose allowance grows back evenly (a token bucket for each address). */
export function createAttemptLimiter(
  clock: Pick<Clock, "monotonic">,
  limits = defaultAttemptLimits,
): AttemptLimiter {
  const buckets = new Map<string, { left: number; readonly atMs: number }>();
  const perMs = limits.attempts / limits.windowMs;
  return {
    take(address) {
      const network = networkOf(address);
      const now = clock.monotonic();
      const before = buckets.get(network) ?? { left: limits.attempts, atMs: now };
      const left = Math.min(limits.attempts, before.left + (now - before.atMs) * perMs);
      // Taken out and put in again: a map keeps the order, so its first entry is the longest unseen.
      buckets.delete(network);
      buckets.set(network, { left: left >= 1 ? left - 1 : left, atMs: now });
      const oldest = buckets.keys().next().value;
      if (buckets.size > limits.addresses && oldest !== undefined) buckets.delete(oldest);
      if (left < 1) {
        throw new LatchkeyError("LK-2018", undefined, { retryAfterS: Math.ceil((1 - left) / perMs / 1000) });
      }
    },
    size: () => buckets.size,
  };
}

/** What one caller has: an IPv4 address, or the first 64 bits of an IPv6 address, of which everybody has 2^64. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const rest = tail === "" ? [] : tail.split(":");
    while (groups.length + rest.length < 8) groups.push("0");
    groups.push(...rest);
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
