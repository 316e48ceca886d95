import type { Signature } from "../../canonical/content.ts";
import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { renderCitation } from "./citation.ts";
import { renderEvent } from "./render-event.ts";
import { sealedBlocks, textBlock, toolUseBlock } from "./render-response.ts";
import { sealReasoning, sealRedacted } from "./sealed-reasoning.ts";

/** Events that belong to one part. */
type PartEvent = Extract<StreamEvent, { readonly part: number }>;

/** A part that has begun: written at once when it is its turn, kept until then. */
interface OpenPart {
  readonly part: number;
  readonly content: StreamedPart;
  signature: Signature | undefined;
  /** What waits for its turn. */
  waiting: PartEvent[];
}

const TEXT = '"type":"text_delta","text":';
/** The beginning of a delta's members, up to its words. */
const WORDS: Readonly<Record<StreamedPart["type"], string>> = {
  text: TEXT,
  refusal: TEXT,
  spoken: TEXT,
  reasoning: '"type":"thinking_delta","thinking":',
  "tool-call": '"type":"input_json_delta","partial_json":',
};

/** Writes the blocks of a stream one after the other, with indexes that count from 0. */
export class BlockWriter {
  /** Words with which the model declines. */
  refusal: string | undefined;
  /** Parts that have begun and are not written to their end, in order; the first is being written. */
  readonly #open: OpenPart[] = [];
  #index = 0;

  write(event: PartEvent): string {
    if (event.type === "part-start") return this.#add(event, event.content);
    if (event.type === "whole-part") {
      if (event.content.type !== "vendor" || event.content.dialect !== "anthropic-messages") return "";
      const end = { type: "part-end", choice: event.choice, part: event.part } as const;
      // Its place in the order counts as that of any other part.
      return this.#add(event, { type: "text" }) + this.write(end);
    }
    const open = this.#open.find(({ part }) => part === event.part);
    if (open === undefined) return "";
    if (open !== this.#open[0]) {
      open.waiting.push(event);
      return "";
    }
    return this.#apply(open, event) + this.#catchUp();
  }

  /** Ends whatever is still open. */
  close(): string {
    let text = "";
    while (this.#open[0] !== undefined) {
      const { part } = this.#open[0];
      text += this.#apply(this.#open[0], { type: "part-end", choice: 0, part }) + this.#catchUp();
    }
    return text;
  }

  #add(event: PartEvent, content: StreamedPart): string {
    const open: OpenPart = {
      part: event.part,
      content,
      signature: content.type === "tool-call" ? content.signature : undefined,
      waiting: [],
    };
    this.#open.push(open);
    if (open === this.#open[0]) return this.#apply(open, event);
    open.waiting.push(event);
    return "";
  }

  #apply(open: OpenPart, event: PartEvent): string {
    switch (event.type) {
      case "part-start":
        return this.#blockStart(startBlock(event.content));
      case "whole-part":
        return this.#blockStart(wholeBlock(event.content));
      case "delta": {
        if (open.content.type === "refusal" && event.text !== "")
          this.refusal = (this.refusal ?? "") + event.text;
        return this.#words(open.content.type, event.text);
      }
      case "citation":
        return this.#delta({ type: "citations_delta", citation: renderCitation(event.citation) });
      case "signature":
        open.signature = event.signature;
        return "";
      case "part-end":
        return this.#end(open);
      default:
        return "";
    }
  }

  #end(open: OpenPart): string {
    const { content, signature } = open;
    let text = "";
    if (content.type === "reasoning" && content.redacted === undefined) {
      const sealed = sealReasoning({ ...content, ...(signature !== undefined && { signature }) });
      if (sealed !== "") text += this.#delta({ type: "signature_delta", signature: sealed });
    }
    text += this.#blockStop();
    if (content.type === "text" || content.type === "tool-call") text += this.#seal(signature);
    this.#open.shift();
    return text;
  }

  /** Writes what has come for the next part in the meantime. */
  #catchUp(): string {
    let text = "";
    for (let next = this.#open[0]; next !== undefined && next.waiting.length > 0; next = this.#open[0]) {
      const { waiting } = next;
      next.waiting = [];
      for (const event of waiting) text += this.#apply(next, event);
    }
    return text;
  }

  /** A signature that a block of this kind has no place for follows in one of its own. */
  #seal(signature: Signature | undefined): string {
    const [block] = sealedBlocks({ ...(signature !== undefined && { signature }) });
    if (block === undefined) return "";
    const delta = { type: "signature_delta", signature: block["signature"] };
    return this.#blockStart({ ...block, signature: "" }) + this.#delta(delta) + this.#blockStop();
  }

  #blockStart(content_block: JsonObject): string {
    return renderEvent({ type: "content_block_start", index: this.#index, content_block });
  }

  #delta(delta: JsonObject): string {
    return renderEvent({ type: "content_block_delta", index: this.#index, delta });
  }

  /** A piece of words. Most events of a stream are such: they are written without an object made for each. */
  #words(type: StreamedPart["type"], text: string): string {
    const delta = WORDS[type] + JSON.stringify(text);
    return `event: content_block_delta\ndata: {"type":"content_block_delta","index":${this.#index},"delta":{${delta}}}\n\n`;
  }

  #blockStop(): string {
    return renderEvent({ type: "content_block_stop", index: this.#index++ });
  }
}

function startBlock(content: StreamedPart): JsonObject {
  switch (content.type) {
    case "reasoning":
      return content.redacted === undefined
        ? { type: "thinking", thinking: "", signature: "" }
        : { type: "redacted_thinking", data: sealRedacted(content.redacted, content.id) };
    case "tool-call":
      return toolUseBlock(content);
    case "text":
    case "refusal":
    case "spoken":
      return textBlock("");
  }
}

function wholeBlock(content: (StreamEvent & { readonly type: "whole-part" })["content"]): JsonObject {
  return content.type === "vendor" && isJsonObject(content.value)
    ? (content.value as JsonObject)
    : textBlock("");
}
