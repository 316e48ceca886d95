import type { FinishReason } from "../../canonical/finish-reason.ts";
import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseKeeping } from "../../kernel/json-exact.ts";
import { type SseEvent, SseParser } from "../../kernel/sse.ts";
import type { StreamDecoder } from "../dialect.ts";
import { malformedIn } from "../malformed-call.ts";
import { BlockReader } from "./block-reader.ts";
import { readError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { readFinishReason } from "./finish-reason.ts";
import { newAnswerId, refusalOf, tierOf } from "./response.ts";
import { mergeUsage, readUsage } from "./usage.ts";

/**
 * Reads a stream of Anthropic's events. Usage is told twice, in `message_start` and as totals in `message_delta`;
 * failures are `error` events under status 200.
 * Wire format: https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export class AnthropicStreamDecoder implements StreamDecoder {
  readonly #emit: (event: StreamEvent) => void;
  readonly #model: string;
  readonly #events = new SseParser((event) => this.#event(event));
  readonly #blocks = new Map<unknown, BlockReader>();
  #parts = 0;
  #hasStarted = false;
  #isOver = false;
  #isClosing = false;
  #hasToolCalls = false;
  #hasText = false;
  #usage: JsonObject = {};
  #reason: { readonly word: unknown; readonly stopText?: string } | undefined;

  constructor(model: string, emit: (event: StreamEvent) => void) {
    this.#model = model;
    this.#emit = emit;
  }

  push(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#events.push(bytes);
    if (this.#events.isOverlong)
      this.#fail({ kind: "server", message: "an event of the stream is too long" });
  }

  close(): void {
    if (this.#isOver) return;
    this.#isClosing = true;
    // What has no `message_stop` by now was cut.
    this.#events.close();
  }

  #event({ event: name, data }: SseEvent): void {
    if (this.#isOver || data === "[DONE]") return;
    const event = tryParseKeeping(data, exactMembers);
    if (!isJsonObject(event)) {
      // The rest of a line that was cut off.
      if (this.#isClosing) return;
      return this.#fail({ kind: "server", message: "an event of the stream is not JSON" });
    }
    const wrong = malformedIn(() => this.#message((event["type"] as unknown) ?? name, event as JsonObject));
    if (wrong !== undefined) this.#fail({ kind: "server", message: wrong });
  }

  #message(type: unknown, event: JsonObject): void {
    switch (type) {
      case "message_start":
        return this.#start(event["message"]);
      case "content_block_start":
        return this.#blockStart(event["index"], event["content_block"]);
      case "content_block_delta":
        if (isJsonObject(event["delta"]))
          this.#blocks.get(event["index"])?.delta(event["delta"] as JsonObject);
        return;
      case "content_block_stop":
        return this.#blockStop(event["index"]);
      case "message_delta":
        return this.#messageDelta(event);
      case "message_stop":
        return this.#end();
      case "ping":
        return this.#emit({ type: "ping" });
      case "error":
        return this.#fail(readError(event["error"], JSON.stringify(event)));
      default:
        // Kinds of events that are new mean nothing here.
        return;
    }
  }

  #start(message: unknown): void {
    const members: Readonly<Record<string, unknown>> = isJsonObject(message) ? message : {};
    if (this.#hasStarted)
      return this.#fail({ kind: "server", message: "a second answer begins in the middle of the first" });
    this.#hasStarted = true;
    const { id, model } = members;
    this.#usage = mergeUsage({}, members["usage"]);
    const usage = readUsage(this.#usage);
    const serviceTier = tierOf(this.#usage);
    this.#emit({
      type: "start",
      id: typeof id === "string" ? id : newAnswerId(),
      model: typeof model === "string" ? model : this.#model,
      ...(usage !== undefined && { usage }),
      ...(serviceTier !== undefined && { serviceTier }),
    });
  }

  #blockStart(index: unknown, block: unknown): void {
    if (!isJsonObject(block)) return;
    if (!this.#hasStarted) this.#start(undefined);
    this.#blockStop(index);
    const reader = new BlockReader(block as JsonObject, () => this.#parts++, this.#emit);
    if (reader.isToolCall) this.#hasToolCalls = true;
    if (block["type"] === "text") this.#hasText = true;
    this.#blocks.set(index, reader);
  }

  #blockStop(index: unknown): void {
    this.#blocks.get(index)?.stop();
    this.#blocks.delete(index);
  }

  #messageDelta({ delta, usage }: JsonObject): void {
    this.#usage = mergeUsage(this.#usage, usage);
    if (!isJsonObject(delta)) return;
    const { stop_reason: word, stop_sequence: stopText } = delta;
    if (typeof word !== "string") return;
    this.#reason = { word, ...(typeof stopText === "string" && { stopText }) };
    const explanation = refusalOf(delta["stop_details"]);
    if (explanation !== undefined && !this.#hasText) this.#refuse(explanation);
  }

  #refuse(explanation: string): void {
    if (!this.#hasStarted) this.#start(undefined);
    this.#hasText = true;
    const part = this.#parts++;
    this.#emit({ type: "part-start", choice: 0, part, content: { type: "refusal" } });
    this.#emit({ type: "delta", choice: 0, part, text: explanation });
    this.#emit({ type: "part-end", choice: 0, part });
  }

  #end(): void {
    if (!this.#hasStarted) return this.#fail({ kind: "server", message: "the stream ends before it begins" });
    for (const reader of this.#blocks.values()) reader.stop();
    this.#blocks.clear();
    const { word, stopText } = this.#reason ?? {};
    const reason: FinishReason = readFinishReason(word, this.#hasToolCalls);
    this.#emit({ type: "finish", choice: 0, reason, ...(stopText !== undefined && { stopText }) });
    const usage = readUsage(this.#usage);
    if (usage !== undefined) this.#emit({ type: "usage", usage });
    this.#isOver = true;
    this.#emit({ type: "end" });
  }

  #fail(error: VendorError): void {
    this.#isOver = true;
    this.#emit({ type: "error", error });
  }
}
