import type { JsonObject } from "../../kernel/json.ts";
import { given, readBoolean, readList, readObject, readString } from "./fields.ts";
import { unsupported, wrongType, wrongValue } from "./refusal.ts";

/** A function that the caller offers. */
export interface DemoTool {
  readonly name: string;
  /** JSON Schema of its arguments; `undefined` for a function without any. */
  readonly parameters: JsonObject | undefined;
  /** Where the schema stands in the request. */
  readonly param: string;
}

/** The tools of a request and what may be done with them. */
export interface DemoTools {
  /** Those that may be called, in order. */
  readonly callable: readonly DemoTool[];
  /** Whether one has to be called although none is named by the message. */
  readonly required: boolean;
  /** Whether several may be called at once. */
  readonly parallel: boolean;
  /** The definitions as JSON, for counting; empty where there are none. */
  readonly definitions: string;
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * Reads `tools`, `tool_choice` and `parallel_tool_calls`. @throws DemoRefusal naming the field at fault.
 * Wire format: https://platform.openai.com/docs/guides/function-calling
 */
export function readTools(fields: JsonObject): DemoTools {
  const parallel = readBoolean(fields, "parallel_tool_calls", true);
  if (!given(fields, "tools")) {
    if (given(fields, "tool_choice") && fields["tool_choice"] !== "none") {
      throw wrongValue("tool_choice", "is only allowed when `tools` are given");
    }
    return { callable: [], required: false, parallel, definitions: "" };
  }
  const tools = readList(fields["tools"], "tools").map(readTool);
  const definitions = JSON.stringify(fields["tools"]);
  return { ...readChoice(fields, tools), parallel, definitions };
}

function readTool(value: unknown, index: number): DemoTool {
  const param = `tools[${index}]`;
  const tool = readObject(value, param);
  if (readString(tool["type"], `${param}.type`) !== "function") {
    throw unsupported(`${param}.type`, "it calls tools of type `function` only");
  }
  const definition = readObject(tool["function"], `${param}.function`);
  const name = readString(definition["name"], `${param}.function.name`);
  if (!NAME.test(name))
    throw wrongValue(`${param}.function.name`, "has to be 1 to 64 letters, digits, _ or -");
  const path = `${param}.function.parameters`;
  const parameters = given(definition, "parameters") ? readObject(definition["parameters"], path) : undefined;
  return { name, parameters, param: path };
}

type Choice = Pick<DemoTools, "callable" | "required">;

function readChoice(fields: JsonObject, tools: readonly DemoTool[]): Choice {
  const choice = given(fields, "tool_choice") ? fields["tool_choice"] : "auto";
  if (typeof choice === "string") return readMode(choice, tools, "tool_choice");
  if (typeof choice !== "object") throw wrongType("tool_choice", "a string or an object", choice);
  const named = readObject(choice, "tool_choice");
  const type = readString(named["type"], "tool_choice.type");
  if (type === "function") {
    return { callable: [readNamed(named, tools, "tool_choice")], required: true };
  }
  if (type !== "allowed_tools") {
    throw wrongValue("tool_choice.type", "has to be one of function, allowed_tools");
  }
  const param = "tool_choice.allowed_tools";
  const allowed = readObject(named["allowed_tools"], param);
  const callable = readList(allowed["tools"], `${param}.tools`).map((item, index) =>
    readNamed(readObject(item, `${param}.tools[${index}]`), tools, `${param}.tools[${index}]`),
  );
  return readMode(readString(allowed["mode"], `${param}.mode`), callable, `${param}.mode`);
}

function readMode(mode: string, tools: readonly DemoTool[], param: string): Choice {
  if (mode === "none") return { callable: [], required: false };
  if (mode === "auto") return { callable: tools, required: false };
  if (mode === "required") return { callable: tools, required: true };
  throw wrongValue(param, "has to be one of none, auto, required");
}

function readNamed(choice: JsonObject, tools: readonly DemoTool[], param: string): DemoTool {
  const definition = readObject(choice["function"], `${param}.function`);
  const name = readString(definition["name"], `${param}.function.name`);
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) throw wrongValue(`${param}.function.name`, "has to be the name of one of `tools`");
  return tool;
}
