import type { Json, JsonObject } from "../kernel/json.ts";
import type { ChatDialectName, PartBase } from "./content.ts";

/** A function that the caller runs. */
export interface FunctionTool extends PartBase {
  readonly type: "function";
  readonly name: string;
  readonly description?: string;
  /** JSON schema of the arguments; absent for a function without any. */
  readonly parameters?: JsonObject;
  /** Whether the arguments must match the schema. */
  readonly strict?: boolean;
}

/** A tool that only one dialect knows (its own search, code execution, computer use …), as it was sent. */
export interface VendorTool {
  readonly type: "vendor";
  readonly dialect: ChatDialectName;
  /** For messages: the vendor's name of it. */
  readonly name: string;
  readonly value: Json;
}

/** A tool that the model may use. */
export type Tool = FunctionTool | VendorTool;

/** Whether and which tools the model has to use. `allowed` narrows `auto` and `required` to some of them. */
export type ToolChoice =
  | { readonly type: "auto"; readonly allowed?: readonly string[] }
  | { readonly type: "required"; readonly allowed?: readonly string[] }
  | { readonly type: "none" }
  | { readonly type: "tool"; readonly name: string };
