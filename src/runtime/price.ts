import type { ArtifactPrice } from "../artifact/artifact.ts";
import type { Usage } from "../canonical/usage.ts";
import type { NanoUsd } from "../kernel/money.ts";

const TOKENS_PER_PRICE = 1_000_000;

/**
 * Exact cost of a call, rounded half up to a whole nano-USD once, at the end. Cached input and reasoning have
 * prices of their own and are not counted twice: `input` includes the cached tokens, `output` the reasoning.
 */
export function costOf(usage: Usage, price: ArtifactPrice): NanoUsd {
  const cacheRead = Math.min(usage.cacheRead, usage.input);
  const cacheWrite = Math.min(usage.cacheWrite, usage.input - cacheRead);
  const reasoning = Math.min(usage.reasoning, usage.output);
  const uncached = usage.input - cacheRead - cacheWrite;
  const plain = usage.output - reasoning;
  const sum =
    uncached * price.input +
    cacheRead * price.cacheRead +
    cacheWrite * price.cacheWrite +
    plain * price.output +
    reasoning * price.reasoning;
  if (sum <= Number.MAX_SAFE_INTEGER) return roundHalfUp(sum);
  const exact =
    BigInt(uncached) * BigInt(price.input) +
    BigInt(cacheRead) * BigInt(price.cacheRead) +
    BigInt(cacheWrite) * BigInt(price.cacheWrite) +
    BigInt(plain) * BigInt(price.output) +
    BigInt(reasoning) * BigInt(price.reasoning);
  return Number((exact + BigInt(TOKENS_PER_PRICE / 2)) / BigInt(TOKENS_PER_PRICE));
}

function roundHalfUp(millionths: number): NanoUsd {
  const rest = millionths % TOKENS_PER_PRICE;
  return (millionths - rest) / TOKENS_PER_PRICE + (rest * 2 >= TOKENS_PER_PRICE ? 1 : 0);
}
