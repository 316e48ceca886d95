import type { Loss } from "../../canonical/loss.ts";
import type { Tool, ToolChoice } from "../../canonical/tool.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import { standsAt } from "../origins.ts";
import {
  fieldError,
  optionalBoolean,
  optionalList,
  optionalObject,
  optionalString,
  requiredObject,
  requiredString,
} from "./field.ts";
import { noteMembers } from "./known-members.ts";

/** Members of a function that are about the vendor's own ways of calling it: it can be called without them. */
const VENDORS_WAYS = ["allowed_callers", "defer_loading", "output_schema"] as const;

/**
 * Tools: functions, and the vendor's own as they are.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create (`tools`)
 * @throws LatchkeyError LK-2102
 */
export function parseTools(value: Json | undefined, losses: Loss[]): readonly Tool[] | undefined {
  return optionalList(value, "tools")?.map((entry, index) => {
    const path = `tools[${index}]`;
    const tool = requiredObject(entry, path);
    const type = requiredString(tool["type"], `${path}.type`);
    if (type === "function") return standsAt(parseFunction(tool, path, losses), path);
    const name = vendorName(tool, type);
    return standsAt({ type: "vendor", dialect: "openai-responses", name, value: tool }, path);
  });
}

function parseFunction(tool: JsonObject, path: string, losses: Loss[]): Tool {
  const description = optionalString(tool["description"], `${path}.description`);
  const parameters = optionalObject(tool["parameters"], `${path}.parameters`);
  const strict = optionalBoolean(tool["strict"], `${path}.strict`);
  noteMembers(tool, path, losses);
  for (const member of VENDORS_WAYS) {
    if (tool[member] === undefined || tool[member] === null) continue;
    losses.push({
      path: `${path}.${member}`,
      isHarmless: true,
      reason: "is for OpenAI's own ways of calling tools",
    });
  }
  return {
    type: "function",
    name: requiredString(tool["name"], `${path}.name`),
    ...(description !== undefined && { description }),
    ...(parameters !== undefined && { parameters }),
    ...(strict !== undefined && { strict }),
  };
}

/** By what a choice of tools names one. */
function vendorName({ name, server_label: label }: JsonObject, type: string): string {
  if (type === "custom" && typeof name === "string") return name;
  return type === "mcp" && typeof label === "string" ? label : type;
}

/**
 * The choice of tools.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create (`tool_choice`)
 * @throws LatchkeyError LK-2102
 */
export function parseToolChoice(value: Json | undefined, losses: Loss[]): ToolChoice | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === "auto" || value === "required" || value === "none") return { type: value };
  if (typeof value === "string")
    throw fieldError("tool_choice", "has to be `auto`, `required`, `none` or an object");
  const choice = requiredObject(value, "tool_choice");
  if (choice["type"] !== "allowed_tools")
    return { type: "tool", name: nameIn(choice, "tool_choice", losses) };
  const { mode = "auto" } = choice;
  if (mode !== "auto" && mode !== "required")
    throw fieldError("tool_choice.mode", "has to be `auto` or `required`");
  const allowed = (optionalList(choice["tools"], "tool_choice.tools") ?? []).map((entry, index) => {
    const path = `tool_choice.tools[${index}]`;
    return nameIn(requiredObject(entry, path), path, losses);
  });
  return { type: mode, allowed };
}

function nameIn(reference: JsonObject, path: string, losses: Loss[]): string {
  const type = requiredString(reference["type"], `${path}.type`);
  if (type === "function" || type === "custom") return requiredString(reference["name"], `${path}.name`);
  if (type === "mcp" && typeof reference["name"] === "string") {
    const reason = "can be told to OpenAI only: a single tool of a server";
    losses.push({ path: `${path}.name`, isHarmless: false, reason });
  }
  return vendorName(reference, type);
}
