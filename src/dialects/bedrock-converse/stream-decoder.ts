import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseKeeping } from "../../kernel/json-exact.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import type { StreamDecoder } from "../dialect.ts";
import { callWord, malformedIn } from "../malformed-call.ts";
import { namedError } from "./error.ts";
import { type EventStreamMessage, EventStreamParser } from "./event-stream.ts";
import { exactMembers } from "./exact-members.ts";
import { readFinishReason } from "./finish-reason.ts";
import { newAnswerId, readCitation, readStopText, readToolUse } from "./response.ts";
import { readUsage } from "./usage.ts";

const text = new TextDecoder();

/**
 * Reads a stream of Bedrock's events. Blocks of text and thinking begin without a word, usage comes before or after
 * the stop reason, and failures are frames of their own under status 200.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 */
export class BedrockStreamDecoder implements StreamDecoder {
  readonly #emit: (event: StreamEvent) => void;
  readonly #model: string;
  readonly #frames = new EventStreamParser((message) => this.#frame(message));
  #hasStarted = false;
  #isOver = false;
  #isFinished = false;
  /** Whether `metadata` has come, the last event of every stream that is whole. */
  #hasMetadata = false;
  #hasToolCalls = false;
  /** Blocks of tools that Bedrock uses itself. */
  readonly #ownBlocks = new Set<unknown>();
  #parts = 0;
  /** The block under way. Bedrock sends one after the other. */
  #open: { readonly block: unknown; readonly type: StreamedPart["type"]; readonly part: number } | undefined;

  constructor(model: string, emit: (event: StreamEvent) => void) {
    this.#model = model;
    this.#emit = emit;
  }

  push(bytes: Uint8Array): void {
    if (this.#isOver) return;
    try {
      this.#frames.push(bytes);
    } catch (thrown) {
      this.#fail({
        kind: "server",
        message: thrown instanceof Error ? thrown.message : "the stream is damaged",
      });
    }
  }

  close(): void {
    if (this.#isOver || !this.#isFinished || !this.#hasMetadata || !this.#frames.isAtBoundary) return;
    this.#isOver = true;
    this.#emit({ type: "end" });
  }

  #frame({ headers, payload }: EventStreamMessage): void {
    if (this.#isOver) return;
    const value = tryParseKeeping(text.decode(payload), exactMembers);
    const members: JsonObject = isJsonObject(value) ? (value as JsonObject) : {};
    const kind = headers.get(":message-type");
    if (kind === "exception" || kind === "error") {
      const words = members["message"] ?? members["Message"] ?? headers.get(":error-message");
      const name = headers.get(":exception-type") ?? headers.get(":error-code");
      return this.#fail(namedError(name, typeof words === "string" ? words : "no message"));
    }
    const wrong = malformedIn(() => this.#event(headers.get(":event-type") ?? "", members));
    if (wrong !== undefined) this.#fail({ kind: "server", message: wrong });
  }

  #event(type: string, members: JsonObject): void {
    this.#start();
    switch (type) {
      case "contentBlockStart":
        return this.#blockStart(members);
      case "contentBlockDelta":
        return this.#blockDelta(members);
      case "contentBlockStop":
        return this.#endPart();
      case "messageStop":
        return this.#messageStop(members);
      case "metadata": {
        this.#hasMetadata = true;
        const usage = readUsage(members["usage"]);
        if (usage !== undefined) this.#emit({ type: "usage", usage });
        return;
      }
      default:
        // `messageStart` says nothing but the role; names that are new mean nothing here.
        return;
    }
  }

  #start(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#emit({ type: "start", id: newAnswerId(), model: this.#model });
  }

  #blockStart({ contentBlockIndex, start }: JsonObject): void {
    const toolUse = isJsonObject(start) ? start["toolUse"] : undefined;
    if (toolUse === undefined || toolUse === null) return;
    // Tools that Bedrock uses itself are no calls for the caller.
    if (isJsonObject(toolUse) && toolUse["type"] === "server_tool_use") {
      this.#ownBlocks.add(contentBlockIndex);
      return;
    }
    const { id, name } = readToolUse(toolUse);
    if (name === answerToolName) return this.#begin(contentBlockIndex, answerPart);
    this.#hasToolCalls = true;
    this.#begin(contentBlockIndex, { type: "tool-call", id, name });
  }

  #blockDelta({ contentBlockIndex, delta }: JsonObject): void {
    if (!isJsonObject(delta)) return;
    const { text: words, toolUse, reasoningContent, citation } = delta;
    if (typeof words === "string") return this.#delta(contentBlockIndex, { type: "text" }, words);
    if (isJsonObject(toolUse)) {
      const { input } = toolUse;
      if (this.#open?.block === contentBlockIndex) this.#words(typeof input === "string" ? input : "");
      else if (!this.#ownBlocks.has(contentBlockIndex)) callWord(undefined, "name");
      return;
    }
    if (isJsonObject(reasoningContent))
      return this.#reasoning(contentBlockIndex, reasoningContent as JsonObject);
    if (isJsonObject(citation)) {
      if (this.#open?.block !== contentBlockIndex) this.#begin(contentBlockIndex, { type: "text" });
      this.#emit({
        type: "citation",
        choice: 0,
        part: this.#parts - 1,
        citation: readCitation(citation as JsonObject),
      });
    }
  }

  #reasoning(block: unknown, { text: words, signature, redactedContent }: JsonObject): void {
    if (typeof redactedContent === "string") {
      const redacted = { dialect: "bedrock-converse", value: redactedContent } as const;
      return this.#begin(block, { type: "reasoning", redacted });
    }
    if (typeof words === "string") this.#delta(block, { type: "reasoning" }, words);
    if (typeof signature !== "string") return;
    if (this.#open?.block !== block) this.#begin(block, { type: "reasoning" });
    const sealed = { dialect: "bedrock-converse", value: signature } as const;
    this.#emit({ type: "signature", choice: 0, part: this.#parts - 1, signature: sealed });
  }

  #messageStop({ stopReason, additionalModelResponseFields: fields }: JsonObject): void {
    this.#endPart();
    this.#isFinished = true;
    const reason = readFinishReason(stopReason, this.#hasToolCalls);
    this.#emit({ type: "finish", choice: 0, reason, ...readStopText(fields) });
  }

  #delta(block: unknown, content: StreamedPart, words: string): void {
    if (this.#open?.block !== block || this.#open?.type !== content.type) this.#begin(block, content);
    this.#words(words);
  }

  #words(words: string): void {
    if (words !== "") this.#emit({ type: "delta", choice: 0, part: this.#parts - 1, text: words });
  }

  #begin(block: unknown, content: StreamedPart): void {
    this.#endPart();
    const part = this.#parts++;
    this.#open = { block, type: content.type, part };
    this.#emit({ type: "part-start", choice: 0, part, content });
  }

  #endPart(): void {
    if (this.#open === undefined) return;
    this.#emit({ type: "part-end", choice: 0, part: this.#open.part });
    this.#open = undefined;
  }

  #fail(error: VendorError): void {
    this.#isOver = true;
    this.#emit({ type: "error", error });
  }
}
