import type { Citation } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { sealPrefix } from "./sealed-signature.ts";

/**
 * A citation in canonical form. It stands with the whole text of its block, so it has no offsets.
 * Wire format: https://docs.anthropic.com/en/docs/build-with-claude/citations
 */
export function readCitation(citation: JsonObject): Citation {
  const { cited_text: quote, document_title, title = document_title, url, source } = citation;
  const document = citation["document_index"] ?? citation["search_result_index"];
  const address = typeof url === "string" ? url : source;
  return {
    ...(typeof title === "string" && { title }),
    ...(typeof address === "string" && { url: address }),
    ...(typeof quote === "string" && { quote }),
    ...(typeof document === "number" && { document: String(document) }),
    raw: { dialect: "anthropic-messages", value: citation },
  };
}

/** The citations of a text block. */
export function readCitations(citations: unknown): readonly Citation[] {
  if (!Array.isArray(citations)) return [];
  return (citations as readonly unknown[]).flatMap((citation) =>
    isJsonObject(citation) ? [readCitation(citation as JsonObject)] : [],
  );
}

/**
 * A citation as Anthropic sent it, for Anthropic; `undefined` where it comes from another vendor or was made by
 * `renderCitation`.
 */
export function ownCitation({ raw }: Citation): JsonObject | undefined {
  if (raw?.dialect !== "anthropic-messages" || !isJsonObject(raw.value)) return undefined;
  const value = raw.value as JsonObject;
  return value["encrypted_index"] === sealPrefix ? undefined : value;
}

/** A citation in a caller's answer, in the one of Anthropic's forms that comes nearest. */
export function renderCitation(citation: Citation): JsonObject {
  const own = ownCitation(citation);
  if (own !== undefined) return own;
  const { text, quote = text ?? "", title = null, url, document } = citation;
  if (url !== undefined || document === undefined) {
    return {
      type: "web_search_result_location",
      cited_text: quote,
      url: url ?? "",
      title,
      // Anthropic's own seal, for which others have nothing: it tells that this is none of its citations.
      encrypted_index: sealPrefix,
    };
  }
  const index = Number(document);
  return {
    type: "char_location",
    cited_text: quote,
    document_index: Number.isSafeInteger(index) && index >= 0 ? index : 0,
    document_title: title ?? (Number.isSafeInteger(index) ? null : document),
    start_char_index: 0,
    end_char_index: quote.length,
    file_id: null,
  };
}
