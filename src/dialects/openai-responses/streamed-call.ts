import type { Signature } from "../../canonical/content.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { callItem, type ItemStatus } from "./answer-item.ts";
import type { EventWriter } from "./event-writer.ts";
import { type StreamedContent, StreamedItem } from "./streamed-item.ts";

/** A call of a function as it comes: an item with one part, its arguments. */
export class StreamedCall extends StreamedItem implements StreamedContent {
  foreignSignature: Signature | undefined;
  readonly #call: { readonly id: string; readonly name: string };
  #text = "";

  constructor(
    writer: EventWriter,
    id: string,
    index: number,
    call: { readonly id: string; readonly name: string },
  ) {
    super(writer, id, index);
    this.#call = call;
    this.openParts = 1;
    this.isClosed = true;
  }

  get item(): StreamedItem {
    return this;
  }

  delta(text: string): string {
    this.#text += text;
    return this.inner("response.function_call_arguments.delta", `"delta":${JSON.stringify(text)}`);
  }

  logprobs(): string {
    return "";
  }

  cite(): string {
    return "";
  }

  sign(signature: Signature): void {
    this.foreignSignature = signature;
  }

  endPart(): string {
    // A call without arguments streams none; clients add up what they get.
    const empty = this.#text === "" ? this.delta("{}") : "";
    this.openParts = 0;
    const members = `"arguments":${JSON.stringify(this.#text)},"name":${JSON.stringify(this.#call.name)}`;
    return empty + this.inner("response.function_call_arguments.done", members);
  }

  protected render(status: ItemStatus): JsonObject {
    return callItem(this.id, status, this.#call, this.#text);
  }
}
