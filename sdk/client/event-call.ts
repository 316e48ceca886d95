import type { CallOptions } from "./client-options.ts";
import { type ClientErrorDetails, LatchkeyClientError } from "./error.ts";
import { discard } from "./error-answer.ts";
import type { ClientErrorKind } from "./error-kind.ts";
import { type ResponseInfo, readResponseInfo } from "./response-info.ts";
import { EventTooLargeError, type ServerSentEvent, SseParser } from "./sse-parser.ts";
import type { Call, ClientRequest, Transport } from "./transport.ts";

/** How long a server may take to end its answer after the last event, before it is hung up on. */
const LINGER_MS = 1_000;
const EVENT_STREAM = /^text\/event-stream\s*(?:;|$)/i;

/** What is used of a stream's reader; platforms' own types of it differ. */
interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
}

/**
 * A call whose answer is a stream of events. Nothing is sent before `info` or `events` is used, so a stream that
 * nobody reads holds no connection.
 */
export class EventCall {
  readonly #transport: Transport;
  readonly #request: ClientRequest;
  readonly #options: CallOptions;
  #call: Call | undefined;
  #opened: Promise<Response> | undefined;
  #reader: ByteReader | undefined;
  #info: ResponseInfo | undefined;

  constructor(transport: Transport, request: ClientRequest, options: CallOptions) {
    this.#transport = transport;
    this.#request = request;
    this.#options = options;
  }

  /** What the answer's headers say. */
  async info(): Promise<ResponseInfo> {
    return readResponseInfo((await this.#open()).headers);
  }

  /**
   * The events as they come. When the bytes end within an event, that one is what the generator returns.
   * @throws LatchkeyClientError
   */
  async *events(): AsyncGenerator<ServerSentEvent, ServerSentEvent | undefined, undefined> {
    const { body } = await this.#open();
    if (body === null) return undefined;
    const parser = new SseParser();
    const reader: ByteReader = body.getReader();
    this.#reader = reader;
    try {
      while (true) {
        const chunk = await reader.read();
        if (chunk.value === undefined) return parser.end();
        yield* parser.push(chunk.value);
      }
    } catch (cause) {
      throw this.#readFailure(cause);
    }
  }

  /** To be struck out of texts of the outside. */
  get key(): string {
    return this.#transport.key;
  }

  /** An error of this call, with its request id. */
  failure(kind: ClientErrorKind, message: string, details: ClientErrorDetails = {}): LatchkeyClientError {
    return new LatchkeyClientError(kind, message, { ...details, requestId: this.#info?.requestId });
  }

  /**
   * Lets the answer end by itself after its last event, so that the connection can be used again and the
   * gateway does not take the call for an aborted one.
   */
  async finish(): Promise<void> {
    if (this.#call === undefined || this.#reader === undefined) return;
    const { scope } = this.#call;
    const patience = scope.sleep(LINGER_MS);
    await Promise.race([readToEnd(this.#reader), patience]).catch(() => undefined);
    scope.abort();
  }

  /** Hangs up. */
  abort(): void {
    this.#call?.scope.abort();
  }

  #open(): Promise<Response> {
    this.#opened ??= this.#send();
    return this.#opened;
  }

  async #send(): Promise<Response> {
    const call = this.#transport.begin(this.#options);
    this.#call = call;
    try {
      const response = await this.#transport.send(this.#request, call);
      this.#info = readResponseInfo(response.headers);
      this.#checkContentType(response);
      return response;
    } catch (error) {
      call.scope.close();
      throw error;
    }
  }

  #checkContentType(response: Response): void {
    const contentType = response.headers.get("content-type") ?? "no content type";
    if (EVENT_STREAM.test(contentType)) return;
    discard(response);
    throw this.failure("protocol", `The answer is no event stream (${contentType}).`);
  }

  #readFailure(cause: unknown): LatchkeyClientError {
    const ended = this.#call?.scope.failure;
    if (ended !== undefined) return ended;
    if (cause instanceof EventTooLargeError) return this.failure("protocol", cause.message, { cause });
    return this.failure("cut-stream", "The connection broke in the middle of the stream.", { cause });
  }
}

async function readToEnd(reader: ByteReader): Promise<void> {
  let done = false;
  while (!done) ({ done } = await reader.read());
}
