import type { AssistantMessage, Message } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { movedInstructions } from "../moved-instructions.ts";
import { SIGNING_GENERATION } from "./quirks.ts";
import { noteCache, type RenderContext, renderContent } from "./render-content.ts";
import { renderResult } from "./render-result.ts";

/** A conversation in Gemini's words. */
export interface RenderedMessages {
  /** Parts of `systemInstruction`. */
  readonly system: readonly JsonObject[];
  readonly contents: readonly JsonObject[];
}

/**
 * Stands for the signature of a call that another vendor's model has made, or that has lost its own: newer models
 * refuse calls without any. Source: https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const NO_SIGNATURE = "skip_thought_signature_validator";

/**
 * Renders messages. Gemini has two roles; results of tools are the user's, all those of one turn together and in the
 * order of their calls.
 * Wire format: https://ai.google.dev/api/caching#Content
 */
export function renderMessages(messages: readonly Message[], context: RenderContext): RenderedMessages {
  const system: JsonObject[] = [];
  const contents: JsonObject[] = [];
  const results = new ResultTurn(context);
  const add = (role: string, parts: readonly JsonObject[]): void => {
    if (parts.length > 0) contents.push({ role, parts });
  };
  let hasBegun = false;
  for (const [index, message] of messages.entries()) {
    const path = `messages[${index}]`;
    if (message.role === "tool") {
      hasBegun = true;
      results.add(message, path);
      continue;
    }
    if (message.name !== undefined) {
      const reason = "has no counterpart in Gemini";
      context.losses.push({ path: `${path}.name`, isHarmless: true, reason });
    }
    const before = context.losses.length;
    const parts = renderContent(message.content, path, context);
    if (parts.length === 0 && context.losses.length === before)
      context.losses.push({ path, isHarmless: true, reason: "has no words, of which Gemini wants some" });
    if (message.role === "system" || message.role === "developer") {
      for (const part of parts) system.push(part);
      if (hasBegun) context.losses.push(movedInstructions(path, "Gemini"));
    } else {
      hasBegun = true;
      add("user", results.take());
      if (message.role === "assistant") results.begin(message);
      add(
        message.role === "user" ? "user" : "model",
        message.role === "user" ? parts : signCalls(parts, context),
      );
    }
  }
  add("user", results.take());
  return { system, contents };
}

/** The first call of a turn has to be signed. */
function signCalls(parts: readonly JsonObject[], { target }: RenderContext): readonly JsonObject[] {
  const first = parts.find(({ functionCall }) => functionCall !== undefined);
  const isSigned = first === undefined || first["thoughtSignature"] !== undefined;
  if (isSigned || target.generation < SIGNING_GENERATION) return parts;
  return parts.map((part) => (part === first ? { ...part, thoughtSignature: NO_SIGNATURE } : part));
}

interface PlacedResult {
  readonly order: number;
  readonly result: JsonObject;
  readonly beside: readonly JsonObject[];
}

/** Gathers the results of a turn's calls. */
class ResultTurn {
  readonly #context: RenderContext;
  /** Call id → name of the tool, over the whole conversation. */
  readonly #names = new Map<string, string>();
  /** Id → place of the latest turn's calls. */
  #calls: ReadonlyMap<string, number> = new Map();
  #results: PlacedResult[] = [];

  constructor(context: RenderContext) {
    this.#context = context;
  }

  begin({ content }: AssistantMessage): void {
    const calls = content.filter((part) => part.type === "tool-call");
    for (const { id, name } of calls) this.#names.set(id, name);
    this.#calls = new Map(calls.map(({ id }, index) => [id, index]));
  }

  add(message: Extract<Message, { role: "tool" }>, path: string): void {
    if (message.cache !== undefined) noteCache(path, this.#context);
    const name = message.toolName ?? this.#names.get(message.toolCallId);
    if (name === undefined) {
      this.#context.losses.push({ path, isHarmless: false, reason: "answers no call of the conversation" });
      return;
    }
    const order = this.#calls.get(message.toolCallId) ?? this.#calls.size;
    this.#results.push({ order, ...renderResult(message, name, path, this.#context) });
  }

  take(): readonly JsonObject[] {
    const sorted = this.#results.sort((a, b) => a.order - b.order);
    this.#results = [];
    return [...sorted.map(({ result }) => result), ...sorted.flatMap(({ beside }) => beside)];
  }
}
