const OPEN = "<think>";
const CLOSE = "</think>";

/** A text, taken apart. */
export interface ThinkSplit {
  readonly thinking: string;
  readonly text: string;
}

/**
 * Thinking that a model writes at the beginning of its text, between tags. Without a closing tag all of it is thinking:
 * the answer was cut before it began.
 */
export function splitThinkTags(content: string): ThinkSplit {
  const start = content.trimStart();
  if (!start.startsWith(OPEN)) return { thinking: "", text: content };
  const end = start.indexOf(CLOSE);
  if (end < 0) return { thinking: start.slice(OPEN.length).trim(), text: "" };
  return {
    thinking: start.slice(OPEN.length, end).trim(),
    text: start.slice(end + CLOSE.length).trimStart(),
  };
}

/** Does the same with a text that comes in pieces: what may be half of a tag is kept back. */
export class ThinkTagSplitter {
  readonly #onThinking: (text: string) => void;
  readonly #onText: (text: string) => void;
  #place: "before" | "thinking" | "after" | "text" = "before";
  #held = "";

  constructor(onThinking: (text: string) => void, onText: (text: string) => void) {
    this.#onThinking = onThinking;
    this.#onText = onText;
  }

  /** Takes a piece. */
  push(piece: string): void {
    if (this.#place === "text") return this.#text(piece);
    this.#held += piece;
    if (this.#place === "before") this.#open();
    if (this.#place === "thinking") this.#close();
    if (this.#place === "after") this.#begin();
  }

  /** The text has ended: what was kept back is what it is. */
  end(): void {
    const rest = this.#held;
    this.#held = "";
    if (this.#place === "thinking") this.#thinking(rest.trimEnd());
    else if (this.#place === "before") this.#text(rest);
  }

  #open(): void {
    const start = this.#held.trimStart();
    if (OPEN.startsWith(start)) {
      if (start.length < OPEN.length) return;
    } else if (!start.startsWith(OPEN)) {
      this.#place = "text";
      const held = this.#held;
      this.#held = "";
      return this.#text(held);
    }
    this.#place = "thinking";
    this.#held = start.slice(OPEN.length);
  }

  #close(): void {
    if (!this.#hasThought) this.#held = this.#held.trimStart();
    const end = this.#held.indexOf(CLOSE);
    if (end >= 0) {
      this.#thinking(this.#held.slice(0, end).trimEnd());
      this.#held = this.#held.slice(end + CLOSE.length);
      this.#place = "after";
      return;
    }
    const safe = this.#held.length - heldBack(this.#held);
    this.#thinking(this.#held.slice(0, safe));
    this.#held = this.#held.slice(safe);
  }

  #begin(): void {
    const text = this.#held.trimStart();
    this.#held = "";
    if (text === "") return;
    this.#place = "text";
    this.#text(text);
  }

  #hasThought = false;

  #thinking(text: string): void {
    if (text === "") return;
    this.#hasThought = true;
    this.#onThinking(text);
  }

  #text(text: string): void {
    if (text !== "") this.#onText(text);
  }
}

/** Characters at the end that may be the space before a closing tag, or half of one. */
function heldBack(text: string): number {
  const tag = text.lastIndexOf("<");
  const from = tag >= 0 && CLOSE.startsWith(text.slice(tag)) ? tag : text.length;
  return text.length - text.slice(0, from).trimEnd().length;
}
