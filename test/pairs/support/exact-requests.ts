import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

/** JSON texts of a conversation's parts that the caller and its tools have made. */
export interface FreeJson {
  /** Arguments of a call in the history, an object. */
  readonly args: string;
  /** What the tool answered, an object. */
  readonly result: string;
  /** A value inside the schemas of the tool and of the answer. */
  readonly inSchema: string;
}

const PLACES = { "@args": "args", "@result": "result", "@schema": "inSchema" } as const;

const parameters: JsonObject = { type: "object", properties: { n: { type: "number", default: "@schema" } } };

/** What is a text on the wire has its JSON inside quotes. */
const BODIES: Readonly<Record<CallerDialectName, JsonObject>> = {
  "openai-chat": {
    model: "fast",
    messages: [
      { role: "user", content: "Look it up" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: "@args@text" } }],
      },
      { role: "tool", tool_call_id: "c1", content: "@result@text" },
    ],
    tools: [{ type: "function", function: { name: "look", parameters } }],
  },
  "openai-responses": {
    model: "fast",
    store: false,
    input: [
      { role: "user", content: "Look it up" },
      { type: "function_call", call_id: "c1", name: "look", arguments: "@args@text" },
      { type: "function_call_output", call_id: "c1", output: "@result@text" },
    ],
    tools: [{ type: "function", name: "look", parameters, strict: false }],
  },
  "anthropic-messages": {
    model: "fast",
    max_tokens: 100,
    messages: [
      { role: "user", content: "Look it up" },
      { role: "assistant", content: [{ type: "tool_use", id: "c1", name: "look", input: "@args" }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "c1", content: "@result@text" }] },
    ],
    tools: [{ name: "look", input_schema: parameters }],
  },
  gemini: {
    contents: [
      { role: "user", parts: [{ text: "Look it up" }] },
      { role: "model", parts: [{ functionCall: { id: "c1", name: "look", args: "@args" } }] },
      { role: "user", parts: [{ functionResponse: { id: "c1", name: "look", response: "@result" } }] },
    ],
    tools: [{ functionDeclarations: [{ name: "look", parametersJsonSchema: parameters }] }],
  },
};

/** A caller's request whose tools were called with, have answered and take these values, as its JSON text. */
export function requestText(caller: CallerDialectName, free: FreeJson): string {
  return filled(BODIES[caller], free);
}

/** A JSON text with free JSON in its places: as itself, or inside a text. */
export function filled(body: JsonObject, free: Partial<FreeJson>): string {
  return JSON.stringify(body).replace(/"(@\w+)(@text)?"/g, (whole, name: string, isText?: string) => {
    const place = Object.hasOwn(PLACES, name) ? PLACES[name as keyof typeof PLACES] : undefined;
    const json = place === undefined ? undefined : free[place];
    if (json === undefined) return whole;
    return isText === undefined ? json : JSON.stringify(json);
  });
}
