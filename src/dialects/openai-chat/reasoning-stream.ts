import type { ReasoningPart } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { PartWriter } from "./part-writer.ts";
import { readDetail } from "./reasoning-details.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads thinking as it comes. Its details come in pieces that an `index` ties together: words, and a signature after
 * the last of them. See `reasoning-details.ts`.
 */
export class ReasoningStream {
  readonly #parts: PartWriter;
  /** The detail under way: all its members but the words. */
  #detail: JsonObject | undefined;
  /** Words of the part under way that no detail has told yet. */
  #plain = "";

  constructor(parts: PartWriter) {
    this.#parts = parts;
  }

  /** Takes a piece of a message. */
  take(delta: Members): void {
    const { reasoning_details, reasoning_content, reasoning } = delta;
    const details: readonly unknown[] = Array.isArray(reasoning_details) ? reasoning_details : [];
    let hasWords = false;
    for (const detail of details)
      if (isJsonObject(detail)) hasWords = this.#piece(detail as JsonObject) || hasWords;
    if (hasWords) return;
    if (typeof reasoning_content === "string" && reasoning_content !== "") this.words(reasoning_content);
    else if (typeof reasoning === "string" && reasoning !== "") this.words(reasoning);
  }

  /** Thinking that is nothing but words. */
  words(text: string): void {
    if (this.#parts.open !== "reasoning" || this.#detail !== undefined) {
      this.end();
      this.#parts.begin({ type: "reasoning" }, () => this.#seal());
      this.#plain = "";
    }
    this.#plain += text;
    this.#parts.delta(text);
  }

  /** More of a part of the content that is thinking; its seal comes last. */
  part({ text, signature }: ReasoningPart): void {
    this.words(text);
    const detail = signature === undefined ? undefined : tryParseJson(signature.value);
    if (isJsonObject(detail)) this.#detail = detail as JsonObject;
  }

  /** Something else begins: what is sealed and still held back is told. */
  end(): void {
    const detail = this.#detail;
    if (detail?.["type"] !== "reasoning.encrypted") return;
    this.#detail = undefined;
    const part = readDetail(detail);
    if (part === undefined) return;
    const { text: _text, ...content } = part;
    this.#parts.begin(content);
    this.#parts.end();
  }

  /** Takes a piece of a detail; answers whether it has words. */
  #piece(piece: JsonObject): boolean {
    if (this.#repeats(piece)) {
      this.#detail = withoutWords(piece);
      return true;
    }
    if (!this.#continues(piece)) this.#begin(piece);
    if (piece["type"] === "reasoning.encrypted") return false;
    const words = piece["type"] === "reasoning.summary" ? piece["summary"] : piece["text"];
    const rest = withoutWords(piece);
    const told = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
    this.#detail = { ...(this.#detail ?? rest), ...Object.fromEntries(told) };
    if (typeof words !== "string") return false;
    this.#parts.delta(words);
    return words !== "";
  }

  /** Some tell the words alone first, and then a detail that has them again. */
  #repeats({ text, summary }: JsonObject): boolean {
    const isPlain = this.#parts.open === "reasoning" && this.#detail === undefined && this.#plain !== "";
    return isPlain && (text ?? summary) === this.#plain;
  }

  #continues({ type, index, id }: JsonObject): boolean {
    const open = this.#detail;
    if (open === undefined || type === "reasoning.encrypted") return false;
    if (this.#parts.open !== "reasoning") return false;
    const isSameId = id === undefined || id === null || (open["id"] ?? id) === id;
    return open["type"] === type && open["index"] === index && isSameId;
  }

  #begin(piece: JsonObject): void {
    this.end();
    if (piece["type"] === "reasoning.encrypted") {
      this.#parts.end();
      this.#detail = piece;
      return;
    }
    const part = readDetail(piece);
    if (part === undefined) return;
    const { text: _text, signature: _signature, ...content } = part;
    this.#parts.begin(content, () => this.#seal());
  }

  #seal(): void {
    const detail = this.#detail;
    this.#detail = undefined;
    const sealed = detail === undefined ? undefined : readDetail({ ...detail, text: "", summary: "" });
    if (sealed?.signature !== undefined) this.#parts.signature(sealed.signature);
  }
}

function withoutWords({ text: _text, summary: _summary, ...rest }: JsonObject): JsonObject {
  return rest;
}
