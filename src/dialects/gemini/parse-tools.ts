import type { Loss } from "../../canonical/loss.ts";
import type { FunctionTool, Tool, ToolChoice } from "../../canonical/tool.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { memberStandsAt, standsAt, standsLike } from "../origins.ts";
import { toJsonSchema } from "./json-schema.ts";
import {
  type At,
  asObject,
  camelName,
  fieldError,
  listMember,
  member,
  noteUnknown,
  objectMember,
  textMember,
  textsMember,
} from "./members.ts";

/** What the answer of a function looks like is told to the model; the answer says it again. */
const KNOWN_DECLARATION = {
  name: "read",
  description: "read",
  parameters: "read",
  parametersJsonSchema: "read",
  response: "harmless",
  responseJsonSchema: "harmless",
  behavior: "harmless",
} as const;

const KNOWN_CONFIG = { functionCallingConfig: "read" } as const;

/** How arguments are cut into pieces is nothing that the answer depends on. */
const KNOWN_CALLING = {
  mode: "read",
  allowedFunctionNames: "read",
  streamFunctionCallArguments: "harmless",
} as const;

/** Tools of a request, and whether one has to be used. */
export interface ParsedTools {
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
}

/**
 * Wire format: https://ai.google.dev/api/caching#Tool, https://ai.google.dev/api/caching#ToolConfig
 * @param body the request, or a part of one with the same members
 */
export function parseTools(body: At<JsonObject>, losses: Loss[]): ParsedTools {
  const tools = (listMember(body, "tools") ?? []).flatMap((tool) => parseTool(asObject(tool), losses));
  const config = objectMember(body, "toolConfig");
  if (config !== undefined) noteUnknown(config, KNOWN_CONFIG, losses);
  const calling = config === undefined ? undefined : objectMember(config, "functionCallingConfig");
  if (calling !== undefined) noteUnknown(calling, KNOWN_CALLING, losses);
  const toolChoice = calling === undefined ? undefined : parseChoice(calling);
  const mode = calling === undefined ? undefined : member(calling, "mode");
  const isValidated = calling !== undefined && modeOf(calling) === "VALIDATED";
  const held = isValidated ? tools.map((tool) => holdToSchema(tool, mode?.path ?? calling.path)) : tools;
  return { ...(held.length > 0 && { tools: held }), ...(toolChoice !== undefined && { toolChoice }) };
}

/** Functions stand in a list; what else is in a tool is one of Google's own. */
function parseTool(tool: At<JsonObject>, losses: Loss[]): readonly Tool[] {
  return Object.keys(tool.value).flatMap((name): readonly Tool[] => {
    const value = tool.value[name];
    if (value === undefined || value === null) return [];
    if (camelName(name) !== "functionDeclarations") {
      const own: Tool = {
        type: "vendor",
        dialect: "gemini",
        name: camelName(name),
        value: { [name]: value },
      };
      return [standsAt(own, `${tool.path}.${name}`)];
    }
    const declarations = listMember(tool, "functionDeclarations") ?? [];
    return declarations.map((declaration) =>
      standsAt(parseFunction(asObject(declaration), losses), declaration.path),
    );
  });
}

function parseFunction(declaration: At<JsonObject>, losses: Loss[]): FunctionTool {
  noteUnknown(declaration, KNOWN_DECLARATION, losses);
  const name = textMember(declaration, "name");
  if (name === undefined || name === "") {
    throw fieldError(`${declaration.path}.name`, "has to be the name of a function");
  }
  const description = textMember(declaration, "description");
  const schema = objectMember(declaration, "parametersJsonSchema")?.value;
  const older = objectMember(declaration, "parameters")?.value;
  const parameters = schema ?? (older === undefined ? undefined : toJsonSchema(older));
  return {
    type: "function",
    name,
    ...(description !== undefined && { description }),
    ...(parameters !== undefined && { parameters }),
  };
}

function parseChoice(calling: At<JsonObject>): ToolChoice | undefined {
  const names = textsMember(calling, "allowedFunctionNames");
  const allowed = names !== undefined && names.length > 0 ? { allowed: names } : {};
  const mode = modeOf(calling);
  switch (mode) {
    case undefined:
    case "MODE_UNSPECIFIED":
      return undefined;
    case "AUTO":
    case "VALIDATED":
      return { type: "auto", ...allowed };
    case "ANY": {
      const [only] = names ?? [];
      return names?.length === 1 && only !== undefined
        ? { type: "tool", name: only }
        : { type: "required", ...allowed };
    }
    case "NONE":
      return { type: "none" };
    default:
      throw fieldError(`${calling.path}.mode`, "has to be `AUTO`, `ANY`, `NONE` or `VALIDATED`");
  }
}

function modeOf(calling: At<JsonObject>): string | undefined {
  return textMember(calling, "mode")?.toUpperCase();
}

/** @param path of the mode that asks for it */
function holdToSchema(tool: Tool, path: string): Tool {
  if (tool.type !== "function") return tool;
  const held = standsLike({ ...tool, strict: true }, tool);
  memberStandsAt(held, "strict", path);
  return held;
}
