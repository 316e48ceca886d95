import type { EventCall } from "./event-call.ts";
import { type EventReader, ItemStream, type Step } from "./item-stream.ts";
import { isRecord, parseJson } from "./json.ts";
import type { ResponseInfo } from "./response-info.ts";
import type { ServerSentEvent } from "./sse-parser.ts";
import { streamedError } from "./streamed-error.ts";

/** What an endpoint's stream consists of. */
export type EndpointEvent<Output> =
  /** More of the answer's text, as the model writes it. */
  | { readonly type: "delta"; readonly text: string }
  /** All text so far is void: a new attempt begins. */
  | { readonly type: "restart" }
  /** The whole answer, checked against the endpoint's schema. Always the last event. */
  | { readonly type: "output"; readonly output: Output };

/**
 * A streamed call of an endpoint. It is sent when it is first iterated or asked for its `output` or `response`.
 * Leaving the iteration early aborts it.
 * @example for await (const event of client.sentiment.stream({ text })) if (event.type === "delta") print(event.text);
 */
export class EndpointStream<Output> implements AsyncIterable<EndpointEvent<Output>> {
  readonly #call: EventCall;
  readonly #items: ItemStream<EndpointEvent<Output>>;
  #output: Promise<Output> | undefined;

  constructor(call: EventCall) {
    this.#call = call;
    this.#items = new ItemStream(call, new EndpointEventReader<Output>(call));
  }

  /** @throws TypeError when the stream is already being iterated */
  [Symbol.asyncIterator](): AsyncIterator<EndpointEvent<Output>, undefined, undefined> {
    return this.#items.iterate();
  }

  /** The whole answer; asking for it reads the stream to its end, beside an iteration or without one. */
  get output(): Promise<Output> {
    if (this.#output === undefined) {
      this.#output = this.#readOutput();
      // An iteration tells the error as well: unheard here, it must not end the process.
      this.#output.catch(() => undefined);
    }
    return this.#output;
  }

  /** What the answer's headers say, as soon as they are there. */
  get response(): Promise<ResponseInfo> {
    const info = this.#call.info();
    info.catch(() => undefined);
    return info;
  }

  async #readOutput(): Promise<Output> {
    const last = await this.#items.drain();
    if (last?.type !== "output") throw this.#call.failure("protocol", "The stream has no output.");
    return last.output;
  }
}

class EndpointEventReader<Output> implements EventReader<EndpointEvent<Output>> {
  readonly #call: EventCall;

  constructor(call: EventCall) {
    this.#call = call;
  }

  /** Events of other names are passed over: a later gateway may say more. */
  read({ event, data }: ServerSentEvent): Step<EndpointEvent<Output>> {
    switch (event) {
      case "delta":
        return { item: { type: "delta", text: this.#deltaText(data) }, isLast: false };
      case "restart":
        return { item: { type: "restart" }, isLast: false };
      case "output":
        return { item: { type: "output", output: this.#json(data) as Output }, isLast: true };
      case "error":
        throw streamedError(this.#call, this.#json(data));
      default:
        return { item: undefined, isLast: false };
    }
  }

  isCompleteWith(): boolean {
    return false;
  }

  #deltaText(data: string): string {
    const value = this.#json(data);
    if (isRecord(value) && typeof value["text"] === "string") return value["text"];
    throw this.#call.failure("protocol", "A delta event of the stream has no text.");
  }

  #json(data: string): unknown {
    const value = parseJson(data);
    if (value === undefined)
      throw this.#call.failure("protocol", "An event of the stream is not valid JSON.");
    return value;
  }
}
