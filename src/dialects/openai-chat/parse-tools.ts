import type { Loss } from "../../canonical/loss.ts";
import type { FunctionTool, Tool, ToolChoice } from "../../canonical/tool.ts";
import { memberStandsAt, standsAt, standsLike } from "../origins.ts";
import {
  fieldError,
  listAt,
  type Members,
  noteUnknown,
  objectAt,
  optionalFlag,
  optionalObject,
  optionalText,
  optionalWord,
  textAt,
} from "./fields.ts";
import { cacheStandsAt, parseCache } from "./parse-content.ts";

const KNOWN_FUNCTION = new Set(["name", "description", "parameters", "strict"]);
const KNOWN = new Set(["type", "function", "cache_control", "prompt_cache_breakpoint"]);

/**
 * Tools: functions, in the older `functions` as well, and any other kind as it came, for targets of this dialect only.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create (`tools`)
 * @throws LatchkeyError LK-2102.
 */
export function parseAllTools({ tools, functions }: Members, losses: Loss[]): readonly Tool[] {
  const newer = listAt(tools ?? [], "tools").map((tool, index) => {
    const path = `tools[${index}]`;
    return standsAt(parseTool(objectAt(tool, path), path, losses), path);
  });
  const older = listAt(functions ?? [], "functions").map((declared, index) => {
    const path = `functions[${index}]`;
    return standsAt(parseFunction(objectAt(declared, path), path, losses), path);
  });
  return [...newer, ...older];
}

function parseTool(tool: Members, path: string, losses: Loss[]): Tool {
  // Some clients leave the type of functions out.
  const type =
    tool["type"] === undefined && tool["function"] !== undefined
      ? "function"
      : textAt(tool["type"], `${path}.type`);
  if (type !== "function") {
    const inner = tool[type];
    const name = typeof inner === "object" && inner !== null ? (inner as Members)["name"] : undefined;
    return {
      type: "vendor",
      dialect: "openai-chat",
      name: typeof name === "string" ? name : type,
      value: tool as never,
    };
  }
  noteUnknown(tool, KNOWN, path, losses);
  const cache = parseCache(tool, path);
  const declared = parseFunction(objectAt(tool["function"], `${path}.function`), `${path}.function`, losses);
  if (cache === undefined) return declared;
  return cacheStandsAt(standsLike({ ...declared, cache }, declared), tool, path);
}

/** A function as tools and the older `functions` declare it. */
function parseFunction(declared: Members, path: string, losses: Loss[]): FunctionTool {
  noteUnknown(declared, KNOWN_FUNCTION, path, losses);
  const name = textAt(declared["name"], `${path}.name`);
  if (name === "") throw fieldError(`${path}.name`, "has to be a name");
  const description = optionalText(declared["description"], `${path}.description`);
  const parameters = optionalObject(declared["parameters"], `${path}.parameters`);
  const strict = optionalFlag(declared["strict"], `${path}.strict`);
  const tool: FunctionTool = {
    type: "function",
    name,
    ...(description !== undefined && { description }),
    ...(parameters !== undefined && { parameters }),
    ...(strict !== undefined && { strict }),
  };
  memberStandsAt(tool, "name", `${path}.name`);
  if (strict !== undefined) memberStandsAt(tool, "strict", `${path}.strict`);
  return tool;
}

/** `tool_choice`, and the older `function_call`. @throws LatchkeyError LK-2102. */
export function parseToolChoice(value: unknown, path: string): ToolChoice {
  if (typeof value === "string") {
    // `any` is how some vendors of this dialect say it.
    const word = optionalWord(value, ["none", "auto", "required", "any"], path);
    return { type: word === "any" ? "required" : (word ?? "auto") };
  }
  const choice = objectAt(value, path);
  if (choice["type"] !== "allowed_tools") return { type: "tool", name: nameOf(choice, path) };
  const at = `${path}.allowed_tools`;
  const { mode, tools } = objectAt(choice["allowed_tools"], at);
  const allowed = listAt(tools, `${at}.tools`).map((tool, index) =>
    nameOf(objectAt(tool, `${at}.tools[${index}]`), `${at}.tools[${index}]`),
  );
  return { type: optionalWord(mode, ["auto", "required"], `${at}.mode`) ?? "auto", allowed };
}

/** The name of a tool: in an object that its type names, or without one. */
function nameOf(choice: Members, path: string): string {
  const { type, name } = choice;
  if (type === undefined && typeof name === "string") return name;
  const kind = textAt(type, `${path}.type`);
  return textAt(objectAt(choice[kind], `${path}.${kind}`)["name"], `${path}.${kind}.name`);
}
