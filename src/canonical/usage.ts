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
  /** Pictures that were made. */
  readonly images?: number;
  /** Size of each of them in pixels, such as `1024x1024`, where the price depends on it and it is known. */
  readonly imageSize?: string;
  /** Quality of each of them in the vendor's words, such as `hd`, where the price depends on it and it is known. */
  readonly imageQuality?: string;
  /** Sound that was heard, seconds; some vendors tell it beside tokens and price either. */
  readonly audioSeconds?: number;
  /** Text that was spoken, Unicode code points. */
  readonly characters?: number;
  /** Set where the upstream told no tokens: `input` and `output` are 0 then and mean nothing; the units count. */
  readonly unitsOnly?: true;
}

/** Usage of a call that is counted in other units than tokens. */
export const noTokens: Usage = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  reasoning: 0,
  unitsOnly: true,
};

/** Members that are there for some calls only and add up. */
const OPTIONAL_COUNTS = [
  "cacheWriteHour",
  "audioInput",
  "audioOutput",
  "imageInput",
  "imageOutput",
  "images",
  "audioSeconds",
  "characters",
  "searchUnits",
] as const;

/** Sum of two usages, for calls that took more than one attempt. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum: { -readonly [Name in keyof Usage]: Usage[Name] } = {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    reasoning: a.reasoning + b.reasoning,
  };
  for (const name of OPTIONAL_COUNTS) {
    const counts = [a[name], b[name]].filter((count) => count !== undefined);
    if (counts.length > 0) sum[name] = counts.reduce((total, count) => total + count, 0);
  }
  if (a.billed !== undefined || b.billed !== undefined) {
    const [left, right] = [a.billed ?? a, b.billed ?? b];
    sum.billed = { input: left.input + right.input, output: left.output + right.output };
  }
  // Attempts of one call ask for the same pictures; where they differ all the same, no one size is true.
  const size = sameOr(a.imageSize, b.imageSize);
  const quality = sameOr(a.imageQuality, b.imageQuality);
  if (size !== undefined) sum.imageSize = size;
  if (quality !== undefined) sum.imageQuality = quality;
  if (a.unitsOnly === true && b.unitsOnly === true) sum.unitsOnly = true;
  return sum;
}

function sameOr(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a === b ? a : undefined;
}
