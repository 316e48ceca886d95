import type { Citation } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/**
 * Citations of a message.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/object (`message.annotations`)
 */
export function readAnnotations(value: unknown): readonly Citation[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((annotation: unknown): Citation[] => {
    const cited = isJsonObject(annotation) ? annotation["url_citation"] : undefined;
    if (!isJsonObject(annotation) || !isJsonObject(cited)) return [];
    const { start_index, end_index, title, url, content } = cited;
    return [
      {
        ...(typeof start_index === "number" && { start: start_index }),
        ...(typeof end_index === "number" && { end: end_index }),
        ...(typeof title === "string" && { title }),
        ...(typeof url === "string" && { url }),
        ...(typeof content === "string" && { quote: content }),
        raw: { dialect: "openai-chat", value: annotation as JsonObject },
      },
    ];
  });
}

/**
 * Sources that a searching model names beside its message: `search_results`, or else plain URLs in `citations`.
 * Wire format: https://docs.perplexity.ai/api-reference/chat-completions-post
 */
export function readSources(answer: JsonObject): readonly Citation[] {
  const { search_results, citations } = answer;
  const results: readonly unknown[] = Array.isArray(search_results) ? search_results : [];
  const found = results.flatMap((result): Citation[] => {
    if (!isJsonObject(result) || typeof result["url"] !== "string") return [];
    const { url, title, snippet } = result;
    return [
      {
        url,
        ...(typeof title === "string" && { title }),
        ...(typeof snippet === "string" && snippet !== "" && { quote: snippet }),
      },
    ];
  });
  if (found.length > 0) return found;
  const urls: readonly unknown[] = Array.isArray(citations) ? citations : [];
  return urls.flatMap((url): Citation[] => (typeof url === "string" ? [{ url }] : []));
}

/**
 * A citation for a caller; `undefined` for one without a URL, such as of a document of the request, since the official
 * clients know no other kind and would show a link to nowhere. One of this dialect goes on as it came.
 * @param from where the cited text begins in the message, UTF-16 code units
 * @param length of the cited text, for citations that do not say which words they support
 */
export function renderAnnotation(citation: Citation, from: number, length: number): JsonObject | undefined {
  const { start, end, title, url, quote, document, raw } = citation;
  if (from === 0 && raw?.dialect === "openai-chat" && isJsonObject(raw.value)) return raw.value as JsonObject;
  if (url === undefined || url === "") return undefined;
  return {
    type: "url_citation",
    url_citation: {
      start_index: from + (start ?? 0),
      end_index: from + (end ?? length),
      title: title ?? document ?? "",
      url,
      ...(quote !== undefined && { content: quote }),
    },
  };
}
