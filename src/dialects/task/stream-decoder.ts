import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { StreamDecoder } from "../dialect.ts";
import { readEmbeddedError } from "../openai-chat/error.ts";
import { EventLines } from "./event-lines.ts";

/** What a decoder of one shape does with what it is told. */
export interface TypedEvents {
  /** An event by its type. */
  readonly event: (type: string, members: JsonObject) => void;
  readonly fail: (error: VendorError) => void;
  /** The stream has ended in good order after `[DONE]`, or without it. */
  readonly close: (hasEndMarker: boolean) => void;
}

/** Takes a stream of typed events in OpenAI's manner apart, wherever it is cut. Never throws. */
export class TypedEventDecoder implements StreamDecoder {
  readonly #shape: TypedEvents;
  readonly #text = new TextDecoder();
  readonly #lines = new EventLines((data) => this.#data(data));
  #hasFailed = false;
  #hasEndMarker = false;

  constructor(shape: TypedEvents) {
    this.#shape = shape;
  }

  push(bytes: Uint8Array): void {
    if (this.#hasFailed) return;
    this.#lines.push(bytes);
    if (this.#lines.overlong) this.#fail({ kind: "server", message: "a line of the stream is too long" });
  }

  close(): void {
    if (this.#hasFailed) return;
    this.#lines.close();
    if (!this.#hasFailed) this.#shape.close(this.#hasEndMarker);
  }

  #data(data: Uint8Array): void {
    if (this.#hasFailed || this.#hasEndMarker) return;
    const text = this.#text.decode(data).trim();
    if (text === "[DONE]") {
      this.#hasEndMarker = true;
      return;
    }
    const value = tryParseJson(text);
    if (!isJsonObject(value)) {
      if (text !== "") this.#fail({ kind: "server", message: "an event of the stream is no JSON object" });
      return;
    }
    const error = readEmbeddedError(value as JsonObject);
    if (error !== undefined) return this.#fail(error);
    const { type } = value;
    if (typeof type === "string") this.#shape.event(type, value as JsonObject);
  }

  #fail(error: VendorError): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#shape.fail(error);
  }
}
