import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import {
  type JsonName,
  type JsonSpan,
  jsonNames,
  readJsonSpan,
  scanJsonObject,
} from "../../kernel/json-scan.ts";
import { scanError } from "../../kernel/scan-error.ts";
import type { WholePassthrough } from "../embeddings/embedding-dialect.ts";
import type { Envelope, PassedAnswer } from "../passthrough.ts";
import { replaceSpan } from "../replace-span.ts";
import { fieldFault } from "../request-reader.ts";
import { readUsage } from "./usage.ts";

/** What the gateway has to know of a request to rank before it passes the bytes on. */
export interface RerankEnvelope extends Envelope {
  readonly modelSpan: JsonSpan;
  /** Whether it holds nothing that version 2 of Cohere's API does not take. */
  readonly isPlain: boolean;
}

const NAMES: readonly JsonName[] = jsonNames("model", "query", "documents", "return_documents", "truncation");
const OPEN_BRACKET = 0x5b;
const QUOTE = 0x22;
/** White space of JSON. */
const SPACES: readonly (number | undefined)[] = [0x20, 0x0a, 0x0d, 0x09];

/** Passes rerank in Cohere's words on: the bytes stay what they were but for the model's name. */
export const coherePassthrough: WholePassthrough<RerankEnvelope> = {
  readEnvelope,
  rewrite: ({ body, modelSpan }, { modelJson }) => replaceSpan(body, modelSpan, modelJson),
  readAnswer,
  readTail,
  canPass: ({ isPlain }) => isPlain,
  adaptAnswer: () => undefined,
};

function readEnvelope(body: Uint8Array): RerankEnvelope {
  const scan = scanJsonObject(body, NAMES);
  if (!scan.ok) throw scanError(scan, body);
  const [modelSpan, query, documents, ...others] = scan.spans;
  const model = modelSpan === undefined ? undefined : readJsonSpan(body, modelSpan);
  if (modelSpan === undefined || typeof model !== "string" || model === "")
    throw fieldFault("model", "has to be the name of a model, as a string");
  if (query === undefined || body[query.start] !== QUOTE)
    throw fieldFault("query", "has to be what is looked for, as a string");
  if (documents === undefined || body[documents.start] !== OPEN_BRACKET)
    throw fieldFault("documents", "has to be a list of documents, not an empty one");
  let first = documents.start + 1;
  while (SPACES.includes(body[first])) first++;
  const isPlain = body[first] === QUOTE && others.every((span) => span === undefined);
  return { body, model, modelSpan, stream: false, isPlain };
}

function readAnswer(body: Uint8Array): PassedAnswer {
  const answer = tryParseJson(new TextDecoder().decode(body));
  if (!isJsonObject(answer)) return { ok: false };
  const list = answer["results"] ?? answer["data"];
  if (!Array.isArray(list) || list.length === 0 || !list.every(isResult)) return { ok: false };
  return { ok: true, usage: readUsage(answer) };
}

function isResult(item: unknown): boolean {
  return isJsonObject(item) && Number.isInteger(item["index"]) && Number.isFinite(item["relevance_score"]);
}

/** `meta` or `usage` stands last as a rule: what follows it has to close one object and no more. */
function readTail(tail: Uint8Array): ReturnType<typeof readUsage> {
  const text = new TextDecoder().decode(tail);
  for (const name of ['"meta"', '"usage"']) {
    const at = text.lastIndexOf(name);
    const rest = at < 0 ? undefined : tryParseJson(`{${text.slice(at)}`);
    const usage = isJsonObject(rest) ? readUsage(rest) : undefined;
    if (usage !== undefined) return usage;
  }
  return undefined;
}
