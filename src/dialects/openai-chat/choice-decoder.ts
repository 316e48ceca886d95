import type { Citation } from "../../canonical/content.ts";
import type { StreamEvent } from "../../canonical/stream-event.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { callsIn } from "../malformed-call.ts";
import { readAnnotations } from "./citations.ts";
import { readExtraContent } from "./extra-content.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { PartWriter } from "./part-writer.ts";
import { readImages, readThinkingPart } from "./read-message.ts";
import { ReasoningStream } from "./reasoning-stream.ts";
import { ThinkTagSplitter } from "./think-tags.ts";
import { ToolCallStream } from "./tool-call-stream.ts";

type Members = Readonly<Record<string, unknown>>;

/** Reads one choice of a stream. */
export class ChoiceDecoder {
  readonly #index: number;
  readonly #emit: (event: StreamEvent) => void;
  readonly #parts: PartWriter;
  readonly #thinking: ReasoningStream;
  readonly #calls: ToolCallStream;
  readonly #tags: ThinkTagSplitter | undefined;
  #reason: string | undefined;
  #stopText: string | undefined;

  constructor(index: number, thinkTags: boolean, emit: (event: StreamEvent) => void) {
    this.#index = index;
    this.#emit = emit;
    this.#parts = new PartWriter(index, emit);
    this.#thinking = new ReasoningStream(this.#parts);
    this.#calls = new ToolCallStream(this.#parts);
    if (!thinkTags) return;
    this.#tags = new ThinkTagSplitter(
      (text) => this.#thinking.words(text),
      (text) => this.#text(text),
    );
  }

  /** Whether the vendor has said why the choice ended. */
  get isFinished(): boolean {
    return this.#reason !== undefined;
  }

  /** Whether it has ended in an error before its first word. */
  get isFailed(): boolean {
    return this.#parts.isEmpty && readFinishReason(this.#reason, false) === "error";
  }

  /** Takes a piece. @throws MalformedCallError */
  take(choice: Members): void {
    const { finish_reason, stop_reason } = choice;
    const logprobs = readLogprobs(choice["logprobs"]);
    if (logprobs !== undefined) this.#emit({ type: "logprobs", choice: this.#index, logprobs });
    const delta = choice["delta"] ?? choice["message"];
    if (isJsonObject(delta)) this.#delta(delta);
    // Some servers say an empty one for as long as there is none.
    if (typeof finish_reason === "string" && finish_reason !== "") this.#reason = finish_reason;
    if (typeof stop_reason === "string") this.#stopText = stop_reason;
  }

  /**
   * The stream is complete.
   * @param sources that belong to the answer as a whole
   * @throws MalformedCallError
   */
  end(sources: readonly Citation[]): void {
    this.#tags?.end();
    if (sources.length > 0) this.#cite(sources);
    this.#endOthers();
    this.#parts.end();
    const reason = readFinishReason(this.#reason, this.#calls.hasCalls);
    const stopText = this.#stopText;
    this.#emit({
      type: "finish",
      choice: this.#index,
      reason: reason === "stop" && stopText !== undefined ? "stop-text" : reason,
      ...(stopText !== undefined && { stopText }),
    });
  }

  #delta(delta: Members): void {
    const { content, refusal, audio, images, annotations, tool_calls, extra_content } = delta;
    this.#thinking.take(delta);
    if (typeof content === "string") this.#content(content);
    else if (Array.isArray(content)) for (const part of content) this.#contentPart(part);
    if (typeof refusal === "string" && refusal !== "") this.#words("refusal", refusal);
    if (isJsonObject(audio)) this.#audio(audio);
    for (const image of readImages(images)) {
      this.#endOthers();
      this.#parts.whole(image);
    }
    if (Array.isArray(annotations) && annotations.length > 0) this.#cite(readAnnotations(annotations));
    if (extra_content !== undefined) this.#sign(extra_content);
    this.#toolCalls(callsIn(tool_calls));
  }

  #content(text: string): void {
    if (this.#tags !== undefined) this.#tags.push(text);
    else this.#text(text);
  }

  #contentPart(part: unknown): void {
    if (!isJsonObject(part)) return;
    if (part["type"] === "thinking") {
      const [thought] = readThinkingPart(part);
      if (thought !== undefined) this.#thinking.part(thought);
    } else if (typeof part["text"] === "string") this.#text(part["text"]);
  }

  #text(text: string): void {
    this.#words("text", text);
  }

  #words(type: "text" | "refusal", text: string): void {
    if (text === "") return;
    this.#endOthers();
    this.#parts.beginUnlessOpen({ type });
    this.#parts.delta(text);
  }

  #audio({ id, data, transcript }: Members): void {
    this.#endOthers();
    this.#parts.beginUnlessOpen({ type: "spoken", ...(typeof id === "string" && { id }) });
    if (typeof transcript === "string") this.#parts.delta(transcript);
    if (typeof data === "string") this.#parts.sound(data);
  }

  #cite(citations: readonly Citation[]): void {
    if (this.#parts.open !== "text") {
      this.#endOthers();
      this.#parts.begin({ type: "text" });
    }
    for (const citation of citations) this.#parts.citation(citation);
  }

  #sign(extraContent: unknown): void {
    const signed = readExtraContent(extraContent);
    if (signed.signature === undefined) return;
    if (this.#parts.open === "text") this.#parts.signature(signed.signature);
    else this.#calls.signNext(signed);
  }

  #toolCalls(calls: readonly Members[]): void {
    for (const call of calls) {
      this.#tags?.end();
      this.#thinking.end();
      this.#calls.take(call);
    }
  }

  /** What is held back of thinking and of calls comes before anything else. */
  #endOthers(): void {
    this.#thinking.end();
    if (this.#parts.open !== "tool-call") this.#calls.end();
  }
}
