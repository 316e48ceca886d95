import type { Json } from "../../kernel/json.ts";

/** What is wrong with the order in which a model's arguments come. */
export class ArgumentOrderError extends Error {
  override readonly name = "ArgumentOrderError";
}

/** Elements left out of an array at most, before it counts as damaged. */
const MAX_GAP = 1_000;

interface Container {
  readonly isArray: boolean;
  /** Member or element under way; the one written last. */
  key: string | number | undefined;
  readonly used: Set<string>;
}

/**
 * Puts the arguments of a function together as they come, each value with its path, and answers the JSON text that
 * can be said so far. Values come in the order of the text, since a model writes one token after the other.
 * Wire format: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/Content#PartialArg
 */
export class StreamedArguments {
  /** From the outermost to the innermost that is open. Empty before the first value. */
  readonly #open: Container[] = [];
  /** Path of the text under way. */
  #text: string | undefined;
  #lastPath: string | undefined;

  /**
   * A value, or a piece of a text.
   * @param willContinue whether more of the same text is to come
   * @throws ArgumentOrderError for a path that is damaged or was left before
   */
  set(path: string, value: Json, willContinue = false): string {
    if (typeof value === "string") {
      // The end of a text is an empty piece of it, also of one that came whole.
      if (path === this.#lastPath && this.#text === undefined && value === "") return "";
      if (path === this.#text) return this.#moreText(value, willContinue);
    }
    const place = this.#endText() + this.#goTo(readPath(path));
    this.#lastPath = path;
    if (typeof value !== "string" || !willContinue) return place + JSON.stringify(value);
    this.#text = path;
    return `${place}"${escaped(value)}`;
  }

  /** Nothing more comes: what closes the text. */
  close(): string {
    const end = this.#endText();
    return this.#open.length === 0 ? "{}" : end + this.#closeDownTo(0);
  }

  #moreText(value: string, willContinue: boolean): string {
    return escaped(value) + (willContinue ? "" : this.#endText());
  }

  #endText(): string {
    if (this.#text === undefined) return "";
    this.#text = undefined;
    return '"';
  }

  #closeDownTo(depth: number): string {
    let closers = "";
    while (this.#open.length > depth) closers += this.#open.pop()?.isArray === true ? "]" : "}";
    return closers;
  }

  /** Leaves and enters objects and arrays up to a place, where a value can follow. */
  #goTo(keys: readonly (string | number)[]): string {
    let text = "";
    if (this.#open.length === 0) {
      this.#open.push({ isArray: false, key: undefined, used: new Set() });
      text = "{";
    }
    let depth = 0;
    while (depth + 1 < Math.min(keys.length, this.#open.length) && this.#open[depth]?.key === keys[depth])
      depth++;
    text += this.#closeDownTo(depth + 1);
    for (const [index, key] of keys.slice(depth).entries()) {
      if (index > 0) {
        const isArray = typeof key === "number";
        this.#open.push({ isArray, key: undefined, used: new Set() });
        text += isArray ? "[" : "{";
      }
      text += this.#enter(key);
    }
    return text;
  }

  #enter(key: string | number): string {
    const container = this.#open.at(-1);
    if (container === undefined || container.isArray !== (typeof key === "number")) {
      throw new ArgumentOrderError("a path takes an object for an array");
    }
    const before = container.key;
    container.key = key;
    const comma = before === undefined ? "" : ",";
    if (typeof key === "string") {
      if (container.used.has(key)) throw new ArgumentOrderError("a member comes twice");
      container.used.add(key);
      return `${comma}${JSON.stringify(key)}:`;
    }
    const gap = key - (typeof before === "number" ? before + 1 : 0);
    if (gap < 0 || gap > MAX_GAP) throw new ArgumentOrderError("an element comes out of order");
    return comma + "null,".repeat(gap);
  }
}

/** The inside of a JSON string. Halves of a surrogate pair come out as two escapes, which is one character again. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const STEP = /\.([^.[\]]+)|\[(\d{1,6})\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** `$.a[0]['b c']` as its keys. Source: https://www.rfc-editor.org/rfc/rfc9535 */
function readPath(path: string): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  STEP.lastIndex = path.startsWith("$") ? 1 : 0;
  while (STEP.lastIndex < path.length) {
    const [, plain, index, single, double] = STEP.exec(path) ?? [];
    const quoted = single ?? double;
    if (index !== undefined) keys.push(Number(index));
    else if (plain !== undefined) keys.push(plain);
    else if (quoted !== undefined) keys.push(quoted.replace(/\\(.)/g, "$1"));
    else throw new ArgumentOrderError("a path cannot be read");
  }
  if (typeof keys[0] !== "string") throw new ArgumentOrderError("a path leads nowhere");
  return keys;
}
