import type { Loss } from "../../canonical/loss.ts";
import type { FunctionTool, Tool, ToolChoice } from "../../canonical/tool.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { standsAt } from "../origins.ts";
import { booleanAt, listAt, objectAt, optional, stringAt, wrong } from "./field-reader.ts";
import { noteTool } from "./known-members.ts";
import { cacheStandsAt, readCache } from "./parse-content.ts";

/** Members of a tool that say how Anthropic handles it. */
const ASIDE = ["allowed_callers", "defer_loading", "eager_input_streaming", "input_examples"];

/** Wire format: https://docs.anthropic.com/en/api/messages (`tools`). Tools that Anthropic has made stay as they are. */
export function parseTools(value: unknown, losses: Loss[]): readonly Tool[] {
  return listAt(value, "tools").map((item, index): Tool => {
    const path = `tools[${index}]`;
    const tool = objectAt(item, path);
    const type = optional(tool["type"], `${path}.type`, stringAt) ?? "custom";
    if (type === "custom") return standsAt(parseFunction(tool, path, losses), path);
    const name = typeof tool["name"] === "string" ? tool["name"] : type;
    return standsAt({ type: "vendor", dialect: "anthropic-messages", name, value: tool }, path);
  });
}

function parseFunction(tool: JsonObject, path: string, losses: Loss[]): FunctionTool {
  noteTool(tool, path, losses);
  const name = stringAt(tool["name"], `${path}.name`);
  const description = optional(tool["description"], `${path}.description`, stringAt);
  const strict = optional(tool["strict"], `${path}.strict`, booleanAt);
  for (const member of ASIDE) {
    const given = tool[member];
    if (given === undefined || given === null || given === false) continue;
    // Whether code may call a tool is one thing; whether the model itself may not is another.
    const isHarmless = member !== "allowed_callers" || (Array.isArray(given) && given.includes("direct"));
    losses.push({ path: `${path}.${member}`, isHarmless, reason: "can be told to Anthropic only" });
  }
  const declared: FunctionTool = {
    type: "function",
    name,
    ...(description !== undefined && { description }),
    parameters: objectAt(tool["input_schema"], `${path}.input_schema`),
    ...(strict !== undefined && { strict }),
    ...readCache(tool, path),
  };
  return cacheStandsAt(declared, path);
}

/** What `tool_choice` says. Wire format: https://docs.anthropic.com/en/api/messages (`tool_choice`) */
export function parseToolChoice(value: unknown): {
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
} {
  const choice = optional(value, "tool_choice", objectAt);
  if (choice === undefined) return {};
  const param = "tool_choice.disable_parallel_tool_use";
  const isSingle = optional(choice["disable_parallel_tool_use"], param, booleanAt);
  return {
    toolChoice: readChoice(choice),
    ...(isSingle !== undefined && { parallelToolCalls: !isSingle }),
  };
}

function readChoice(choice: JsonObject): ToolChoice {
  switch (choice["type"]) {
    case "auto":
    case "none":
      return { type: choice["type"] };
    case "any":
      return { type: "required" };
    case "tool":
      return { type: "tool", name: stringAt(choice["name"], "tool_choice.name") };
    default:
      throw wrong("tool_choice.type", "has to be `auto`, `any`, `tool` or `none`");
  }
}
