import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type { Citation, Signature } from "../../canonical/content.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type ItemStatus, messageItem, outputText, phaseOf } from "./answer-item.ts";
import { renderAnnotation } from "./citation.ts";
import { renderLogprobs } from "./logprobs.ts";
import { type StreamedContent, StreamedItem } from "./streamed-item.ts";

/** A message of the model as it comes. */
export class StreamedMessage extends StreamedItem {
  readonly #content: JsonObject[] = [];
  #contents = 0;
  #phase: string | undefined;

  /** Begins a text or a refusal. @returns the part and the events that tell of it */
  add(kind: "text" | "refusal"): readonly [part: StreamedContent, events: string] {
    const part = new MessageContent(this, this.#contents++, kind);
    this.openParts++;
    const empty = JSON.stringify(part.value);
    return [part, this.tell("response.content_part.added", part.index, `"part":${empty}`)];
  }

  /** An event about one of the parts. */
  tell(type: string, content: number, members: string): string {
    return this.inner(type, `"content_index":${content},${members}`);
  }

  /** Takes a whole part. */
  take(index: number, value: JsonObject): string {
    this.openParts--;
    this.#content[index] = value;
    return this.tell("response.content_part.done", index, `"part":${JSON.stringify(value)}`);
  }

  /** The next text is a message of its own. */
  close(phase: string | undefined): void {
    this.#phase = phase;
    this.isClosed = true;
  }

  protected render(status: ItemStatus): JsonObject {
    return messageItem(this.id, status, this.#content, this.#phase);
  }
}

class MessageContent implements StreamedContent {
  foreignSignature: Signature | undefined;
  readonly item: StreamedMessage;
  readonly index: number;
  readonly #isText: boolean;
  readonly #annotations: JsonObject[] = [];
  readonly #logprobs: TokenLogprob[] = [];
  #text = "";

  constructor(item: StreamedMessage, index: number, kind: "text" | "refusal") {
    this.item = item;
    this.index = index;
    this.#isText = kind === "text";
  }

  get value(): JsonObject {
    return this.#isText
      ? outputText(this.#text, this.#annotations, this.#logprobs)
      : { type: "refusal", refusal: this.#text };
  }

  delta(text: string): string {
    this.#text += text;
    return this.#isText
      ? this.#tell("response.output_text.delta", `"delta":${JSON.stringify(text)},"logprobs":[]`)
      : this.#tell("response.refusal.delta", `"delta":${JSON.stringify(text)}`);
  }

  logprobs(logprobs: readonly TokenLogprob[]): string {
    if (!this.#isText) return "";
    this.#logprobs.push(...logprobs);
    const rendered = JSON.stringify(renderLogprobs(logprobs));
    return this.#tell("response.output_text.delta", `"delta":"","logprobs":${rendered}`);
  }

  cite(citation: Citation): string {
    if (!this.#isText) return "";
    const annotation = renderAnnotation(citation, this.#text.length);
    const index = this.#annotations.push(annotation) - 1;
    return this.#tell(
      "response.output_text.annotation.added",
      `"annotation_index":${index},"annotation":${JSON.stringify(annotation)}`,
    );
  }

  sign(signature: Signature): void {
    this.item.close(phaseOf(signature));
    if (signature.dialect !== "openai-responses") this.foreignSignature = signature;
  }

  endPart(): string {
    const text = JSON.stringify(this.#text);
    const logprobs = JSON.stringify(renderLogprobs(this.#logprobs));
    const done = this.#isText
      ? this.#tell("response.output_text.done", `"text":${text},"logprobs":${logprobs}`)
      : this.#tell("response.refusal.done", `"refusal":${text}`);
    return done + this.item.take(this.index, this.value);
  }

  #tell(type: string, members: string): string {
    return this.item.tell(type, this.index, members);
  }
}
