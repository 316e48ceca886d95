import type { Citation } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/**
 * An annotation of a text.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/object (`output_text.annotations`)
 */
export function readAnnotation(annotation: JsonObject): Citation {
  const { start_index: start, end_index: end, title, filename, url, file_id: file } = annotation;
  const name = typeof title === "string" ? title : filename;
  return {
    ...(typeof start === "number" && { start }),
    ...(typeof end === "number" && { end }),
    ...(typeof name === "string" && { title: name }),
    ...(typeof url === "string" && { url }),
    ...(typeof file === "string" && { document: file }),
    raw: { dialect: "openai-responses", value: annotation },
  };
}

/** All annotations of a text part. */
export function readAnnotations(annotations: unknown): readonly Citation[] {
  if (!Array.isArray(annotations)) return [];
  return annotations.filter(isJsonObject).map((annotation) => readAnnotation(annotation as JsonObject));
}

/**
 * A citation in this dialect's words: of a page by its URL, of anything else by its document.
 * @param length of the text so far, which a citation without offsets stands for
 */
export function renderAnnotation(citation: Citation, length: number): JsonObject {
  const { raw, url, title, document, start = 0, end = length } = citation;
  if (raw?.dialect === "openai-responses" && isJsonObject(raw.value)) return raw.value as JsonObject;
  if (url !== undefined)
    return { type: "url_citation", start_index: start, end_index: end, url, title: title ?? url };
  const file = document ?? "";
  return { type: "file_citation", file_id: file, filename: title ?? file, index: start };
}
