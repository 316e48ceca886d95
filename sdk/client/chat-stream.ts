import type { ChatCompletionChunk } from "./chat-completion.ts";
import type { EventCall } from "./event-call.ts";
import { type EventReader, ItemStream, type Step } from "./item-stream.ts";
import { isRecord, parseJson } from "./json.ts";
import type { ResponseInfo } from "./response-info.ts";
import type { ServerSentEvent } from "./sse-parser.ts";
import { streamedError } from "./streamed-error.ts";

/** What ends a stream of chat chunks. */
const DONE = "[DONE]";

/**
 * A streamed chat completion. It is sent when it is first iterated or asked for its `response`. Leaving the
 * iteration early aborts it.
 * @example for await (const text of client.chat.stream({ model: "fast", messages }).text()) print(text);
 */
export class ChatStream implements AsyncIterable<ChatCompletionChunk> {
  readonly #call: EventCall;
  readonly #items: ItemStream<ChatCompletionChunk>;

  constructor(call: EventCall) {
    this.#call = call;
    this.#items = new ItemStream(call, new ChatEventReader(call));
  }

  /** @throws TypeError when the stream is already being iterated */
  [Symbol.asyncIterator](): AsyncIterator<ChatCompletionChunk, undefined, undefined> {
    return this.#items.iterate();
  }

  /** The text of the first choice alone, piece by piece; takes the place of iterating the stream itself. */
  async *text(): AsyncGenerator<string, void, undefined> {
    for await (const { choices } of this) {
      const content = choices.find(({ index }) => index === 0)?.delta.content;
      if (content) yield content;
    }
  }

  /** What the answer's headers say, as soon as they are there. */
  get response(): Promise<ResponseInfo> {
    const info = this.#call.info();
    // An iteration tells the error as well: unheard here, it must not end the process.
    info.catch(() => undefined);
    return info;
  }
}

class ChatEventReader implements EventReader<ChatCompletionChunk> {
  readonly #call: EventCall;

  constructor(call: EventCall) {
    this.#call = call;
  }

  read({ data }: ServerSentEvent): Step<ChatCompletionChunk> {
    if (data === DONE) return { item: undefined, isLast: true };
    const value = parseJson(data);
    if (isRecord(value) && isRecord(value["error"])) throw streamedError(this.#call, value);
    if (isChunk(value)) return { item: value, isLast: false };
    throw this.#call.failure("protocol", "An event of the stream is no chat completion chunk.");
  }

  /** Some servers hang up right after the last event, without the empty line that ends it. */
  isCompleteWith({ data }: ServerSentEvent): boolean {
    return data === DONE;
  }
}

function isChunk(value: unknown): value is ChatCompletionChunk {
  return isRecord(value) && Array.isArray(value["choices"]);
}
