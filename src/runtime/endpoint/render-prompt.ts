import type { ArtifactPrompt } from "../../artifact/artifact.ts";
import type { PromptPart } from "../../artifact/schema/prompt.ts";
import { isRawNumber } from "../../kernel/json.ts";

/** A chat message as text. */
export interface RenderedMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** Fills a prompt's slots with an input. Values are put in as they are: nothing in them is ever read as a template. */
export function renderPrompt(prompt: ArtifactPrompt, input: unknown): readonly RenderedMessage[] {
  return prompt.map(({ role, parts }) => ({ role, content: renderParts(parts, [input]) }));
}

function renderParts(parts: readonly PromptPart[], variables: readonly unknown[]): string {
  let text = "";
  for (const part of parts) text += typeof part === "string" ? part : renderPart(part, variables);
  return text;
}

function renderPart(part: Exclude<PromptPart, string>, variables: readonly unknown[]): string {
  const value = valueAt(variables[part.variable], part.path);
  if (part.kind === "value") return words(value);
  if (part.kind === "json") return JSON.stringify(value) ?? "null";
  if (part.kind === "optional") {
    if (value === undefined || value === null) return renderParts(part.otherwise, variables);
    return renderParts(part.parts, bind(variables, part.binds, value));
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((item) => renderParts(part.parts, bind(variables, part.binds, item))).join(part.separator);
}

function words(value: unknown): string {
  if (isRawNumber(value)) return value.rawJSON;
  return value === undefined || value === null ? "" : String(value);
}

function bind(variables: readonly unknown[], index: number, value: unknown): readonly unknown[] {
  const bound = variables.slice(0, index);
  bound[index] = value;
  return bound;
}

/** Own members only, so that a path can never reach a prototype. */
function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const field of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, field)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[field];
  }
  return value;
}
