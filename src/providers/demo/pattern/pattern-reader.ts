import { PatternError } from "./pattern.ts";

/** A place in the source of a regular expression. */
export class PatternReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  /** Whether a text comes next. */
  sees(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  /** Steps over a text where it comes next. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  /** Steps over what a sticky expression matches here. */
  takeMatch(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#source);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }

  /** The next character, for messages. */
  peek(): string {
    return String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
  }

  /** Steps over a code point. @throws PatternError at the end. */
  next(): number {
    const codePoint = this.#source.codePointAt(this.#at);
    if (codePoint === undefined) throw new PatternError("it ends too early");
    this.#at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }
}
