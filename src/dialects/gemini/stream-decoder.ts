import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseKeeping } from "../../kernel/json-exact.ts";
import type { StreamDecoder } from "../dialect.ts";
import { malformedIn } from "../malformed-call.ts";
import { answerCallId } from "./call-id.ts";
import { ChoiceDecoder } from "./choice-decoder.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { readError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { readBlock, readHead } from "./response.ts";
import { ArgumentOrderError } from "./streamed-arguments.ts";
import { readServiceTier, readUsage } from "./usage.ts";

/** Candidates of one answer at most; Gemini makes 8. */
const MAX_CANDIDATES = 128;

/**
 * Reads a stream of Gemini's. Every chunk is an answer of its own with the next pieces, and usage as far as it goes;
 * nothing marks the end but the finish reasons, which older models repeat in every chunk.
 * Wire format: https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
 */
export class GeminiStreamDecoder implements StreamDecoder {
  readonly #emit: (event: StreamEvent) => void;
  readonly #model: string;
  readonly #chunks: ChunkReader;
  readonly #choices = new Map<number, ChoiceDecoder>();
  #id: string | undefined;
  #calls = 0;
  /** As the vendor has said it last: every chunk has it, and it is read once. */
  #usage: JsonObject | undefined;
  #isOver = false;
  /** The last event has lost its end. */
  #isClosing = false;
  #isCut = false;

  constructor(model: string, emit: (event: StreamEvent) => void) {
    this.#model = model;
    this.#emit = emit;
    this.#chunks = new ChunkReader({
      onChunk: (text) => this.#chunk(text),
      onPing: () => emit({ type: "ping" }),
      onDamage: (message) => this.#fail({ kind: "server", message }),
    });
  }

  push(bytes: Uint8Array): void {
    if (!this.#isOver) this.#chunks.push(bytes);
  }

  close(): void {
    if (this.#isOver) return;
    this.#isClosing = true;
    const isWhole = this.#chunks.close();
    const choices = [...this.#choices.values()];
    const isComplete = choices.length > 0 && choices.every(({ isFinished }) => isFinished);
    if (this.#isOver || !isWhole || this.#isCut || !isComplete) return;
    const failures = choices.map(({ failure }) => failure);
    const [failure] = failures.includes(undefined) ? [] : failures;
    if (failure !== undefined) return this.#fail(failure);
    this.#isOver = true;
    for (const choice of choices) choice.close();
    const usage = readUsage(this.#usage);
    if (usage !== undefined) this.#emit({ type: "usage", usage });
    this.#emit({ type: "end" });
  }

  #chunk(text: string): void {
    if (this.#isOver) return;
    const value = tryParseKeeping(text, exactMembers);
    if (!isJsonObject(value)) {
      if (this.#isClosing) this.#isCut = true;
      else this.#fail({ kind: "server", message: "a chunk of the stream cannot be read" });
      return;
    }
    const { error } = value;
    if (isJsonObject(error)) return this.#fail(readError(error as JsonObject));
    try {
      const wrong = malformedIn(() => this.#answer(value as JsonObject));
      if (wrong !== undefined) this.#fail({ kind: "server", message: wrong });
    } catch (thrown) {
      // Values that are nested beyond all measure can be read, but not written again.
      if (!(thrown instanceof ArgumentOrderError || thrown instanceof RangeError)) throw thrown;
      this.#fail({ kind: "server", message: `a function's arguments cannot be read: ${thrown.message}` });
    }
  }

  #answer(chunk: JsonObject): void {
    this.#start(chunk);
    const { usageMetadata } = chunk;
    if (isJsonObject(usageMetadata) && usageMetadata["promptTokenCount"] !== undefined) {
      this.#usage = usageMetadata as JsonObject;
    }
    const candidates: readonly unknown[] = Array.isArray(chunk["candidates"]) ? chunk["candidates"] : [];
    for (const candidate of candidates) {
      if (!isJsonObject(candidate)) continue;
      const { index } = candidate as JsonObject;
      const number = typeof index === "number" && Number.isInteger(index) ? index : 0;
      if (number >= 0 && number < MAX_CANDIDATES) this.#choice(number).push(candidate as JsonObject);
    }
    if (readBlock(chunk) !== undefined) this.#choice(0).finish("SAFETY");
  }

  #start(chunk: JsonObject): void {
    if (this.#id !== undefined) return;
    const head = readHead(chunk, this.#model);
    this.#id = head.id;
    const usage = readUsage(chunk["usageMetadata"]);
    const serviceTier = readServiceTier(chunk["usageMetadata"]);
    this.#emit({
      type: "start",
      ...head,
      ...(usage !== undefined && { usage }),
      ...(serviceTier !== undefined && { serviceTier }),
    });
  }

  #choice(index: number): ChoiceDecoder {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    const choice = new ChoiceDecoder(index, this.#emit, () => answerCallId(this.#id ?? "", this.#calls++));
    this.#choices.set(index, choice);
    return choice;
  }

  #fail(error: VendorError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#emit({ type: "error", error });
  }
}
