import type { FilePart } from "../../canonical/content.ts";
import type { JsonObject } from "../../kernel/json.ts";

/** Media types that are text although their name does not begin with it. */
const TEXTS = /^(text\/|application\/(json|xml|yaml|x-yaml|javascript|x-ndjson|[\w.+-]+\+(json|xml))(;|$))/i;

/**
 * A text file as a document; `undefined` for one that is no text, or that is not here.
 * Wire format: https://docs.cohere.com/v2/reference/chat (`documents`)
 * @param id names it in citations
 */
export function documentOf({ source, name, context }: FilePart, id: string): JsonObject | undefined {
  if (source.kind !== "base64" || !TEXTS.test(source.mediaType)) return undefined;
  const text = Buffer.from(source.data, "base64").toString("utf8");
  const title = name !== undefined && { title: name };
  return { id, data: { ...title, ...(context !== undefined && { context }), text } };
}
