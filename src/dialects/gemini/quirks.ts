import type { TargetLack, TargetTraits } from "../dialect.ts";

/** How a model is told to think: in levels, in tokens, or not at all. */
export type ThinkingWords = "level" | "budget" | "none";

/** What distinguishes a target among those that speak Gemini. */
export interface GeminiTarget {
  readonly model: string;
  readonly lacks: readonly TargetLack[];
  /**
   * Quirk `vertex`: it is Vertex AI, whose paths have a publisher, which takes labels, knows no ids of calls, and is
   * told the service tier by a header.
   */
  readonly isVertex: boolean;
  /** Such as 2.5; 0 where the name does not say. Quirk `generation` for tuned models and endpoints. */
  readonly generation: number;
  /** Quirk `thinking`. */
  readonly thinking: ThinkingWords;
  /** Quirk `openApiSchemas`: it takes schemas in the older words only, `parameters` and `responseSchema`. */
  readonly wantsOpenApi: boolean;
  /** Quirk `streamArguments`: arguments of functions are to be streamed as the model writes them (Vertex AI only). */
  readonly streamsArguments: boolean;
}

/** The first generation that thinks in levels, wants its signatures back and takes pictures inside results. */
export const SIGNING_GENERATION = 3;

const THINKING_GENERATION = 2.5;

/** Reads a target's quirks and what its model's name says. Source: https://ai.google.dev/gemini-api/docs/models */
export function readTarget({ upstreamModel, lacks = [], quirks = {} }: TargetTraits): GeminiTarget {
  const { generation: stated, thinking } = quirks;
  const generation = typeof stated === "number" ? stated : generationOf(upstreamModel);
  const usual = lacks.includes("reasoning") ? "none" : thinkingOf(generation);
  return {
    model: upstreamModel,
    lacks,
    isVertex: quirks["vertex"] === true,
    generation,
    thinking: isThinkingWords(thinking) ? thinking : usual,
    wantsOpenApi: quirks["openApiSchemas"] === true,
    streamsArguments: quirks["streamArguments"] === true,
  };
}

function generationOf(model: string): number {
  const [, version] = /gemini-(\d+(?:\.\d+)?)/.exec(model) ?? [];
  if (version !== undefined) return Number(version);
  // `gemini-flash-latest` and the like point at the newest.
  return /gemini-[a-z-]+-latest$/.test(model) ? SIGNING_GENERATION : 0;
}

function thinkingOf(generation: number): ThinkingWords {
  if (generation >= SIGNING_GENERATION) return "level";
  return generation >= THINKING_GENERATION ? "budget" : "none";
}

function isThinkingWords(value: unknown): value is ThinkingWords {
  return value === "level" || value === "budget" || value === "none";
}
