import type { AssistantPart, ReasoningPart, VendorPart } from "../../canonical/content.ts";
import type { AssistantMessage } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { renderAnnotation } from "./citation.ts";
import { type ContentOptions, foreignPart, noteCache, vendorItem } from "./render-content.ts";
import { isSameItem, reasoningItem, sealedOf } from "./render-reasoning.ts";

/** What the model has said, as items in their order: texts that follow each other are one message. */
export function renderAssistant(
  { content, isPrefix }: AssistantMessage,
  path: string,
  options: ContentOptions,
): readonly JsonObject[] {
  if (isPrefix === true) {
    const reason = "cannot be gone on with in OpenAI's Responses API";
    options.losses.push({ path, isHarmless: false, reason });
  }
  const turn = new AssistantItems(options);
  for (const [index, part] of content.entries()) turn.add(part, `${path}.content[${index}]`);
  return turn.end();
}

class AssistantItems {
  readonly #options: ContentOptions;
  readonly #items: JsonObject[] = [];
  #texts: JsonObject[] = [];
  #phase: string | undefined;
  #thinking: ReasoningPart[] = [];
  #thinkingPath = "";

  constructor(options: ContentOptions) {
    this.#options = options;
  }

  add(part: AssistantPart, path: string): void {
    if (part.type === "reasoning") return this.#think(part, path);
    if ("cache" in part) noteCache(part.cache, path, this.#options.losses);
    this.#flushThinking();
    switch (part.type) {
      case "text":
        return this.#say(textPart(part), phaseOf(part));
      case "refusal":
        return this.#say({ type: "refusal", refusal: part.text }, undefined);
      case "spoken":
        if (part.transcript === undefined) return this.#lose(path);
        return this.#say({ type: "output_text", text: part.transcript, annotations: [] }, undefined);
      case "tool-call": {
        const { id, name, arguments: text } = part;
        return this.#put({ type: "function_call", call_id: id, name, arguments: text || "{}" });
      }
      case "image":
        return this.#put(imageItem(part), path);
      case "vendor":
        return this.#put(vendorItem(part), path, part);
    }
  }

  end(): readonly JsonObject[] {
    this.#flushThinking();
    this.#flushTexts();
    return this.#items;
  }

  #say(part: JsonObject, phase: string | undefined): void {
    if (part["text"] === "") return;
    if (phase !== this.#phase) this.#flushTexts();
    this.#phase = phase;
    this.#texts.push(part);
  }

  #put(item: JsonObject | undefined, path = "", part?: VendorPart): void {
    if (item === undefined) return void this.#options.losses.push(foreignPart(path, part));
    this.#flushTexts();
    this.#items.push(item);
  }

  #think(part: ReasoningPart, path: string): void {
    this.#flushTexts();
    if (!isSameItem(this.#thinking[0], part)) this.#flushThinking();
    if (this.#thinking.length === 0) this.#thinkingPath = path;
    this.#thinking.push(part);
  }

  /** Thinking that is not sealed is another vendor's, or of a server that wants none of it back. */
  #flushThinking(): void {
    const parts = this.#thinking;
    const [first] = parts;
    if (first === undefined) return;
    this.#thinking = [];
    const sealed = parts.map(sealedOf).find((text) => text !== undefined);
    if (sealed !== undefined || this.#options.quirks.reasoningText) {
      this.#items.push(reasoningItem(parts, first.id, sealed));
    } else {
      const reason = "is not sealed thinking of OpenAI";
      this.#options.losses.push({ path: this.#thinkingPath, isHarmless: true, reason });
    }
  }

  #flushTexts(): void {
    if (this.#texts.length > 0) {
      const phase = this.#phase === undefined ? {} : { phase: this.#phase };
      this.#items.push({ type: "message", role: "assistant", content: this.#texts, ...phase });
    }
    this.#texts = [];
    this.#phase = undefined;
  }

  #lose(path: string): void {
    this.#options.losses.push(foreignPart(path));
  }
}

function textPart({ text, citations = [] }: Extract<AssistantPart, { readonly type: "text" }>): JsonObject {
  const annotations = citations.map((citation) => renderAnnotation(citation, text.length));
  return { type: "output_text", text, annotations };
}

function phaseOf({ signature }: Extract<AssistantPart, { readonly type: "text" }>): string | undefined {
  return signature?.dialect === "openai-responses" ? signature.value : undefined;
}

/** A picture goes back as the step that has made it, which only its own vendor knows. */
function imageItem({
  source,
  signature,
}: Extract<AssistantPart, { readonly type: "image" }>): JsonObject | undefined {
  if (signature?.dialect !== "openai-responses" || source.kind !== "base64") return undefined;
  return { type: "image_generation_call", id: signature.value, status: "completed", result: source.data };
}
