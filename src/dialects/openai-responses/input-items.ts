import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { fieldError } from "./field.ts";
import { ownItemBase } from "./item-id.ts";

const MOST = 100;
const USUAL = 20;

/**
 * A page of what was said to a model, the newest first unless `order=asc`.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/input-items
 * @param items what the request held, in order
 * @param responseId id of the answer, for the ids of items that have none
 * @throws LatchkeyError LK-2102 for a page that cannot be.
 */
export function inputItemsPage(
  items: readonly Json[],
  responseId: string,
  query: URLSearchParams,
): JsonObject {
  const limit = readLimit(query.get("limit"));
  const order = query.get("order") ?? "desc";
  if (order !== "asc" && order !== "desc") throw fieldError("order", 'has to be "asc" or "desc"');
  const all = items.flatMap((item, index) => (isJsonObject(item) ? [named(item, responseId, index)] : []));
  if (order === "desc") all.reverse();
  const after = query.get("after");
  const begin = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== null && begin === 0)
    throw fieldError("after", "has to be the id of an item of this response");
  const data = all.slice(begin, begin + limit);
  return {
    object: "list",
    data,
    first_id: data[0]?.["id"] ?? null,
    last_id: data.at(-1)?.["id"] ?? null,
    has_more: begin + limit < all.length,
  };
}

function readLimit(text: string | null): number {
  if (text === null) return USUAL;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MOST) return limit;
  throw fieldError("limit", `has to be a whole number from 1 to ${MOST}`);
}

function named(item: JsonObject, responseId: string, index: number): JsonObject {
  const { type = "message", id = `msg${ownItemBase(responseId)}_in${index}`, role, content } = item;
  if (type !== "message" || typeof content !== "string") return { ...item, type, id };
  const text = role === "assistant" ? { type: "output_text", annotations: [] } : { type: "input_text" };
  return { ...item, type, id, status: "completed", content: [{ ...text, text: content }] };
}
