import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseKeeping } from "../../kernel/json-exact.ts";
import { type SseEvent, SseParser } from "../../kernel/sse.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import type { StreamDecoder } from "../dialect.ts";
import { callWord, malformedIn } from "../malformed-call.ts";
import { citedBlock, readCitation } from "./citation.ts";
import { exactMembers } from "./exact-members.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { newAnswerId, planSignature, readCall } from "./response.ts";
import { readUsage } from "./usage.ts";

/** The words under way: `key` tells the blocks of content and the plan apart. */
interface OpenPart {
  readonly key: string;
  readonly type: StreamedPart["type"];
  readonly part: number;
  /** What a text part has said, for the offsets of its citations. */
  said: string;
}

const NOTHING: JsonObject = {};

/**
 * Reads a stream of Cohere's events. Blocks of content are counted apart from tool calls, the plan has neither
 * beginning nor end, and a citation may come after the end of the block that it belongs to: that is why a block is
 * ended by what comes next.
 * Wire format: https://docs.cohere.com/v2/docs/streaming
 */
export class CohereStreamDecoder implements StreamDecoder {
  readonly #emit: (event: StreamEvent) => void;
  readonly #model: string;
  readonly #events = new SseParser(
    (event) => this.#event(event),
    () => this.#ping(),
  );
  #hasStarted = false;
  #isOver = false;
  #hasToolCalls = false;
  #parts = 0;
  #open: OpenPart | undefined;
  /** Parts of the tool calls under way, by the index of each. */
  readonly #calls = new Map<string, number>();

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
    if (!this.#isOver) this.#events.close();
  }

  #ping(): void {
    if (!this.#isOver) this.#emit({ type: "ping" });
  }

  #event({ data }: SseEvent): void {
    if (this.#isOver || data === "" || data === "[DONE]") return;
    const value = tryParseKeeping(data, exactMembers);
    if (!isJsonObject(value))
      return this.#fail({ kind: "server", message: "an event of the stream is no JSON object" });
    const { type, message } = value;
    if (type === "error" || (type === undefined && typeof message === "string"))
      return this.#fail({ kind: "server", message: typeof message === "string" ? message : "no message" });
    if (type === "message-start") return this.#start(value["id"]);
    this.#start(undefined);
    const delta = objectOf(value["delta"]);
    if (type === "message-end") return this.#messageEnd(delta);
    const { index } = value;
    const at = typeof index === "number" ? `${index}` : "0";
    const wrong = malformedIn(() => this.#part(type, at, objectOf(delta["message"])));
    if (wrong !== undefined) return this.#fail({ kind: "server", message: wrong });
    const logprobs = readLogprobs(value["logprobs"]);
    if (logprobs !== undefined) this.#emit({ type: "logprobs", choice: 0, logprobs });
  }

  #part(type: unknown, index: string, message: JsonObject): void {
    switch (type) {
      case "content-start":
      case "content-delta":
        return this.#content(index, objectOf(message["content"]));
      case "tool-plan-delta":
        return this.#plan(message["tool_plan"]);
      case "tool-call-start":
        return this.#callStart(index, message["tool_calls"]);
      case "tool-call-delta":
        return this.#callDelta(index, objectOf(objectOf(message["tool_calls"])["function"]));
      case "tool-call-end":
        return this.#endCall(index);
      case "citation-start":
        return this.#citation(message["citations"]);
      default:
        // `content-end`, `citation-end` and `debug` say nothing new; names that are new mean nothing here.
        return;
    }
  }

  #start(id: unknown): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const given = typeof id === "string" && id !== "" ? id : newAnswerId();
    this.#emit({ type: "start", id: given, model: this.#model });
  }

  #content(index: string, { text, thinking }: JsonObject): void {
    if (typeof thinking === "string") this.#words(`thinking ${index}`, { type: "reasoning" }, thinking);
    if (typeof text === "string") this.#words(`text ${index}`, { type: "text" }, text);
  }

  #plan(text: unknown): void {
    if (typeof text === "string") this.#words("plan", { type: "reasoning" }, text);
  }

  #callStart(index: string, value: unknown): void {
    const { id, name, text } = readCall(value);
    const isAnswer = name === answerToolName;
    if (!isAnswer) this.#hasToolCalls = true;
    this.#endWords();
    this.#endCall(index);
    this.#calls.set(index, this.#begin(isAnswer ? answerPart : { type: "tool-call", id, name }));
    this.#callDelta(index, { arguments: text });
  }

  #callDelta(index: string, { arguments: text }: JsonObject): void {
    const part = this.#calls.get(index);
    if (typeof text !== "string" || text === "") return;
    if (part === undefined) callWord(undefined, "name");
    else this.#emit({ type: "delta", choice: 0, part, text });
  }

  #endCall(index: string): void {
    const part = this.#calls.get(index);
    if (part === undefined) return;
    this.#calls.delete(index);
    this.#emit({ type: "part-end", choice: 0, part });
  }

  #citation(value: unknown): void {
    const open = this.#open;
    if (open?.type !== "text") return;
    const block = citedBlock(value);
    if (block !== undefined && open.key !== `text ${block}`) return;
    for (const citation of readCitation(value, open.said))
      this.#emit({ type: "citation", choice: 0, part: open.part, citation });
  }

  #messageEnd({ finish_reason, usage, error }: JsonObject): void {
    this.#endWords();
    for (const index of [...this.#calls.keys()]) this.#endCall(index);
    const read = readUsage(usage);
    if (read !== undefined) this.#emit({ type: "usage", usage: read });
    if (typeof error === "string" && error !== "") return this.#fail({ kind: "server", message: error });
    const reason = readFinishReason(finish_reason, this.#hasToolCalls);
    this.#emit({ type: "finish", choice: 0, reason });
    this.#emit({ type: "end" });
    this.#isOver = true;
  }

  /** Words of a part that begins with the first of them. */
  #words(key: string, content: StreamedPart, text: string): void {
    if (text === "") return;
    if (this.#open?.key !== key) {
      this.#endWords();
      this.#open = { key, type: content.type, part: this.#begin(content), said: "" };
    }
    if (content.type === "text") this.#open.said += text;
    this.#emit({ type: "delta", choice: 0, part: this.#open.part, text });
  }

  #begin(content: StreamedPart): number {
    const part = this.#parts++;
    this.#emit({ type: "part-start", choice: 0, part, content });
    return part;
  }

  #endWords(): void {
    if (this.#open === undefined) return;
    const { key, part } = this.#open;
    this.#open = undefined;
    if (key === "plan") this.#emit({ type: "signature", choice: 0, part, signature: planSignature });
    this.#emit({ type: "part-end", choice: 0, part });
  }

  #fail(error: VendorError): void {
    this.#isOver = true;
    this.#emit({ type: "error", error });
  }
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? (value as JsonObject) : NOTHING;
}
