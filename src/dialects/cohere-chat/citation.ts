import type { Citation } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/**
 * Citations of one of Cohere's, one for each of its sources; the first carries the whole as it came. Those of plans
 * and of thinking are left out: nothing but an answer's text can be cited. Cohere counts characters, where the
 * canonical form counts UTF-16 code units.
 * Wire format: https://docs.cohere.com/v2/docs/documents-and-citations
 * @param said the text as far as it has come
 */
export function readCitation(value: unknown, said: string): readonly Citation[] {
  if (!isJsonObject(value) || value["type"] === "PLAN" || value["type"] === "THINKING_CONTENT") return [];
  const { text, sources } = value;
  const place = {
    ...placeOf(value as JsonObject, said),
    ...(typeof text === "string" && { text }),
  };
  const list: readonly unknown[] = Array.isArray(sources) ? sources : [];
  const read = list.filter(isJsonObject).map((source) => sourceOf(source as JsonObject));
  const raw = { dialect: "cohere-chat", value: value as JsonObject } as const;
  return (read.length === 0 ? [{}] : read).map((source, index) => ({
    ...place,
    ...source,
    ...(index === 0 && { raw }),
  }));
}

/** Index of the content block that a citation belongs to, where it says one. */
export function citedBlock(value: unknown): number | undefined {
  const index = isJsonObject(value) ? value["content_index"] : undefined;
  return typeof index === "number" ? index : undefined;
}

function placeOf({ start, end, text }: JsonObject, said: string): { start?: number; end?: number } {
  if (!isOffset(start) || !isOffset(end) || end < start) return {};
  const units = { start: unitsUntil(said, start), end: unitsUntil(said, end) };
  const isCited = said.slice(units.start, units.end) === text;
  return !isCited && said.slice(start, end) === text ? { start, end } : units;
}

function isOffset(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** UTF-16 code units of the first characters of a text; what lies beyond it is counted as it is. */
function unitsUntil(text: string, characters: number): number {
  let units = 0;
  let at = 0;
  for (; at < characters && units < text.length; at++)
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units + (characters - at);
}

function sourceOf({ type, id, document, tool_output }: JsonObject): Citation {
  const given = type === "tool" ? tool_output : document;
  const fields = isJsonObject(given) ? given : {};
  const title = fields["title"];
  const url = fields["url"];
  const quote = fields["text"] ?? fields["snippet"] ?? fields["content"];
  return {
    ...(typeof id === "string" && { document: id }),
    ...(typeof title === "string" && { title }),
    ...(typeof url === "string" && { url }),
    ...(typeof quote === "string" && { quote }),
  };
}
