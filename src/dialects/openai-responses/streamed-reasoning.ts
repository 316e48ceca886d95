import type { ReasoningPart, Signature } from "../../canonical/content.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { thinkingItem } from "./answer-item.ts";
import type { EventWriter } from "./event-writer.ts";
import { type StreamedContent, StreamedItem } from "./streamed-item.ts";

/** Thinking as it comes. Its texts stand among the summaries or in the content, each counted apart. */
export class StreamedReasoning extends StreamedItem {
  /** The id of the part that began it; parts with the same one go on. */
  readonly partId: string | undefined;
  readonly #parts: ReasoningPart[] = [];
  #summaries = 0;
  #contents = 0;

  constructor(writer: EventWriter, id: string, index: number, partId: string | undefined) {
    super(writer, id, index);
    this.partId = partId;
  }

  /** Begins a text. Nothing is told of it before its first word: what is sealed only has none. */
  add(isSummary: boolean, redacted: Signature | undefined): StreamedContent {
    this.openParts++;
    return new ReasoningContent(this, isSummary, redacted);
  }

  /** The place of the next text. */
  place(isSummary: boolean): number {
    return isSummary ? this.#summaries++ : this.#contents++;
  }

  /** An event about one of the texts. */
  tell(type: string, isSummary: boolean, index: number, members: string): string {
    return this.inner(type, `"${isSummary ? "summary" : "content"}_index":${index},${members}`);
  }

  /** Takes a whole part. */
  take(part: ReasoningPart): void {
    this.openParts--;
    this.#parts.push(part);
  }

  protected render(): JsonObject {
    return thinkingItem(this.id, this.#parts, ({ isSummary }) => isSummary === true);
  }
}

class ReasoningContent implements StreamedContent {
  readonly foreignSignature = undefined;
  readonly item: StreamedReasoning;
  readonly #isSummary: boolean;
  readonly #redacted: Signature | undefined;
  #index = -1;
  #signature: Signature | undefined;
  #text = "";

  constructor(item: StreamedReasoning, isSummary: boolean, redacted: Signature | undefined) {
    this.item = item;
    this.#isSummary = isSummary;
    this.#redacted = redacted;
  }

  delta(text: string): string {
    const begin = this.#index < 0 ? this.#begin() : "";
    this.#text += text;
    const type = this.#isSummary ? "response.reasoning_summary_text.delta" : "response.reasoning_text.delta";
    return begin + this.#tell(type, `"delta":${JSON.stringify(text)}`);
  }

  logprobs(): string {
    return "";
  }

  cite(): string {
    return "";
  }

  sign(signature: Signature): void {
    this.#signature = signature;
  }

  endPart(): string {
    this.item.take({
      type: "reasoning",
      text: this.#text,
      isSummary: this.#isSummary,
      ...(this.#signature !== undefined && { signature: this.#signature }),
      ...(this.#redacted !== undefined && { redacted: this.#redacted }),
    });
    if (this.#index < 0) return "";
    const type = this.#isSummary ? "response.reasoning_summary_text.done" : "response.reasoning_text.done";
    return (
      this.#tell(type, `"text":${JSON.stringify(this.#text)}`) +
      this.#tell(this.#partEvent("done"), this.#part())
    );
  }

  #begin(): string {
    this.#index = this.item.place(this.#isSummary);
    return this.#tell(this.#partEvent("added"), this.#part());
  }

  #partEvent(step: "added" | "done"): string {
    return this.#isSummary ? `response.reasoning_summary_part.${step}` : `response.content_part.${step}`;
  }

  #part(): string {
    const type = this.#isSummary ? "summary_text" : "reasoning_text";
    return `"part":{"type":"${type}","text":${JSON.stringify(this.#text)}}`;
  }

  #tell(type: string, members: string): string {
    return this.item.tell(type, this.#isSummary, this.#index, members);
  }
}
