import type { StreamEvent } from "../../canonical/stream-event.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseKeeping } from "../../kernel/json-exact.ts";
import type { StreamDecoder } from "../dialect.ts";
import { malformedIn } from "../malformed-call.ts";
import { streamError, wordsOf } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { createdOf, newAnswerId, readToolCalls } from "./response.ts";
import { readUsage } from "./usage.ts";

/** Characters of one line at most. */
const MAX_LINE_LENGTH = 8 * 1024 * 1024;

/** Reads a stream of one JSON object per line, of which the last says `done`. */
export class OllamaStreamDecoder implements StreamDecoder {
  readonly #emit: (event: StreamEvent) => void;
  readonly #text = new TextDecoder();
  readonly #id = newAnswerId();
  #rest = "";
  #hasStarted = false;
  #isOver = false;
  /** Kind of the part under way, and how many parts have begun. */
  #open: "text" | "reasoning" | undefined;
  #parts = 0;
  #calls = 0;

  constructor(emit: (event: StreamEvent) => void) {
    this.#emit = emit;
  }

  push(bytes: Uint8Array): void {
    if (this.#isOver) return;
    const lines = (this.#rest + this.#text.decode(bytes, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
    if (this.#rest.length > MAX_LINE_LENGTH) this.#fail("a line of the stream is too long");
  }

  close(): void {
    if (!this.#isOver && this.#rest !== "") this.#line(this.#rest);
  }

  #line(line: string): void {
    if (this.#isOver || line.trim() === "") return;
    const value = tryParseKeeping(line, exactMembers);
    if (!isJsonObject(value)) return this.#fail("a line of the stream is no JSON object");
    const words = wordsOf(value["error"]);
    if (words !== undefined) return this.#fail(words);
    const wrong = malformedIn(() => this.#chunk(value as JsonObject));
    if (wrong !== undefined) this.#fail(wrong);
  }

  #chunk(chunk: JsonObject): void {
    const { message, model, created_at, done } = chunk;
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      this.#emit({
        type: "start",
        id: this.#id,
        model: typeof model === "string" ? model : "",
        ...createdOf(created_at),
      });
    }
    if (isJsonObject(message)) this.#message(message as JsonObject);
    const logprobs = readLogprobs(chunk["logprobs"]);
    if (logprobs !== undefined) this.#emit({ type: "logprobs", choice: 0, logprobs });
    if (done !== true) return;
    this.#endPart();
    this.#emit({
      type: "finish",
      choice: 0,
      reason: readFinishReason(chunk["done_reason"], this.#calls > 0),
    });
    const usage = readUsage(chunk);
    if (usage !== undefined) this.#emit({ type: "usage", usage });
    this.#emit({ type: "end" });
    this.#isOver = true;
  }

  #message({ thinking, content, tool_calls }: JsonObject): void {
    if (typeof thinking === "string" && thinking !== "") this.#delta("reasoning", thinking);
    if (typeof content === "string" && content !== "") this.#delta("text", content);
    for (const { id, name, arguments: text } of readToolCalls(tool_calls, this.#id, this.#calls)) {
      this.#endPart();
      const part = this.#parts++;
      this.#calls++;
      this.#emit({ type: "part-start", choice: 0, part, content: { type: "tool-call", id, name } });
      this.#emit({ type: "delta", choice: 0, part, text });
      this.#emit({ type: "part-end", choice: 0, part });
    }
  }

  #delta(type: "text" | "reasoning", text: string): void {
    if (this.#open !== type) {
      this.#endPart();
      this.#open = type;
      this.#emit({ type: "part-start", choice: 0, part: this.#parts++, content: { type } });
    }
    this.#emit({ type: "delta", choice: 0, part: this.#parts - 1, text });
  }

  #endPart(): void {
    if (this.#open === undefined) return;
    this.#open = undefined;
    this.#emit({ type: "part-end", choice: 0, part: this.#parts - 1 });
  }

  #fail(message: string): void {
    this.#isOver = true;
    this.#emit({ type: "error", error: streamError(message) });
  }
}
