import type { JsonObject } from "../../kernel/json.ts";
import { chooseTools } from "./choose-tools.ts";
import { fillSchema } from "./fill-schema.ts";
import { loremText } from "./lorem.ts";
import type { DemoMessage } from "./messages.ts";
import type { DemoRequest } from "./request.ts";
import { SCHEMA_PARAM } from "./response-format.ts";
import { seedOf } from "./schema-instance/random.ts";
import type { DemoTool } from "./tools.ts";

/** A function call that the answer makes. */
export interface DraftCall {
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

/** What a choice says, before stop sequences and token limits cut it. */
export type Draft =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "calls"; readonly calls: readonly DraftCall[] };

/** Arguments of a function that declares none. */
const NO_PARAMETERS: JsonObject = { type: "object", properties: {} };

/**
 * What one choice of a request says: a function of the request alone.
 * @throws DemoRefusal when a schema has no instance that could be made.
 */
export function draftChoice(request: DemoRequest, index: number): Draft {
  const subject = subjectOf(request.messages);
  const seed = seedOf(`${request.seed} ${index} ${subject.text}`);
  const called = subject.afterTools ? [] : chooseTools(request.tools, subject.text);
  if (called.length === 0) return { kind: "text", text: draftText(request, subject.text, seed) };
  return { kind: "calls", calls: called.map((tool) => draftCall(tool, subject.text, seed)) };
}

function draftCall(tool: DemoTool, text: string, seed: number): DraftCall {
  const filled = fillSchema(tool.parameters ?? NO_PARAMETERS, { text, seed, param: tool.param });
  return { name: tool.name, arguments: JSON.stringify(filled) };
}

function draftText(request: DemoRequest, text: string, seed: number): string {
  const { responseFormat } = request;
  if (responseFormat.type === "json_object") return JSON.stringify({ message: text });
  if (responseFormat.type === "json_schema") {
    return JSON.stringify(fillSchema(responseFormat.schema, { text, seed, param: SCHEMA_PARAM }));
  }
  return request.model === "lorem" ? loremText(seed, request.maxTokens) : text;
}

interface Subject {
  readonly text: string;
  /** Whether the text is what tools answered. */
  readonly afterTools: boolean;
}

/** What an answer is about: the results of tools that were just called, else what the user said last. */
function subjectOf(messages: readonly DemoMessage[]): Subject {
  if (messages.at(-1)?.role === "tool") return { text: quoteToolResults(messages), afterTools: true };
  const said = messages.findLast((message) => message.role === "user") ?? messages.at(-1);
  return { text: said?.text ?? "", afterTools: false };
}

function quoteToolResults(messages: readonly DemoMessage[]): string {
  const askedAt = messages.findLastIndex((message) => message.role !== "tool");
  const calls = messages[askedAt]?.toolCalls ?? [];
  return messages
    .slice(askedAt + 1)
    .map((result) => {
      const name = calls.find((call) => call.id === result.toolCallId)?.name ?? "";
      return `The tool ${name} answered: ${result.text}`;
    })
    .join("\n");
}
