import type { Usage } from "../../../canonical/usage.ts";
import { lastIndexOfText, latin1 } from "../../../kernel/bytes.ts";
import { isJsonObject, tryParseJson } from "../../../kernel/json.ts";
import { jsonElements, jsonNames, readJsonSpan, scanJsonObject } from "../../../kernel/json-scan.ts";
import type { PassedAnswer, Rewrite } from "../../passthrough.ts";
import { replaceSpan } from "../../replace-span.ts";
import type { WholePassthrough } from "../embedding-dialect.ts";
import { type GeminiEmbeddingEnvelope, nameOf, readBatchEnvelope, readEnvelope } from "./envelope.ts";
import { readUsage } from "./usage.ts";

const encoder = new TextEncoder();
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const USAGE = '"usageMetadata"';

/** Passes `embedContent` on: the bytes stay what they were but for the model's name, where they name it. */
export const geminiPassthrough = passthroughOf(readEnvelope, "embedding", OPEN_BRACE);

/** Passes `batchEmbedContents` on, in which each request names the model. */
export const geminiBatchPassthrough = passthroughOf(readBatchEnvelope, "embeddings", OPEN_BRACKET);

/** The path of `embedContent` beside that of `batchEmbedContents`. */
export function singlePath(path: string): string {
  return path.replace(/:batchEmbedContents$/, ":embedContent");
}

/**
 * @param member what an answer has to have
 * @param opening byte with which that begins
 */
function passthroughOf(
  read: WholePassthrough<GeminiEmbeddingEnvelope>["readEnvelope"],
  member: string,
  opening: number,
): WholePassthrough<GeminiEmbeddingEnvelope> {
  const names = jsonNames(member, "usageMetadata");
  const readAnswer = (body: Uint8Array): PassedAnswer => {
    const scan = scanJsonObject(body, names);
    if (!scan.ok) return { ok: false };
    const [vectors, usage] = scan.spans;
    if (vectors === undefined || body[vectors.start] !== opening) return { ok: false };
    if (opening === OPEN_BRACKET && jsonElements(body, vectors).length === 0) return { ok: false };
    return { ok: true, usage: usage === undefined ? undefined : readUsage(readJsonSpan(body, usage)) };
  };
  return {
    readEnvelope: read,
    canPass: ({ isNamed }) => isNamed,
    rewrite,
    readAnswer,
    readTail,
    adaptAnswer: () => undefined,
  };
}

function rewrite({ body, modelSpans }: GeminiEmbeddingEnvelope, { modelJson }: Rewrite): Uint8Array {
  if (modelSpans.length === 0) return body;
  const upstream: unknown = readJsonSpan(modelJson, { start: 0, end: modelJson.length });
  const named = encoder.encode(JSON.stringify(`models/${nameOf(String(upstream))}`));
  // From the end, so that the other places stay where they are.
  return modelSpans.reduceRight((bytes, span) => replaceSpan(bytes, span, named), body);
}

/** What follows the last `"usageMetadata"` has to close one object and no more, as only a member of the answer does. */
function readTail(tail: Uint8Array): Usage | undefined {
  const at = lastIndexOfText(tail, USAGE);
  const rest = at < 0 ? undefined : tryParseJson(`{${latin1(tail, at, tail.length)}`);
  return isJsonObject(rest) ? readUsage(rest["usageMetadata"]) : undefined;
}
