import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type { Citation, Signature } from "../../canonical/content.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { ItemStatus } from "./answer-item.ts";
import type { EventWriter } from "./event-writer.ts";

/** A part that is being streamed. Every method answers the events' wire text. */
export interface StreamedContent {
  readonly item: StreamedItem;
  readonly delta: (text: string) => string;
  readonly logprobs: (logprobs: readonly TokenLogprob[]) => string;
  readonly cite: (citation: Citation) => string;
  readonly sign: (signature: Signature) => void;
  readonly endPart: () => string;
  /** A signature that has no place on the item itself. */
  readonly foreignSignature: Signature | undefined;
}

/** An item that is being streamed: its beginning, its end, and how many of its parts are open in between. */
export abstract class StreamedItem {
  /** JSON text of the whole item, once it has ended. */
  json: string | undefined;
  openParts = 0;
  /** No further part may be put into it. */
  isClosed = false;
  protected readonly writer: EventWriter;
  readonly id: string;
  readonly index: number;

  constructor(writer: EventWriter, id: string, index: number) {
    this.writer = writer;
    this.id = id;
    this.index = index;
  }

  /** The item as it stands. */
  protected abstract render(status: ItemStatus): JsonObject;

  begin(): string {
    return this.event("response.output_item.added", `"item":${JSON.stringify(this.render("in_progress"))}`);
  }

  /** Ends the item; nothing where it has ended before. */
  end(status: "completed" | "incomplete" = "completed"): string {
    if (this.json !== undefined) return "";
    this.isClosed = true;
    this.json = JSON.stringify(this.render(status));
    return this.event("response.output_item.done", `"item":${this.json}`);
  }

  /** An event about the item as a whole. */
  protected event(type: string, members: string): string {
    return this.writer.event(type, `"output_index":${this.index},${members}`);
  }

  /** An event about something in the item. */
  protected inner(type: string, members: string): string {
    return this.event(type, `"item_id":${JSON.stringify(this.id)},${members}`);
  }
}

/** An item that comes whole. */
export class WholeItem extends StreamedItem {
  readonly #item: JsonObject;

  constructor(writer: EventWriter, id: string, index: number, item: JsonObject) {
    super(writer, id, index);
    this.#item = item;
  }

  protected render(): JsonObject {
    return this.#item;
  }
}
