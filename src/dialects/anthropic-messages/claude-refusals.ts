import type { TargetTraits } from "../dialect.ts";
import { claudeGeneration, newestGeneration } from "./claude-generation.ts";

/** Those that think in every answer, by a name of their own. */
const ALWAYS_THINKING = /fable|mythos/;

/**
 * Whether a model refuses `temperature`, `top_p` and `top_k`: the catalog says so, or Claude's generation does (4.7 and
 * later). Source: https://platform.claude.com/docs/en/about-claude/models/migration-guide
 */
export function refusesSampling({ upstreamModel, lacks = [] }: TargetTraits): boolean {
  return lacks.includes("sampling") || claudeGeneration(upstreamModel) >= 407;
}

/**
 * Whether a model refuses to be made to use a tool: the catalog says so, or it is a Claude that does (Opus and Sonnet
 * 5.5, Fable and Mythos 5.1, and later ones). A name without a version is left to the vendor.
 * Sources: https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5#forced-tool-use-is-not-supported,
 * https://platform.claude.com/docs/en/models/sonnet-5-5/whats-new-sonnet-5-5#forced-tool-use-is-not-supported and
 * https://platform.claude.com/docs/en/models/fable-5-1/whats-new-fable-5-1#forced-tool-use-is-not-supported
 */
export function refusesForcedTools({ upstreamModel, lacks = [] }: TargetTraits): boolean {
  if (lacks.includes("forced-tools")) return true;
  const generation = claudeGeneration(upstreamModel);
  if (generation === newestGeneration || /haiku/.test(upstreamModel)) return false;
  return generation >= 505 || (generation >= 501 && ALWAYS_THINKING.test(upstreamModel));
}

/**
 * How thinking is switched off: `thinking.type`, or `undefined` where it cannot be (Fable, Mythos, Opus 5.5).
 * Sources: https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5#thinking-cant-be-disabled and
 * https://platform.claude.com/docs/en/models/sonnet-5-5/whats-new-sonnet-5-5#turn-off-up-front-thinking
 */
export function thinkingOff(upstreamModel: string): "disabled" | "between_tools" | undefined {
  if (ALWAYS_THINKING.test(upstreamModel)) return undefined;
  const generation = claudeGeneration(upstreamModel);
  if (generation < 505 || generation === newestGeneration || /haiku/.test(upstreamModel)) return "disabled";
  return /sonnet/.test(upstreamModel) ? "between_tools" : undefined;
}
