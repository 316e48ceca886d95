import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseKeeping } from "../../kernel/json-exact.ts";
import { type SseEvent, SseParser } from "../../kernel/sse.ts";
import type { StreamDecoder, TargetTraits } from "../dialect.ts";
import { malformedIn } from "../malformed-call.ts";
import { readAnnotation } from "./citation.ts";
import { readError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { readFinishReason } from "./finish-reason.ts";
import { ItemsReader } from "./items-reader.ts";
import { readLogprobs } from "./logprobs.ts";
import { newAnswerId } from "./response.ts";
import { readUsage } from "./usage.ts";

/**
 * Reads a stream of `response.*` events. Servers differ: some leave out the deltas, some the `added` or `done`
 * events, some name events in the data only; what is missing is taken from what comes later.
 * Wire format: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesStreamDecoder implements StreamDecoder {
  readonly #emit: (event: StreamEvent) => void;
  readonly #model: string;
  readonly #items: ItemsReader;
  readonly #sse = new SseParser(
    (event) => this.#take(event),
    () => this.#ping(),
  );
  #hasStarted = false;
  #isOver = false;

  constructor({ upstreamModel }: TargetTraits, emit: (event: StreamEvent) => void) {
    this.#model = upstreamModel;
    this.#emit = emit;
    this.#items = new ItemsReader(emit);
  }

  push(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#sse.push(bytes);
    if (this.#sse.isOverlong && !this.#isOver)
      this.#fail({ kind: "server", message: "an event of the stream is too long" });
  }

  close(): void {
    if (!this.#isOver) this.#sse.close();
  }

  #ping(): void {
    if (!this.#isOver && this.#hasStarted) this.#emit({ type: "ping" });
  }

  #take({ event, data }: SseEvent): void {
    // Some servers end with a marker, or keep the connection alive with events that say nothing.
    if (this.#isOver || data === "[DONE]" || data === "") return;
    const value = tryParseKeeping(data, exactMembers);
    if (!isJsonObject(value))
      return this.#fail({ kind: "server", message: "an event of the stream is not JSON" });
    const members = value as JsonObject;
    const { type } = members;
    const wrong = malformedIn(() => this.#event(typeof type === "string" ? type : event, members));
    if (wrong !== undefined) this.#fail({ kind: "server", message: wrong });
  }

  #event(type: string, event: JsonObject): void {
    const { output_index: at, content_index: content, delta } = event;
    const index = numberOf(at);
    const part = numberOf(content);
    switch (type) {
      case "response.output_text.delta":
        this.#start();
        this.#items.text(index, part, textOf(delta));
        return this.#logprobs(event["logprobs"], index, part);
      case "response.function_call_arguments.delta":
        this.#start();
        return this.#items.arguments(index, textOf(delta));
      case "response.reasoning_summary_text.delta":
        this.#start();
        return this.#items.summary(index, numberOf(event["summary_index"]), textOf(delta));
      case "response.reasoning_text.delta":
        this.#start();
        return this.#items.thinking(index, part, textOf(delta));
      case "response.refusal.delta":
        this.#start();
        return this.#items.refusal(index, part, textOf(delta));
      default:
        return this.#rare(type, event, index, part);
    }
  }

  #rare(type: string, event: JsonObject, index: number, part: number): void {
    const { item, response, annotation } = event;
    switch (type) {
      case "response.created":
      case "response.queued":
      case "response.in_progress":
        return this.#start(isJsonObject(response) ? (response as JsonObject) : {});
      case "response.output_item.added":
        this.#start();
        return isJsonObject(item) ? this.#items.added(index, item as JsonObject) : undefined;
      case "response.output_item.done":
        this.#start();
        return isJsonObject(item) ? this.#items.done(index, item as JsonObject) : undefined;
      case "response.output_text.annotation.added":
        if (isJsonObject(annotation))
          this.#items.citation(index, part, readAnnotation(annotation as JsonObject));
        return;
      case "response.completed":
      case "response.incomplete":
        return this.#end(isJsonObject(response) ? (response as JsonObject) : {}, type);
      case "response.failed":
        return this.#fail(failureOf(response));
      case "error":
        return this.#fail(readError(event, 500));
      default:
        // Steps of the vendor's own tools, and events that are new; an error may come without a name.
        if (event["error"] !== undefined && event["error"] !== null) this.#fail(readError(event, 500));
        return;
    }
  }

  #logprobs(logprobs: unknown, index: number, part: number): void {
    if (Array.isArray(logprobs) && logprobs.length > 0)
      this.#items.logprobs(index, part, readLogprobs(logprobs));
  }

  #start(response: JsonObject = {}): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const { id, model, created_at: created, service_tier: tier } = response;
    this.#emit({
      type: "start",
      id: typeof id === "string" ? id : newAnswerId(),
      model: typeof model === "string" ? model : this.#model,
      ...(typeof created === "number" && { createdS: Math.floor(created) }),
      ...(typeof tier === "string" && tier !== "auto" && { serviceTier: tier }),
    });
  }

  #end(response: JsonObject, type: string): void {
    this.#start(response);
    const { output, status: said } = response;
    this.#items.end(Array.isArray(output) ? output : []);
    const status = type === "response.incomplete" || said === "incomplete" ? "incomplete" : "completed";
    const reason = readFinishReason({ ...response, status }, this.#items);
    this.#emit({ type: "finish", choice: 0, reason });
    const usage = readUsage(response["usage"]);
    if (usage !== undefined) this.#emit({ type: "usage", usage });
    this.#isOver = true;
    this.#emit({ type: "end" });
  }

  #fail(error: VendorError): void {
    this.#isOver = true;
    this.#emit({ type: "error", error });
  }
}

function textOf(delta: unknown): string {
  return typeof delta === "string" ? delta : "";
}

function failureOf(response: unknown): VendorError {
  const error = isJsonObject(response) ? response["error"] : undefined;
  return isJsonObject(error)
    ? readError(error as JsonObject, 500)
    : { kind: "server", message: "the answer has failed" };
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
