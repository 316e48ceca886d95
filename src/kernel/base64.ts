/** Which letters base64 may be written with. */
export type Base64Alphabet =
  /** `+` and `/` alone. */
  | "standard"
  /** Those of URLs (`-` and `_`) as well. */
  | "any";

const FOREIGN: Readonly<Record<Base64Alphabet, RegExp>> = {
  standard: /[^A-Za-z0-9+/]/,
  any: /[^A-Za-z0-9+/_-]/,
};

const PADDING = "=";
const QUANTUM = 4;
/** The letters for 62 and 63 in URLs. */
const URL_LETTERS = /[-_]/;
/** ASCII white space, with which command-line tools wrap their lines. */
const WHITE_SPACE = /[\t\n\f\r ]+/g;

/**
 * Base64 as vendors want it: with the letters of RFC 4648, section 4, and padded. `undefined` where the text is none or
 * is empty. Nothing is decoded, and a text that is so already is itself the answer, so that large ones cost one look.
 * ASCII white space is left out, as browsers do in `data:` URLs: no vendor promises to take it, and tools that encode
 * wrap their lines by default. Source: https://infra.spec.whatwg.org/#forgiving-base64-decode
 */
export function standardBase64(text: string, alphabet: Base64Alphabet = "standard"): string | undefined {
  return standard(text, alphabet) ?? standard(text.replace(WHITE_SPACE, ""), alphabet);
}

function standard(text: string, alphabet: Base64Alphabet): string | undefined {
  const end = text.search(FOREIGN[alphabet]);
  const letters = end < 0 ? text.length : end;
  const over = letters % QUANTUM;
  if (letters === 0 || over === 1) return undefined;
  const padding = PADDING.repeat(over === 0 ? 0 : QUANTUM - over);
  const rest = text.slice(letters);
  if (rest !== "" && rest !== padding) return undefined;
  const padded = rest === padding ? text : text + padding;
  if (alphabet === "standard" || !URL_LETTERS.test(text)) return padded;
  return padded.replaceAll("-", "+").replaceAll("_", "/");
}
