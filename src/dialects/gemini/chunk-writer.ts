import type { JsonObject } from "../../kernel/json.ts";

/** Writes the chunks of a stream: as server-sent events or as the elements of one JSON array. */
export class ChunkWriter {
  readonly #asArray: boolean;
  #isEmpty = true;

  constructor(asArray: boolean) {
    this.#asArray = asArray;
  }

  /** A chunk with its framing. */
  chunk(value: JsonObject): string {
    return this.text(JSON.stringify(value));
  }

  /** The same for a chunk that is JSON text already, without line breaks. */
  text(json: string): string {
    if (!this.#asArray) return `data: ${json}\r\n\r\n`;
    const before = this.#isEmpty ? "[" : ",\r\n";
    this.#isEmpty = false;
    return before + json;
  }

  /** An element has been written by somebody else. */
  passed(): void {
    this.#isEmpty = false;
  }

  /** A sign of life: a comment, or white space between elements. */
  ping(): string {
    if (!this.#asArray) return ": ping\r\n\r\n";
    return this.#isEmpty ? "" : "\r\n";
  }

  /** The end, which events have none of. */
  end(): string {
    if (!this.#asArray) return "";
    return this.#isEmpty ? "[]" : "]";
  }
}
