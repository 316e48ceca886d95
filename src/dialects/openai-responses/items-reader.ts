import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type { AssistantPart, Citation, Signature } from "../../canonical/content.ts";
import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { callWord } from "../malformed-call.ts";
import type { AnswerTraits } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { readOutputItem } from "./output-item.ts";

/** A part that has been begun. */
interface Part {
  readonly index: number;
  readonly type: StreamedPart["type"];
  /** Whether it is a summary, for thinking. */
  readonly isSummary: boolean;
  text: string;
  citations: number;
  hasLogprobs: boolean;
  hasSignature: boolean;
  isOpen: boolean;
}

/** An item under way. */
interface Item {
  readonly id: string | undefined;
  readonly phase: string | undefined;
  /** Whether it is the call of a function, which has to become a part. */
  readonly isCall: boolean;
  /** In the order in which they were begun. */
  readonly parts: Part[];
  readonly byKey: Map<string, Part>;
}

/**
 * The items of a streamed answer. Every way in is tolerant: a part begins with the first word about it, and what the
 * `done` events have beyond the deltas is told then.
 */
export class ItemsReader implements AnswerTraits {
  hasToolCalls = false;
  hasRefusal = false;
  readonly #emit: (event: StreamEvent) => void;
  readonly #items = new Map<number, Item>();
  #parts = 0;
  #hasItems = false;
  /** Whether there is a call, the one that stands in for a structured answer included. */
  #hasCalls = false;
  /** Whether arguments have come of a call that was not begun. */
  #hasStray = false;

  constructor(emit: (event: StreamEvent) => void) {
    this.#emit = emit;
  }

  /** An item has been begun. Only calls say all that is needed to begin their part. */
  added(index: number, item: JsonObject): void {
    const { type, call_id: id, name, arguments: given } = item;
    const state = this.#item(index, item);
    if (type !== "function_call" || typeof id !== "string" || typeof name !== "string") return;
    const part = this.#call(state, id, name);
    if (typeof given === "string") this.#catchUp(part, given);
  }

  text(index: number, content: number, delta: string): void {
    this.#append(this.#begin(this.#item(index), `text ${content}`, { type: "text" }), delta);
  }

  refusal(index: number, content: number, delta: string): void {
    this.#append(this.#begin(this.#item(index), `text ${content}`, { type: "refusal" }), delta);
  }

  thinking(index: number, content: number, delta: string): void {
    const item = this.#item(index);
    this.#append(this.#begin(item, `text ${content}`, reasoning(item.id)), delta);
  }

  summary(index: number, summary: number, delta: string): void {
    const item = this.#item(index);
    this.#append(this.#begin(item, `summary ${summary}`, { ...reasoning(item.id), isSummary: true }), delta);
  }

  arguments(index: number, delta: string): void {
    const part = this.#item(index).byKey.get("call");
    if (part !== undefined) this.#append(part, delta);
    else this.#hasStray ||= delta !== "";
  }

  citation(index: number, content: number, citation: Citation): void {
    const part = this.#begin(this.#item(index), `text ${content}`, { type: "text" });
    part.citations++;
    this.#emit({ type: "citation", choice: 0, part: part.index, citation });
  }

  logprobs(index: number, content: number, logprobs: readonly TokenLogprob[]): void {
    const part = this.#item(index).byKey.get(`text ${content}`);
    if (part === undefined || logprobs.length === 0) return;
    part.hasLogprobs = true;
    this.#emit({ type: "logprobs", choice: 0, logprobs });
  }

  /** An item is whole: tells what its deltas have left out and ends its parts. @throws MalformedCallError */
  done(index: number, item: JsonObject): void {
    const state = this.#item(index, item);
    const whole = readOutputItem(item);
    const contents = isJsonObject(item) && Array.isArray(item["content"]) ? item["content"] : [];
    const begun = [...state.parts];
    for (const [order, content] of whole.entries()) {
      const at = begun.findIndex((part) => isFor(part, content));
      const part = at < 0 ? this.#beginWhole(state, content) : begun.splice(at, 1)[0];
      if (part !== undefined) this.#complete(part, content, contents[order]);
    }
    this.#signLast(state, whole);
    this.#endParts(state);
    this.#items.delete(index);
  }

