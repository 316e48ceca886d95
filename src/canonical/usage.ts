/**
 * Tokens of one call by kind, as counted by the upstream. `input` includes what was read from or written to a
 * prompt cache, `output` includes reasoning, as in OpenAI's API.
 */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
  /** Part of `cacheWrite` that is kept for an hour, where the vendor prices it apart. */
  readonly cacheWriteHour?: number;
  /** Parts of `input` and `output` that are sound or pictures, where the vendor prices them apart. */
  readonly audioInput?: number;
  readonly audioOutput?: number;
  readonly imageInput?: number;
  readonly imageOutput?: number;
  /** Searches that the vendor charges for instead of tokens, in calls that rank documents. */
  readonly searchUnits?: number;
  /**
   * Tokens that the vendor charges for, where those are not the ones that it counts: Cohere counts the instructions
   * that it adds itself and leaves them out of its bill. Prices go by these, limits and callers by the counts.
   */
  readonly billed?: { readonly input: number; readonly output: number };
}

/** Sum of two usages, for calls that took more than one attempt. */
export function addUsage(a: Usage, b: Usage): Usage {
  const [left, right] = [a.billed ?? a, b.billed ?? b];
  const isBilledApart = left !== a || right !== b;
  const searchUnits = (a.searchUnits ?? 0) + (b.searchUnits ?? 0);
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    reasoning: a.reasoning + b.reasoning,
    ...(searchUnits > 0 && { searchUnits }),
    ...(isBilledApart && {
      billed: { input: left.input + right.input, output: left.output + right.output },
    }),
  };
}
