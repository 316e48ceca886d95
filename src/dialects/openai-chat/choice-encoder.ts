import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type { ReasoningPart } from "../../canonical/content.ts";
import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { renderAnnotation } from "./citations.ts";
import { renderExtraContent, renderTextSeals, type SealedText } from "./extra-content.ts";
import { renderLogprobs } from "./logprobs.ts";
import { needsDetail, renderDetail } from "./reasoning-details.ts";
import { isOwnCall, renderImageUrl } from "./render-response.ts";

/** A part under way. */
interface OpenPart {
  readonly content: StreamedPart;
  /** Number of the call among the choice's calls; -1 for anything else. */
  readonly call: number;
  /** Where the part begins in the text of the message. */
  readonly from: number;
  /** Characters so far. */
  length: number;
  /** Thinking so far, which a sealed detail repeats. */
  thought: string;
  /** What seals the part. */
  signature?: ReasoningPart["signature"];
}

type PieceEvent = Exclude<StreamEvent, { type: "start" | "ping" | "usage" | "finish" | "end" | "error" }>;

/** Writes the pieces of one choice: the JSON text of each `delta`. */
export class ChoiceEncoder {
  /** Whether the model declined in words. */
  hasRefusal = false;
  /** Whether the caller was told a function call in the older style. */
  hasFunctionCall = false;
  readonly #functionCallsOnly: boolean;
  readonly #parts = new Map<number, OpenPart>();
  readonly #seals: SealedText[] = [];
  #calls = 0;
  #textLength = 0;
  #logprobs: TokenLogprob[] = [];

  /** @param functionCallsOnly whether the caller knows `function_call` instead of `tool_calls` */
  constructor(functionCallsOnly: boolean) {
    this.#functionCallsOnly = functionCallsOnly;
  }

  /** The delta that an event becomes; empty where it says nothing to the caller. */
  delta(event: PieceEvent): string {
    if (event.type === "logprobs") {
      this.#logprobs.push(...event.logprobs);
      return "";
    }
    if (event.type === "part-start") return this.#begin(event.part, event.content);
    if (event.type === "whole-part") return this.#whole(event.content);
    const part = this.#parts.get(event.part);
    if (part === undefined) return "";
    switch (event.type) {
      case "delta":
        return this.#words(part, event.text);
      case "sound":
        return `{"audio":{"data":${JSON.stringify(event.data)}}}`;
      case "citation": {
        const annotation = renderAnnotation(event.citation, part.from, part.length);
        return annotation === undefined ? "" : JSON.stringify({ annotations: [annotation] });
      }
      case "signature":
        return this.#sign(part, event.signature);
      case "part-end":
        this.#parts.delete(event.part);
        return this.#end(part);
    }
  }

  /** What the last piece says beside the reason why there are no more: callers keep the last `extra_content` only. */
  last(): string {
    const seals = renderTextSeals(this.#seals);
    return seals === undefined ? "{}" : JSON.stringify({ extra_content: seals });
  }

  /** Probabilities of the tokens since the last piece, as JSON text. */
  takeLogprobs(): string {
    if (this.#logprobs.length === 0) return "null";
    const text = JSON.stringify(renderLogprobs(this.#logprobs));
    this.#logprobs = [];
    return text;
  }

  #begin(index: number, content: StreamedPart): string {
    const call = content.type === "tool-call" ? this.#calls++ : -1;
    this.#parts.set(index, { content, call, from: this.#textLength, length: 0, thought: "" });
    if (content.type === "spoken" && content.id !== undefined)
      return JSON.stringify({ audio: { id: content.id } });
    if (content.type !== "tool-call") return "";
    const { id, name, signature } = content;
    const target = { name, arguments: "" };
    if (this.#functionCallsOnly) {
      this.hasFunctionCall = true;
      return call === 0 ? JSON.stringify({ function_call: target }) : "";
    }
    const extra = signature !== undefined && { extra_content: renderExtraContent(signature) };
    return toolCall({ index: call, id, type: "function", function: target, ...extra });
  }

  #words(part: OpenPart, text: string): string {
    part.length += text.length;
    switch (part.content.type) {
      case "text":
        this.#textLength += text.length;
        return `{"content":${JSON.stringify(text)}}`;
      case "reasoning":
        part.thought += text;
        return `{"reasoning_content":${JSON.stringify(text)}}`;
      case "refusal":
        this.hasRefusal = true;
        return `{"refusal":${JSON.stringify(text)}}`;
      case "spoken":
        return `{"audio":{"transcript":${JSON.stringify(text)}}}`;
      case "tool-call":
        return this.#argument(part.call, text);
    }
  }

  #argument(call: number, text: string): string {
    if (!this.#functionCallsOnly)
      return `{"tool_calls":[{"index":${call},"function":{"arguments":${JSON.stringify(text)}}}]}`;
    return call === 0 ? `{"function_call":{"arguments":${JSON.stringify(text)}}}` : "";
  }

  #sign(part: OpenPart, signature: NonNullable<OpenPart["signature"]>): string {
    if (part.content.type !== "tool-call") {
      part.signature = signature;
      return "";
    }
    if (this.#functionCallsOnly) return "";
    return toolCall({ index: part.call, extra_content: renderExtraContent(signature) });
  }

  #end(part: OpenPart): string {
    const { content, thought, signature, from } = part;
    if (content.type === "text" && signature !== undefined)
      this.#seals.push({ start: from, end: from + part.length, signature });
    // Callers parse the arguments of a call, and nothing at all is no JSON.
    if (content.type === "tool-call") return part.length === 0 ? this.#argument(part.call, "{}") : "";
    if (content.type !== "reasoning") return "";
    const whole: ReasoningPart = { ...content, text: thought, ...(signature !== undefined && { signature }) };
    return needsDetail(whole) ? JSON.stringify({ reasoning_details: [renderDetail(whole)] }) : "";
  }

  #whole(content: Extract<PieceEvent, { type: "whole-part" }>["content"]): string {
    if (content.type === "image") {
      const images = renderImageUrl(content);
      return images.length === 0 ? "" : JSON.stringify({ images });
    }
    if (!isOwnCall(content.dialect, content.value)) return "";
    return toolCall({ index: this.#calls++, ...(content.value as JsonObject) });
  }
}

function toolCall(call: JsonObject): string {
  return JSON.stringify({ tool_calls: [call] });
}