  /**
   * The answer is whole.
   * @param output its items, for servers that stream none
   * @throws MalformedCallError for a call of which too little has come
   */
  end(output: readonly unknown[]): void {
    for (const item of this.#items.values()) {
      if (item.isCall && item.parts.length === 0) callWord(undefined, "name");
      this.#endParts(item);
    }
    this.#items.clear();
    // Some servers count the items of arguments otherwise; their calls are told whole.
    if (this.#hasStray && !this.#hasCalls) callWord(undefined, "name");
    if (this.#hasItems) return;
    for (const [index, item] of output.entries())
      if (isJsonObject(item)) this.done(index, item as JsonObject);
  }

  #item(index: number, { id, phase, type }: JsonObject = {}): Item {
    let item = this.#items.get(index);
    if (item === undefined) {
      this.#hasItems = true;
      item = {
        id: typeof id === "string" ? id : undefined,
        phase: typeof phase === "string" ? phase : undefined,
        isCall: type === "function_call",
        parts: [],
        byKey: new Map(),
      };
      this.#items.set(index, item);
    }
    return item;
  }

  #begin(item: Item, key: string, content: StreamedPart): Part {
    const known = item.byKey.get(key);
    if (known !== undefined) return known;
    this.#endParts(item);
    if (content.type === "tool-call") this.hasToolCalls = true;
    if (content.type === "refusal") this.hasRefusal = true;
    const part: Part = {
      index: this.#parts++,
      type: content.type,
      isSummary: content.type === "reasoning" && content.isSummary === true,
      text: "",
      citations: 0,
      hasLogprobs: false,
      hasSignature: false,
      isOpen: true,
    };
    item.parts.push(part);
    item.byKey.set(key, part);
    this.#emit({ type: "part-start", choice: 0, part: part.index, content });
    if (content.type === "text" && item.phase !== undefined)
      this.#sign(part, { dialect: "openai-responses", value: item.phase });
    return part;
  }

  #call(item: Item, id: string, name: string): Part {
    this.#hasCalls = true;
    return this.#begin(item, "call", name === answerToolName ? answerPart : { type: "tool-call", id, name });
  }

  /** Begins a part of which there was no word before; `undefined` for one that comes whole. */
  #beginWhole(item: Item, content: AssistantPart): Part | undefined {
    const key = `whole ${item.parts.length}`;
    switch (content.type) {
      case "text":
      case "refusal":
        return this.#begin(item, key, { type: content.type });
      case "tool-call":
        return this.#call(item, content.id, content.name);
      case "reasoning": {
        const { id, isSummary, redacted } = content;
        return this.#begin(item, key, {
          ...reasoning(id),
          ...(isSummary !== undefined && { isSummary }),
          ...(redacted !== undefined && { redacted }),
        });
      }
      case "image":
      case "vendor":
        this.#emit({ type: "whole-part", choice: 0, part: this.#parts++, content });
        return undefined;
      default:
        return undefined;
    }
  }

  /** @param source the part on the wire, for what is no part of the canonical one */
  #complete(part: Part, content: AssistantPart, source: unknown): void {
    if (content.type === "tool-call") return this.#catchUp(part, content.arguments);
    if (content.type !== "text" && content.type !== "refusal" && content.type !== "reasoning") return;
    this.#catchUp(part, content.text);
    const base = { choice: 0, part: part.index };
    if (content.type === "text") {
      for (const citation of (content.citations ?? []).slice(part.citations))
        this.#emit({ type: "citation", ...base, citation });
      const logprobs = isJsonObject(source) ? readLogprobs(source["logprobs"]) : [];
      if (!part.hasLogprobs && logprobs.length > 0) this.#emit({ type: "logprobs", choice: 0, logprobs });
    }
    const sealed = content.type === "refusal" ? undefined : content.signature;
    // Where there was a word of it before, sealed thinking is the signature of its part.
    this.#sign(
      part,
      sealed ?? (part.text === "" || content.type !== "reasoning" ? undefined : content.redacted),
    );
  }

  /** What seals an item belongs to its last part, also where its texts have come in another order. */
  #signLast({ parts }: Item, whole: readonly AssistantPart[]): void {
    const last = parts.at(-1);
    const sealed = whole.find((part) => part.type === "reasoning" && part.signature !== undefined);
    if (last === undefined || sealed?.type !== "reasoning" || parts.some((part) => part.hasSignature)) return;
    this.#sign(last, sealed.signature);
  }

  #sign(part: Part, signature: Signature | undefined): void {
    if (signature === undefined || part.hasSignature || !part.isOpen) return;
    part.hasSignature = true;
    this.#emit({ type: "signature", choice: 0, part: part.index, signature });
  }

  #append(part: Part, text: string): void {
    if (text === "" || !part.isOpen) return;
    part.text += text;
    this.#emit({ type: "delta", choice: 0, part: part.index, text });
  }

  /** Tells what a whole text has beyond the pieces; one that differs from them is not told again. */
  #catchUp(part: Part, whole: string): void {
    if (part.type === "tool-call" && part.text === "" && whole === "{}") return;
    if (whole.startsWith(part.text)) this.#append(part, whole.slice(part.text.length));
  }

  #endParts({ parts }: Item): void {
    const last = parts.at(-1);
    if (last?.isOpen !== true) return;
    last.isOpen = false;
    this.#emit({ type: "part-end", choice: 0, part: last.index });
  }
}

/** Whether a part was begun for a content. A structured answer that comes through a call is a text. */
function isFor({ type, isSummary }: Part, content: AssistantPart): boolean {
  if (content.type !== "reasoning") return type === content.type;
  return (
    type === "reasoning" && (content.redacted !== undefined || (content.isSummary === true) === isSummary)
  );
}

function reasoning(id: string | undefined): Extract<StreamedPart, { readonly type: "reasoning" }> {
  return { type: "reasoning", ...(id !== undefined && { id }) };
}
