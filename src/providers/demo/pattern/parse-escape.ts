import {
  type CharSet,
  charSet,
  complement,
  digits,
  propertySet,
  whiteSpace,
  wordCharacters,
} from "./char-set.ts";
import { PatternError } from "./pattern.ts";
import type { PatternReader } from "./pattern-reader.ts";

const classes: Readonly<Record<string, CharSet>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: whiteSpace,
  S: complement(whiteSpace),
};

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 };

/** What a back-slash begins, the back-slash read already. @throws PatternError for back-references. */
export function parseEscape(reader: PatternReader): CharSet {
  const property = reader.takeMatch(/([pP])\{([^}]*)\}/y);
  if (property !== undefined) {
    const set = propertySet(property[2] ?? "");
    return property[1] === "P" ? complement(set) : set;
  }
  const coded = parseCoded(reader);
  if (coded !== undefined) return charSet([[coded, coded]]);
  const codePoint = reader.next();
  const letter = String.fromCodePoint(codePoint);
  const known = Object.hasOwn(classes, letter) ? classes[letter] : undefined;
  if (known !== undefined) return known;
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined;
  if (control !== undefined) return charSet([[control, control]]);
  if (/[1-9k]/.test(letter)) throw new PatternError("back-references are not supported");
  if (/[a-zA-Z]/.test(letter)) throw new PatternError(`\\${letter} is not supported`);
  return charSet([[codePoint, codePoint]]);
}

/** A code point written in hexadecimal digits or as a control letter. */
function parseCoded(reader: PatternReader): number | undefined {
  const pair = reader.takeMatch(/u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/iy);
  if (pair !== undefined) {
    return String.fromCharCode(hex(pair[1]), hex(pair[2])).codePointAt(0);
  }
  const match = reader.takeMatch(/u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})/iy);
  if (match !== undefined) {
    const codePoint = hex(match[1] ?? match[2] ?? match[3]);
    if (codePoint > 0x10ffff) throw new PatternError("a code point is out of range");
    return codePoint;
  }
  const control = reader.takeMatch(/c([a-z])/iy);
  return control === undefined ? undefined : (control[1] ?? "").charCodeAt(0) % 32;
}

function hex(text: string | undefined): number {
  return Number.parseInt(text ?? "", 16);
}
