import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** More than any call can use; beyond, a count is a mistake and a cost made of it would be one. */
const MAX_TOKENS = 1_000_000_000_000;

/**
 * Usage of an answer; `undefined` where it has none, as in the first chunks of some streams. Thoughts are counted
 * apart from candidates, what Gemini's own tools have brought apart from the prompt.
 * Wire format: https://ai.google.dev/api/generate-content#UsageMetadata
 */
export function readUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const prompt = count(usage["promptTokenCount"]);
  if (prompt === undefined) return undefined;
  const reasoning = count(usage["thoughtsTokenCount"]) ?? 0;
  const found = {
    audioInput: byModality(usage["promptTokensDetails"], "AUDIO"),
    imageInput: byModality(usage["promptTokensDetails"], "IMAGE"),
    audioOutput: byModality(usage["candidatesTokensDetails"], "AUDIO"),
    imageOutput: byModality(usage["candidatesTokensDetails"], "IMAGE"),
  };
  return {
    input: prompt + (count(usage["toolUsePromptTokenCount"]) ?? 0),
    output: (count(usage["candidatesTokenCount"]) ?? 0) + reasoning,
    cacheRead: count(usage["cachedContentTokenCount"]) ?? 0,
    cacheWrite: 0,
    reasoning,
    ...(found.audioInput > 0 && { audioInput: found.audioInput }),
    ...(found.imageInput > 0 && { imageInput: found.imageInput }),
    ...(found.audioOutput > 0 && { audioOutput: found.audioOutput }),
    ...(found.imageOutput > 0 && { imageOutput: found.imageOutput }),
  };
}

/** Usage in Gemini's words. */
export function renderUsage(usage: Usage): JsonObject {
  const { input, output, cacheRead, reasoning, audioInput, imageInput, audioOutput, imageOutput } = usage;
  const candidates = Math.max(0, output - reasoning);
  const promptDetails = renderDetails(input, audioInput, imageInput);
  const candidateDetails = renderDetails(candidates, audioOutput, imageOutput);
  return {
    promptTokenCount: input,
    candidatesTokenCount: candidates,
    totalTokenCount: input + output,
    ...(cacheRead > 0 && { cachedContentTokenCount: cacheRead }),
    ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
    ...(promptDetails !== undefined && { promptTokensDetails: promptDetails }),
    ...(candidateDetails !== undefined && { candidatesTokensDetails: candidateDetails }),
  };
}

/** The tier in which a call was served, in the words of requests. */
export function readServiceTier(usage: unknown): string | undefined {
  if (!isJsonObject(usage)) return undefined;
  const { serviceTier, trafficType } = usage as JsonObject;
  if (typeof serviceTier === "string") return serviceTier;
  const [, tier] =
    typeof trafficType === "string" ? (/^ON_DEMAND_(FLEX|PRIORITY)$/.exec(trafficType) ?? []) : [];
  return tier?.toLowerCase();
}

function renderDetails(total: number, audio = 0, image = 0): readonly JsonObject[] | undefined {
  if (audio === 0 && image === 0) return undefined;
  const rest = Math.max(0, total - audio - image);
  return [
    { modality: "TEXT", tokenCount: rest },
    { modality: "AUDIO", tokenCount: audio },
    { modality: "IMAGE", tokenCount: image },
  ].filter(({ tokenCount }) => tokenCount > 0);
}

function byModality(details: unknown, modality: string): number {
  if (!Array.isArray(details)) return 0;
  let sum = 0;
  for (const detail of details as readonly unknown[]) {
    if (isJsonObject(detail) && detail["modality"] === modality) sum += count(detail["tokenCount"]) ?? 0;
  }
  return sum;
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : undefined;
}
