import type { ReasoningEffort } from "../../canonical/chat-request.ts";
import type { TargetTraits } from "../dialect.ts";
import { claudeGeneration } from "./claude-generation.ts";
import { refusesForcedTools, refusesSampling, thinkingOff } from "./claude-refusals.ts";

/** Levels of effort in Anthropic's words. */
export type AnthropicEffort = Exclude<ReasoningEffort, "none" | "minimal">;

/**
 * What a target's model takes. Members of `traits.quirks` of the same names come first (`host`, `thinking`,
 * `effort`, `sampling`, `forcedTools`, `prefill`, `systemTurns`, `outputFormat`, `strictTools`); what they leave open follows from
 * the generation of Claude in the model's id. Models of others that speak this dialect are taken to have the oldest
 * forms only.
 */
export interface AnthropicQuirks {
  /** Vertex AI (`host: "vertex"`): the model stands in the path, a version in the body. */
  readonly isVertex: boolean;
  /** How thinking is asked for: not at all, with a budget, either way, or left to the model. */
  readonly thinking: "none" | "budget" | "either" | "adaptive";
  /** The type of `thinking` that switches it off; absent where it cannot be. */
  readonly off: ReturnType<typeof thinkingOff>;
  /** Levels that `output_config.effort` takes, from the least on. */
  readonly efforts: readonly AnthropicEffort[];
  /** Whether it takes `temperature`, `top_p` and `top_k`, and whether the first two go together. */
  readonly hasSampling: boolean;
  readonly hasJointSampling: boolean;
  /** Whether it can be made to use a tool. */
  readonly hasForcedTools: boolean;
  /** Whether it goes on from the end of a last assistant message. */
  readonly hasPrefill: boolean;
  /** Whether instructions may stand inside the conversation. */
  readonly hasSystemTurns: boolean;
  /** Whether it has `output_config.format` and strict tools. */
  readonly hasOutputFormat: boolean;
  readonly hasStrictTools: boolean;
}

const known = new WeakMap<TargetTraits, AnthropicQuirks>();

/** The quirks of a target; found out once for each. */
export function readQuirks(traits: TargetTraits): AnthropicQuirks {
  let quirks = known.get(traits);
  if (quirks === undefined) {
    quirks = findQuirks(traits);
    known.set(traits, quirks);
  }
  return quirks;
}

/**
 * Sources: https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking (4.6 and later; the only way from
 * 4.7 on), …/effort, …/structured-outputs (4.5 and later), …/mid-conversation-system-messages (4.8 and later, not on
 * other clouds) and https://platform.claude.com/docs/en/about-claude/models/migration-guide (no prefill from 4.6 on,
 * no sampling parameters from 4.7 on, one of `temperature` and `top_p` only from 4.1 on).
 */
function findQuirks(traits: TargetTraits): AnthropicQuirks {
  const { upstreamModel, quirks = {}, lacks = [] } = traits;
  const generation = claudeGeneration(upstreamModel);
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = quirks[name];
    return typeof value === "boolean" ? value : otherwise;
  };
  const isVertex = quirks["host"] === "vertex";
  const isFormatted = generation >= 405 && !lacks.includes("json-schema");
  return {
    isVertex,
    thinking: lacks.includes("reasoning") ? "none" : thinkingOf(quirks["thinking"], generation),
    off: thinkingOff(upstreamModel),
    efforts: flag("effort", generation >= 406 || /opus-4-5/.test(upstreamModel)) ? effortsOf(generation) : [],
    hasSampling: flag("sampling", !refusesSampling(traits)),
    hasJointSampling: generation < 401,
    hasForcedTools: flag("forcedTools", !refusesForcedTools(traits)),
    hasPrefill: flag("prefill", generation < 406),
    hasSystemTurns: flag("systemTurns", generation >= 408 && !isVertex),
    hasOutputFormat: flag("outputFormat", isFormatted),
    hasStrictTools: flag("strictTools", isFormatted),
  };
}

function thinkingOf(given: unknown, generation: number): AnthropicQuirks["thinking"] {
  if (given === "none" || given === "budget" || given === "either" || given === "adaptive") return given;
  if (generation >= 407) return "adaptive";
  if (generation === 406) return "either";
  // Those of others, whose generation is 0, may think as well.
  return generation >= 307 || generation === 0 ? "budget" : "none";
}

function effortsOf(generation: number): readonly AnthropicEffort[] {
  if (generation >= 407 || generation === 0) return ["low", "medium", "high", "xhigh", "max"];
  return generation === 406 ? ["low", "medium", "high", "max"] : ["low", "medium", "high"];
}
