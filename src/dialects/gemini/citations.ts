import type { Citation } from "../../canonical/content.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

/** A citation as Gemini places it: by bytes, in a part of the answer or, in streams, in all of its text. */
export interface FoundCitation {
  readonly partIndex: number;
  readonly startByte: number | undefined;
  readonly endByte: number | undefined;
  /** Without offsets. */
  readonly citation: Citation;
}

/**
 * Sources of a candidate: what Google's own tools have found, and what the model has recited.
 * Wire format: https://ai.google.dev/api/generate-content#GroundingMetadata,
 * https://ai.google.dev/api/generate-content#CitationMetadata
 */
export function readCitations(candidate: JsonObject): readonly FoundCitation[] {
  const { groundingMetadata, citationMetadata } = candidate;
  if (groundingMetadata === undefined && citationMetadata === undefined) return [];
  const grounded = isJsonObject(groundingMetadata) ? readGrounding(groundingMetadata as JsonObject) : [];
  const recited = isJsonObject(citationMetadata)
    ? listOf(citationMetadata["citations"]).map(readRecited)
    : [];
  return [...grounded, ...recited];
}

/** The citation with offsets in a text, counted in UTF-16 code units; without offsets where they do not fit. */
export function placeCitation({ citation, startByte = 0, endByte }: FoundCitation, text: string): Citation {
  const bytes = Buffer.from(text);
  if (endByte !== undefined && endByte <= bytes.length && startByte < endByte) {
    const said = bytes.subarray(startByte, endByte).toString();
    if (citation.text === undefined || citation.text === said) {
      const start = bytes.subarray(0, startByte).toString().length;
      return { start, end: start + said.length, ...citation, text: said };
    }
  }
  const found = citation.text === undefined || citation.text === "" ? -1 : text.indexOf(citation.text);
  return found < 0 ? citation : { start: found, end: found + (citation.text ?? "").length, ...citation };
}

function readGrounding(metadata: JsonObject): readonly FoundCitation[] {
  const chunks = listOf(metadata["groundingChunks"]);
  const supports = listOf(metadata["groundingSupports"]);
  // Sources of which nothing says what they support are sources of the whole.
  if (supports.length === 0) return chunks.map((chunk) => found(undefined, chunk));
  return supports.flatMap((support) => {
    const segment = isJsonObject(support["segment"]) ? (support["segment"] as JsonObject) : undefined;
    const indices = Array.isArray(support["groundingChunkIndices"]) ? support["groundingChunkIndices"] : [];
    return indices.flatMap((index: unknown) => {
      const chunk = typeof index === "number" ? chunks[index] : undefined;
      return chunk === undefined ? [] : [found(segment, chunk)];
    });
  });
}

function found(segment: JsonObject | undefined, chunk: JsonObject): FoundCitation {
  const { partIndex, startIndex, endIndex, text } = segment ?? {};
  const [source] = Object.values(chunk).filter((value) => isJsonObject(value));
  const { title, uri, text: quote } = isJsonObject(source) ? (source as JsonObject) : {};
  return {
    partIndex: offset(partIndex) ?? 0,
    startByte: offset(startIndex),
    endByte: offset(endIndex),
    citation: {
      ...(typeof text === "string" && { text }),
      ...(typeof title === "string" && { title }),
      ...(typeof uri === "string" && { url: uri }),
      ...(typeof quote === "string" && { quote }),
      raw: { dialect: "gemini", value: { chunk } },
    },
  };
}

function readRecited(citation: JsonObject): FoundCitation {
  const { startIndex, endIndex, uri, title } = citation;
  return {
    partIndex: 0,
    startByte: offset(startIndex),
    endByte: offset(endIndex),
    citation: {
      ...(typeof title === "string" && { title }),
      ...(typeof uri === "string" && { url: uri }),
      raw: { dialect: "gemini", value: { recited: citation } },
    },
  };
}

function offset(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter((item) => isJsonObject(item)) : [];
}
