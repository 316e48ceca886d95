import type { ReasoningEffort, ReasoningOptions } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { countAt, objectAt, optional, stringAt, wrong } from "./field-reader.ts";
import { noteThinking } from "./known-members.ts";

const EFFORTS: readonly ReasoningEffort[] = ["low", "medium", "high", "xhigh", "max"];

/**
 * What `thinking` and `output_config.effort` say; `undefined` where they say nothing. An effort without `thinking` is
 * no wish for thinking, which `isAdaptive: false` keeps; thinking that is switched off beside an effort is a budget of 0.
 * Wire format: https://platform.claude.com/docs/en/build-with-claude/thinking
 */
export function parseReasoning(
  { thinking, output_config }: JsonObject,
  losses: Loss[],
): ReasoningOptions | undefined {
  const config = optional(output_config, "output_config", objectAt);
  const effort = optional(config?.["effort"], "output_config.effort", readEffort);
  const members = optional(thinking, "thinking", objectAt);
  if (members === undefined) return effort === undefined ? undefined : { effort, isAdaptive: false };
  noteThinking(members, losses);
  const show = parseDisplay(members, losses);
  switch (members["type"]) {
    case "enabled": {
      // The models that take a budget show their thinking where nothing is said of it.
      const budgetTokens = countAt(members["budget_tokens"], "thinking.budget_tokens");
      const shown = show.show === undefined ? ({ show: "auto", isShownByDefault: true } as const) : show;
      return { ...(effort !== undefined && { effort }), budgetTokens, ...shown };
    }
    case "adaptive":
      return { ...(effort !== undefined && { effort }), isAdaptive: true, ...show };
    case "between_tools":
      losses.push({
        path: "thinking.type",
        isHarmless: true,
        isChanged: true,
        reason: "means `disabled` to others",
      });
      return switchedOff(effort);
    case "disabled":
      return switchedOff(effort);
    default:
      throw wrong("thinking.type", "has to be `enabled`, `adaptive`, `disabled` or `between_tools`");
  }
}

function switchedOff(effort: ReasoningEffort | undefined): ReasoningOptions {
  return effort === undefined ? { effort: "none" } : { effort, budgetTokens: 0 };
}

function parseDisplay(thinking: JsonObject, losses: Loss[]): Pick<ReasoningOptions, "show"> {
  if ((thinking["block_binding"] ?? null) !== null) {
    const reason = "can be told to Anthropic only";
    losses.push({ path: "thinking.block_binding", isHarmless: true, reason });
  }
  const display = optional(thinking["display"], "thinking.display", stringAt);
  if (display === undefined) return {};
  if (display === "summarized") return { show: "auto" };
  if (display === "omitted") return { show: "none" };
  losses.push({ path: "thinking.display", isHarmless: true, reason: "is of a kind that only Anthropic has" });
  return {};
}

function readEffort(value: unknown, param: string): ReasoningEffort {
  const effort = EFFORTS.find((level) => level === value);
  if (effort === undefined) throw wrong(param, "has to be `low`, `medium`, `high`, `xhigh` or `max`");
  return effort;
}
