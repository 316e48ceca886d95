import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import { SseParser } from "../../kernel/sse.ts";
import { type BackgroundAnswer, finishedResponse, responseError, unfinishedResponse } from "./background.ts";

/** Events that the answer has had already when the vendor's stream begins. */
const BEGINNINGS: ReadonlySet<unknown> = new Set(["response.created", "response.queued"]);

/** Events with which a stream ends. */
const ENDS: ReadonlySet<unknown> = new Set(["response.completed", "response.incomplete", "response.failed"]);

/**
 * Events of an answer that is made in the background, out of those of the stream in which it is made: under the name
 * that its caller knows, and numbered through from when it was queued.
 * Wire format: https://platform.openai.com/docs/guides/background (streaming a background response)
 */
export class BackgroundEvents {
  readonly #answer: BackgroundAnswer;
  readonly #emit: (event: string) => void;
  readonly #parser = new SseParser(({ data }) => this.#take(data));
  #sequence = 0;
  #response: JsonObject | undefined;

  /** @param emit takes the wire text of one event, framing included */
  constructor(answer: BackgroundAnswer, emit: (event: string) => void) {
    this.#answer = answer;
    this.#emit = emit;
  }

  /** The answer as the stream has left it; `undefined` where it has not come to an end. */
  get response(): JsonObject | undefined {
    return this.#response;
  }

  /** The answer is queued. */
  begin(): void {
    const response = unfinishedResponse(this.#answer, "queued");
    this.#tell({ type: "response.created", response });
    this.#tell({ type: "response.queued", response });
  }

  /** Takes bytes of the stream, wherever it is cut. */
  push(bytes: Uint8Array): void {
    this.#parser.push(bytes);
  }

  /** The stream has no more bytes. */
  close(): void {
    this.#parser.close();
  }

  /** Tells how the answer has ended. One that was cancelled is incomplete: there is no event of its own for it. */
  end(response: JsonObject): void {
    const { status } = response;
    const isOwn = status === "completed" || status === "failed";
    this.#tell({ type: isOwn ? `response.${status}` : "response.incomplete", response });
  }

  #take(data: string): void {
    const event = tryParseExactJson(data);
    if (!isJsonObject(event) || this.#response !== undefined) return;
    const { type, response } = event;
    if (typeof type !== "string" || BEGINNINGS.has(type)) return;
    if (type === "error") this.#response = this.#failed(event as JsonObject);
    else if (!isJsonObject(response)) this.#tell({ ...(event as JsonObject), type });
    else {
      const named = finishedResponse(this.#answer, response as JsonObject);
      if (ENDS.has(type)) this.#response = named;
      else this.#tell({ ...(event as JsonObject), type, response: named });
    }
  }

  #failed({ message, error }: JsonObject): JsonObject {
    const words = isJsonObject(error) ? error["message"] : message;
    const told = responseError(500, typeof words === "string" ? words : "");
    return unfinishedResponse(this.#answer, "failed", told);
  }

  #tell(event: JsonObject & { readonly type: string }): void {
    const data = JSON.stringify({ ...event, sequence_number: this.#sequence++ });
    this.#emit(`event: ${event.type}\ndata: ${data}\n\n`);
  }
}
