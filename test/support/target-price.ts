import type { ArtifactPrice } from "../../src/artifact/artifact.ts";

/** A price of an artifact; kinds that are not given cost as much as their parent. */
export function targetPrice(
  given: Pick<ArtifactPrice, "input" | "output"> & Partial<ArtifactPrice>,
): ArtifactPrice {
  const { input, output } = given;
  return {
    cacheRead: input,
    cacheWrite: input,
    cacheWriteHour: given.cacheWrite ?? input,
    reasoning: output,
    audioInput: input,
    audioOutput: output,
    imageInput: input,
    imageOutput: output,
    perRequest: 0,
    perAudioHour: null,
    perMillionCharacters: null,
    perImage: null,
    perThousandSearches: null,
    longContext: [],
    changes: [],
    ...given,
  };
}

/** What an artifact says of a target of which nothing is known. */
export const unknownModel = { contextWindow: null, maxOutputTokens: null, lacks: [] };

/** The rates alone, as a long prompt has them. */
export function targetRates(
  given: Parameters<typeof targetPrice>[0],
): Omit<ArtifactPrice["longContext"][number], "above"> {
  const { input, output, cacheRead, cacheWrite, cacheWriteHour, reasoning, ...rest } = targetPrice(given);
  const { audioInput, audioOutput, imageInput, imageOutput } = rest;
  const cached = { cacheRead, cacheWrite, cacheWriteHour };
  return { input, output, ...cached, reasoning, audioInput, audioOutput, imageInput, imageOutput };
}
