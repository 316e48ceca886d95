import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { argumentsText, callWord } from "../malformed-call.ts";
import { readCitation, readCitations } from "./citation.ts";
import { callerOf, readAnswerBlock } from "./read-answer-blocks.ts";

/**
 * Reads one block of a stream, which becomes one part. Blocks of kinds that only Anthropic knows are put together and
 * told whole at their end.
 * Wire format: https://docs.anthropic.com/en/docs/build-with-claude/streaming#content-block-delta-types
 */
export class BlockReader {
  /** Whether it is a call for the caller. */
  readonly isToolCall: boolean;
  readonly #emit: (event: StreamEvent) => void;
  readonly #nextPart: () => number;
  /** -1 for a block that is told whole, at its end. */
  readonly #part: number;
  readonly #content: StreamedPart | undefined;
  #block: JsonObject;
  /** Pieces of a tool's input so far; those of a call for the caller are not kept. */
  #input = "";
  #hasInput = false;
  #signature: string | undefined;

  /**
   * @param nextPart numbers the parts in the order in which they are told
   * @throws MalformedCallError
   */
  constructor(block: JsonObject, nextPart: () => number, emit: (event: StreamEvent) => void) {
    this.#block = block;
    this.#nextPart = nextPart;
    this.#emit = emit;
    this.#content = streamedPart(block);
    this.#part = this.#content === undefined ? -1 : nextPart();
    this.isToolCall = this.#content?.type === "tool-call";
    if (this.#content !== undefined) this.#begin(this.#content);
  }

  delta(delta: JsonObject): void {
    const { type, text, thinking, signature, citation, partial_json: json } = delta;
    if (this.#content === undefined) return this.#keep(delta);
    if (type === "text_delta") this.#words(text);
    else if (type === "thinking_delta") this.#words(thinking);
    else if (type === "input_json_delta") this.#words(json);
    // A later one takes the place of an earlier one, as in Anthropic's own clients.
    else if (type === "signature_delta" && typeof signature === "string") this.#signature = signature;
    else if (type === "citations_delta" && isJsonObject(citation))
      this.#emit({
        type: "citation",
        choice: 0,
        part: this.#part,
        citation: readCitation(citation as JsonObject),
      });
  }

  /** @throws MalformedCallError */
  stop(): void {
    if (this.#content === undefined) {
      const content = {
        type: "vendor",
        dialect: "anthropic-messages",
        value: this.#wholeBlock(),
      } as const;
      return this.#emit({ type: "whole-part", choice: 0, part: this.#nextPart(), content });
    }
    const at = { choice: 0, part: this.#part };
    if (this.#block["type"] === "tool_use" && !this.#hasInput) {
      // A tool without arguments streams nothing but an empty piece; some servers send the input at once.
      this.#words(argumentsText(this.#block["input"]));
    }
    if (this.#signature !== undefined && this.#signature !== "") {
      const signature = { dialect: "anthropic-messages", value: this.#signature } as const;
      this.#emit({ type: "signature", ...at, signature });
    }
    this.#emit({ type: "part-end", ...at });
  }

  #begin(content: StreamedPart): void {
    const { text, thinking, signature } = this.#block;
    this.#emit({ type: "part-start", choice: 0, part: this.#part, content });
    if (content.type === "text") this.#words(text);
    if (content.type === "reasoning") this.#words(thinking);
    if (typeof signature === "string") this.#signature = signature;
    for (const citation of readCitations(this.#block["citations"]))
      this.#emit({ type: "citation", choice: 0, part: this.#part, citation });
  }

  #words(words: unknown): void {
    if (typeof words !== "string" || words === "") return;
    this.#hasInput = true;
    this.#emit({ type: "delta", choice: 0, part: this.#part, text: words });
  }

  #keep({ type, partial_json: json, ...members }: JsonObject): void {
    if (type === "input_json_delta") this.#input += typeof json === "string" ? json : "";
    else this.#block = { ...this.#block, ...members };
  }

  #wholeBlock(): JsonObject {
    if (this.#input === "") return this.#block;
    const input = tryParseExactJson(this.#input);
    return { ...this.#block, input: input === undefined ? this.#input : (input as Json) };
  }
}

/** The kind of part that a block becomes as it comes; `undefined` for those that come whole. @throws MalformedCallError */
function streamedPart(block: JsonObject): StreamedPart | undefined {
  const { type, id, name } = block;
  if (type === "text") return { type };
  if (type === "thinking") return { type: "reasoning" };
  if (type === "redacted_thinking") {
    const part = readAnswerBlock(block);
    return part?.type === "reasoning" && part.redacted !== undefined
      ? { type: "reasoning", redacted: part.redacted }
      : undefined;
  }
  if (type !== "tool_use") return undefined;
  const call = { id: callWord(id, "id"), name: callWord(name, "name") };
  return name === answerToolName ? answerPart : { type: "tool-call", ...call, ...callerOf(block) };
}
