import type { Usage } from "../../../canonical/usage.ts";
import { indexOfText, lastIndexOfText, latin1 } from "../../../kernel/bytes.ts";
import { isJsonObject, tryParseJson } from "../../../kernel/json.ts";
import { jsonNames, readJsonSpan, scanJsonObject } from "../../../kernel/json-scan.ts";
import type { PassedAnswer } from "../../passthrough.ts";
import { replaceSpan } from "../../replace-span.ts";
import type { WholePassthrough } from "../embedding-dialect.ts";
import { readTokenUsage } from "../usage.ts";
import { adaptAnswer } from "./adapt-answer.ts";
import { countVectors } from "./count-vectors.ts";
import { type EmbeddingEnvelope, readEnvelope } from "./envelope.ts";

const NAMES = jsonNames("data", "usage");
const DATA = '"data"';
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const COLON = 0x3a;
const SPACE = 0x20;
const CLOSE_BRACKET = 0x5d;
/** White space of JSON. */
const SPACES: readonly (number | undefined)[] = [0x20, 0x0a, 0x0d, 0x09];

/** Passes OpenAI's embeddings on: the bytes stay what they were but for the model's name. */
export const openaiPassthrough: WholePassthrough<EmbeddingEnvelope> = {
  readEnvelope,
  rewrite: ({ body, modelSpan }, { modelJson }) => replaceSpan(body, modelSpan, modelJson),
  readAnswer,
  readTail: (tail) => usageInTail(tail, 0),
  canPass: () => true,
  answersAll: (body, { inputs }) => inputs === 1 || countVectors(body) >= inputs,
  adaptAnswer,
};

/** Usage stands last as a rule: then nothing before it is looked at, for vectors are long. */
function readAnswer(body: Uint8Array): PassedAnswer {
  const start = body[0] === OPEN_BRACE ? dataStart(body) : -1;
  const last = start < 0 ? undefined : usageInTail(body, start);
  if (last !== undefined) return { ok: true, usage: last };
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) return { ok: false };
  const [data, usage] = scan.spans;
  if (data === undefined || body[data.start] !== OPEN_BRACKET || isEmptyList(body, data.start))
    return { ok: false };
  return { ok: true, usage: usage === undefined ? undefined : readTokenUsage(readJsonSpan(body, usage)) };
}

/** Offset of the list of vectors; -1 where it is not found at once. */
function dataStart(body: Uint8Array): number {
  const name = indexOfText(body, DATA);
  if (name < 0) return -1;
  let at = name + DATA.length;
  while (body[at] === SPACE || body[at] === COLON) at++;
  return body[at] === OPEN_BRACKET && !isEmptyList(body, at) ? at : -1;
}

function isEmptyList(body: Uint8Array, start: number): boolean {
  let at = start + 1;
  while (SPACES.includes(body[at])) at++;
  return body[at] === CLOSE_BRACKET;
}

/** What follows the last `"usage"` has to close one object and no more, which only a member of the answer does. */
function usageInTail(bytes: Uint8Array, from: number): Usage | undefined {
  const at = lastIndexOfText(bytes, '"usage"');
  if (at < from) return undefined;
  const rest = tryParseJson(`{${latin1(bytes, at, bytes.length)}`);
  return isJsonObject(rest) ? readTokenUsage(rest["usage"]) : undefined;
}
