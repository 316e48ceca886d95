import type { Usage } from "../canonical/usage.ts";

/** Tokens of a call by what is paid for them; each token is in one part. */
export interface TokenParts {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly cacheWriteHour: number;
  readonly audioInput: number;
  readonly imageInput: number;
  readonly output: number;
  readonly reasoning: number;
  readonly audioOutput: number;
  readonly imageOutput: number;
}

/** Whether a usage tells more than tokens, what is cached of them and what is reasoning. */
export function isUsageSplit(usage: Usage): boolean {
  return (
    usage.audioInput !== undefined ||
    usage.imageInput !== undefined ||
    usage.audioOutput !== undefined ||
    usage.imageOutput !== undefined ||
    usage.cacheWriteHour !== undefined ||
    usage.billed !== undefined ||
    usage.unitsOnly !== undefined ||
    usage.searchUnits !== undefined ||
    usage.audioSeconds !== undefined ||
    usage.characters !== undefined ||
    usage.images !== undefined
  );
}

/**
 * Splits a usage into parts that do not overlap. Where counts overlap, since no vendor says which of the cached
 * tokens were sound, what was cached is taken to be text as far as there is any. Where the vendor charges for other tokens than
 * it counts, the parts are of those.
 */
export function splitUsage(usage: Usage): TokenParts {
  const input = new Rest(usage.billed?.input ?? usage.input);
  const cacheRead = input.take(usage.cacheRead);
  const allWritten = input.take(usage.cacheWrite);
  const cacheWriteHour = Math.min(usage.cacheWriteHour ?? 0, allWritten);
  const audioInput = input.take(usage.audioInput);
  const imageInput = input.take(usage.imageInput);
  const output = new Rest(usage.billed?.output ?? usage.output);
  const reasoning = output.take(usage.reasoning);
  const audioOutput = output.take(usage.audioOutput);
  const imageOutput = output.take(usage.imageOutput);
  return {
    input: input.left,
    cacheRead,
    cacheWrite: allWritten - cacheWriteHour,
    cacheWriteHour,
    audioInput,
    imageInput,
    output: output.left,
    reasoning,
    audioOutput,
    imageOutput,
  };
}

/** What is left of a count; no more can be taken than there is. */
class Rest {
  constructor(public left: number) {}

  take(wanted = 0): number {
    const taken = Math.min(wanted, this.left);
    this.left -= taken;
    return taken;
  }
}
