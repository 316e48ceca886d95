import { indexOfText } from "../../../kernel/bytes.ts";
import { type JsonSpan, jsonElements } from "../../../kernel/json-scan.ts";

const VECTOR = '"embedding"';
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const QUOTE = 0x22;
/** White space of JSON. */
const SPACES: readonly (number | undefined)[] = [0x20, 0x0a, 0x0d, 0x09];

/**
 * Vectors of an answer, found by their names: what stands in them is not looked at, for they are long. The name is also
 * the value of `object`, where no colon follows.
 */
export function countVectors(body: Uint8Array): number {
  let count = 0;
  for (let at = indexOfText(body, VECTOR); at >= 0; at = indexOfText(body, VECTOR, at)) {
    at += VECTOR.length;
    while (SPACES.includes(body[at])) at++;
    if (body[at] === COLON) count++;
  }
  return count;
}

/** Inputs of a request: a text is one, a list of token ids as well, and any other list has one in each element. */
export function countInputs(body: Uint8Array, input: JsonSpan): number {
  if (body[input.start] !== OPEN_BRACKET) return 1;
  let first = input.start + 1;
  while (SPACES.includes(body[first])) first++;
  return body[first] === QUOTE || body[first] === OPEN_BRACKET ? jsonElements(body, input).length : 1;
}
