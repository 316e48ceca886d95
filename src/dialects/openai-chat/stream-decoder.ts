import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseKeeping } from "../../kernel/json-exact.ts";
import { SseParser } from "../../kernel/sse.ts";
import type { StreamDecoder, TargetTraits } from "../dialect.ts";
import { malformedIn } from "../malformed-call.ts";
import { choiceError, unnamedFailure } from "./answer-failure.ts";
import { ChoiceDecoder } from "./choice-decoder.ts";
import { readSources } from "./citations.ts";
import { readEmbeddedError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { type ChatQuirks, quirksOf } from "./quirks.ts";
import { createdOf, newAnswerId } from "./response.ts";
import { readChatUsage } from "./usage.ts";

/** Choices of one stream at most. */
const MAX_CHOICES = 128;

/**
 * Reads a stream of chunks. Vendors tell usage in a chunk of its own, on the chunk that ends a choice, or on every
 * chunk; some end a choice twice, and some put sources on every chunk. So finish reasons, usage and sources wait for the
 * end of the stream, and the last word counts.
 * Wire format: https://platform.openai.com/docs/api-reference/chat-streaming
 */
export class ChatStreamDecoder implements StreamDecoder {
  readonly #model: string;
  readonly #quirks: ChatQuirks;
  readonly #emit: (event: StreamEvent) => void;
  readonly #sse: SseParser;
  readonly #choices = new Map<number, ChoiceDecoder>();
  #hasStarted = false;
  #isOver = false;
  #usage: Usage | undefined;
  /** The last chunk that names sources. */
  #sourced: JsonObject | undefined;

  constructor(traits: TargetTraits, emit: (event: StreamEvent) => void) {
    this.#model = traits.upstreamModel;
    this.#quirks = quirksOf(traits);
    this.#emit = emit;
    this.#sse = new SseParser(
      ({ event, data }) => this.#event(event, data),
      () => this.#ping(),
    );
  }

  push(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#sse.push(bytes);
    if (this.#sse.isOverlong && !this.#isOver)
      this.#fail({ kind: "server", message: "an event of the stream is too long" });
  }

  close(): void {
    if (this.#isOver) return;
    this.#sse.close();
    // Some vendors leave the end marker out.
    if (!this.#isOver && this.#isFinished) this.#end();
  }

  /** Whether the vendor has said of every choice why it ended. */
  get #isFinished(): boolean {
    return this.#choices.size > 0 && this.#choices.values().every(({ isFinished }) => isFinished);
  }

  #ping(): void {
    if (!this.#isOver) this.#emit({ type: "ping" });
  }

  #event(name: string, data: string): void {
    if (this.#isOver || data === "") return;
    if (data === "[DONE]") {
      if (this.#isFinished) this.#end();
      // A marker without a word of why the answer ended is what some servers send after they have broken off.
      else if (this.#choices.size > 0) this.#isOver = true;
      return;
    }
    const chunk = tryParseKeeping(data, exactMembers);
    if (!isJsonObject(chunk))
      return this.#fail({ kind: "server", message: "an event of the stream is no JSON object" });
    const members = chunk as JsonObject;
    const error = readEmbeddedError(name === "error" ? { error: members, ...members } : members);
    if (error !== undefined) return this.#fail(error);
    this.#chunk(members);
  }

  #chunk(chunk: JsonObject): void {
    const { choices, citations, search_results } = chunk;
    const beside = this.#quirks.usageIn === "" ? undefined : chunk[this.#quirks.usageIn];
    const usage = chunk["usage"] ?? (isJsonObject(beside) ? beside["usage"] : undefined);
    if (isJsonObject(usage)) this.#usage = readChatUsage(usage) ?? this.#usage;
    if (citations !== undefined || search_results !== undefined) this.#sourced = chunk;
    if (!Array.isArray(choices) || choices.length === 0) return;
    this.#start(chunk);
    for (const choice of choices)
      if (isJsonObject(choice) && !this.#isOver) this.#choice(choice as JsonObject);
  }

  /** The first chunks of some vendors have neither choices nor an id: the answer begins with the first that has. */
  #start({ id, model, created, service_tier }: JsonObject): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#emit({
      type: "start",
      id: typeof id === "string" && id !== "" ? id : newAnswerId(),
      model: typeof model === "string" && model !== "" ? model : this.#model,
      ...createdOf(created),
      ...(typeof service_tier === "string" && { serviceTier: service_tier }),
    });
  }

  #choice(choice: JsonObject): void {
    const failure = choiceError(choice);
    if (failure !== undefined) return this.#fail(failure);
    const index = typeof choice["index"] === "number" ? choice["index"] : 0;
    let decoder = this.#choices.get(index);
    if (decoder === undefined) {
      if (this.#choices.size >= MAX_CHOICES)
        return this.#fail({ kind: "server", message: "the stream has too many choices" });
      decoder = new ChoiceDecoder(index, this.#quirks.thinkTags, this.#emit);
      this.#choices.set(index, decoder);
    }
    const decoding = decoder;
    const wrong = malformedIn(() => decoding.take(choice));
    if (wrong !== undefined) this.#fail({ kind: "server", message: wrong });
  }

  #end(): void {
    this.#isOver = true;
    if (this.#choices.values().every(({ isFailed }) => isFailed)) return this.#fail(unnamedFailure);
    const sources = this.#sourced === undefined ? [] : readSources(this.#sourced);
    const wrong = malformedIn(() => {
      for (const choice of this.#choices.values()) choice.end(sources);
    });
    if (wrong !== undefined) return this.#fail({ kind: "server", message: wrong });
    if (this.#usage !== undefined) this.#emit({ type: "usage", usage: this.#usage });
    this.#emit({ type: "end" });
  }

  #fail(error: VendorError): void {
    this.#isOver = true;
    this.#emit({ type: "error", error });
  }
}
