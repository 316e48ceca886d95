import { latin1 } from "./bytes.ts";
import { isPlainString, skipString } from "./json-string-scan.ts";

/** What is wrong with a JSON text that is valid all the same. */
export interface JsonFault {
  /**
   * `duplicate`: the object has the member twice, and two readers could take different ones; `prototype`: the member is
   * called `__proto__`; `surrogate`: a text or a name holds half a character.
   */
  readonly reason: "duplicate" | "prototype" | "surrogate";
  /** Where it stands: names of members and places in lists, from 0. */
  readonly path: readonly (string | number)[];
}

interface Level {
  /** Members that an object has had so far; undefined: a list. */
  readonly names: Set<string> | undefined;
  place: string | number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const decoder = new TextDecoder();

/**
 * The first thing in a JSON text that readers could take differently, at any depth; `undefined` where there is none.
 * @param bytes UTF-8 that `scanJsonObject` has found to be JSON
 * @param only the one sort of fault that counts; default: all of them
 */
export function findJsonFault(bytes: Uint8Array, only?: JsonFault["reason"]): JsonFault | undefined {
  const levels: Level[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === OPEN_BRACE) levels.push({ names: new Set(), place: "" });
    else if (byte === OPEN_BRACKET) levels.push({ names: undefined, place: 0 });
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) levels.pop();
    else if (byte === COMMA) nextPlace(levels.at(-1));
    else if (byte === QUOTE) {
      const end = skipString(bytes, at);
      if (end < 0) return undefined;
      const reason = faultOf(readString(bytes, at, end), isName(bytes, end) ? levels.at(-1) : undefined);
      const counts = only === undefined || reason === only;
      if (reason !== undefined && counts) return { reason, path: levels.map(({ place }) => place) };
      at = end - 1;
    }
  }
  return undefined;
}

function nextPlace(level: Level | undefined): void {
  if (typeof level?.place === "number") level.place++;
}

/** @param level object that the text is a name in; undefined: it is a value */
function faultOf(text: string, level: Level | undefined): JsonFault["reason"] | undefined {
  if (level?.names !== undefined) {
    level.place = text;
    if (text === "__proto__") return "prototype";
    if (level.names.has(text)) return "duplicate";
    level.names.add(text);
  }
  return text.isWellFormed() ? undefined : "surrogate";
}

function readString(bytes: Uint8Array, start: number, end: number): string {
  if (isPlainString(bytes, start, end)) return latin1(bytes, start + 1, end - 1);
  return JSON.parse(decoder.decode(bytes.subarray(start, end))) as string;
}

/** Whether a colon follows. */
function isName(bytes: Uint8Array, end: number): boolean {
  let at = end;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return bytes[at] === COLON;
}
