import type { ToolName } from "./client.ts";

/** A tool as clients declare it. */
export interface DeclaredTool {
  readonly name: ToolName;
  readonly description: string;
  readonly parameters: {
    readonly type: "object";
    readonly properties: Record<string, { readonly type: "string" }>;
    readonly required: string[];
    readonly additionalProperties: false;
  };
}

const declared: Readonly<Record<ToolName, DeclaredTool>> = {
  weather: {
    name: "weather",
    description: "Tells the weather in a city.",
    parameters: {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    },
  },
  clock: {
    name: "clock",
    description: "Tells the time.",
    parameters: { type: "object", properties: {}, required: [], additionalProperties: false },
  },
};

/** What the tools say. */
export const toolResults: Readonly<Record<string, string>> = {
  weather: "It is sunny in Bern.",
  clock: "It is noon.",
};

/** What a tool says. @throws Error for one that there is not. */
export function runTool(name: string): string {
  const result = toolResults[name];
  if (result === undefined) throw new Error(`no tool ${name}`);
  return result;
}

/** Tools by their names. */
export function toolsNamed(names: readonly ToolName[]): readonly DeclaredTool[] {
  return names.map((name) => declared[name]);
}

/** Schema of the answer that is asked for. */
export const answerSchema = {
  type: "object" as const,
  properties: { label: { type: "string" as const }, score: { type: "number" as const } },
  required: ["label", "score"],
  additionalProperties: false as const,
};
