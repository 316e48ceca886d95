import { indexOfText } from "../../../kernel/bytes.ts";
import { isJsonObject, tryParseJson } from "../../../kernel/json.ts";
import { base64Of, floatsOf, readVector } from "../float32.ts";
import type { EmbeddingEnvelope } from "./envelope.ts";

const NAME = '"embedding"';
const COLON = 0x3a;
const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;

/**
 * The answer with its vectors as the caller has asked for them, where the vendor has not minded
 * `encoding_format`; `undefined` where it has, which the first vector tells. OpenAI's client for Node asks for
 * base64 by itself and makes garbage of anything else.
 */
export function adaptAnswer(
  body: Uint8Array,
  { encoding }: Pick<EmbeddingEnvelope, "encoding">,
): Uint8Array | undefined {
  const first = firstVectorByte(body);
  if (first !== (encoding === "base64" ? OPEN_BRACKET : QUOTE)) return undefined;
  const answer = tryParseJson(new TextDecoder().decode(body));
  if (!isJsonObject(answer) || !Array.isArray(answer["data"])) return undefined;
  const render = encoding === "base64" ? base64Of : floatsOf;
  const data = answer["data"].map((item: unknown) => {
    const vector = isJsonObject(item) ? readVector(item["embedding"]) : undefined;
    return isJsonObject(item) && vector !== undefined ? { ...item, embedding: render(vector) } : item;
  });
  return new TextEncoder().encode(JSON.stringify({ ...answer, data }));
}

/** The first byte of the first vector. The name is also the value of `object`, where no colon follows. */
function firstVectorByte(body: Uint8Array): number | undefined {
  for (let at = indexOfText(body, NAME); at >= 0; at = indexOfText(body, NAME, at)) {
    at = skipSpace(body, at + NAME.length);
    if (body[at] === COLON) return body[skipSpace(body, at + 1)];
  }
  return undefined;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}
