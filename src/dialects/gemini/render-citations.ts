import type { Citation } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** A text of an answer with its sources. */
export interface CitedText {
  /** Place among the answer's parts; absent in streams, whose parts are pieces. */
  readonly partIndex?: number;
  readonly text: string;
  readonly citations: readonly Citation[];
}

interface Support {
  readonly segment: JsonObject;
  readonly groundingChunkIndices: number[];
}

/**
 * `groundingMetadata` and `citationMetadata` of a candidate; empty where nothing is cited.
 * Wire format: https://ai.google.dev/api/generate-content#GroundingMetadata
 */
export function renderCitations(texts: readonly CitedText[]): JsonObject {
  const chunks = new Map<string, { readonly index: number; readonly chunk: JsonObject }>();
  const supports = new Map<string, Support>();
  const recited: JsonObject[] = [];
  for (const { partIndex, text, citations } of texts) {
    for (const citation of citations) {
      const raw = rawOf(citation);
      if (isJsonObject(raw["recited"])) {
        recited.push(raw["recited"] as JsonObject);
        continue;
      }
      const chunk = isJsonObject(raw["chunk"]) ? (raw["chunk"] as JsonObject) : renderChunk(citation);
      const chunkKey = JSON.stringify(chunk);
      const known = chunks.get(chunkKey) ?? { index: chunks.size, chunk };
      chunks.set(chunkKey, known);
      const segment = renderSegment(citation, text, partIndex);
      if (segment === undefined) continue;
      const key = JSON.stringify(segment);
      const support = supports.get(key) ?? { segment, groundingChunkIndices: [] };
      supports.set(key, support);
      support.groundingChunkIndices.push(known.index);
    }
  }
  return {
    ...(chunks.size > 0 && {
      groundingMetadata: {
        groundingChunks: [...chunks.values()].map(({ chunk }) => chunk),
        ...(supports.size > 0 && {
          groundingSupports: [...supports.values()].map((support) => ({ ...support })),
        }),
      },
    }),
    ...(recited.length > 0 && { citationMetadata: { citations: recited } }),
  };
}

function rawOf({ raw }: Citation): JsonObject {
  return raw?.dialect === "gemini" && isJsonObject(raw.value) ? (raw.value as JsonObject) : {};
}

function renderChunk({ url, title, document, quote }: Citation): JsonObject {
  const name = title ?? document;
  const titled = name !== undefined && { title: name };
  if (url !== undefined) return { web: { uri: url, ...titled } };
  return { retrievedContext: { ...titled, ...(quote !== undefined && { text: quote }) } };
}

/**
 * Offsets in bytes, the start left out where it is zero, as Google's JSON does. A citation that a vendor has put to a
 * text without saying to which words of it (Anthropic) supports all of it; a source that is only named, and one of
 * Gemini's own, supports no words in particular.
 */
function renderSegment(
  { start, end: given, text: said, raw }: Citation,
  text: string,
  partIndex = 0,
): JsonObject | undefined {
  const place = partIndex > 0 && { partIndex };
  const isOfAll = said === undefined && raw !== undefined && raw.dialect !== "gemini" && text !== "";
  const end = given ?? (isOfAll ? text.length : undefined);
  if (end === undefined) return said === undefined ? undefined : { ...place, text: said };
  const startIndex = Buffer.byteLength(text.slice(0, start ?? 0));
  return {
    ...place,
    ...(startIndex > 0 && { startIndex }),
    endIndex: Buffer.byteLength(text.slice(0, end)),
    text: said ?? text.slice(start ?? 0, end),
  };
}
