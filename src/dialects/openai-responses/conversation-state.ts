import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type Json, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { fieldError } from "./field.ts";
import { previousNotFound } from "./parse-request.ts";

/**
 * One turn of a conversation that the gateway keeps, because the upstream keeps none: the items of the request and of
 * its answer, in wire form. Earlier turns are kept by themselves and named. Instructions and tools are not among it:
 * OpenAI does not carry them over either.
 */
export interface KeptTurn {
  /** Id of the answer. */
  readonly id: string;
  /** Id of the answer before, which the request has gone on from. */
  readonly previous: string | undefined;
  /** JSON text of the list of items, in UTF-8. */
  readonly items: Uint8Array;
  /** Ids of the items of the answer, by which later requests may name them. */
  readonly itemIds: readonly string[];
}

/** What one key has kept. */
export interface KeptConversations {
  /** The turns up to and with an answer, the oldest first; `undefined` where one of them is not kept. */
  readonly upTo: (answerId: string) => readonly KeptTurn[] | undefined;
  /** The turn whose answer has an item. */
  readonly withItem: (itemId: string) => KeptTurn | undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * What has to be kept of a request and its answer; `undefined` where the caller does not want it kept.
 * @param body the caller's request as it came
 * @param answer its id, and the JSON text of its list of items as it was sent
 */
export function keepTurn(
  body: JsonObject,
  answer: { readonly id: string; readonly output: string },
): KeptTurn | undefined {
  if (body["store"] === false) return undefined;
  const output = tryParseJson(answer.output);
  const made: readonly Json[] = Array.isArray(output) ? output : [];
  const given = itemsOf(body["input"]).filter((item) => !isReference(item));
  const { previous_response_id: previous } = body;
  return {
    id: answer.id,
    previous: typeof previous === "string" ? previous : undefined,
    items: encoder.encode(JSON.stringify([...given, ...made])),
    itemIds: made.flatMap((item) =>
      isJsonObject(item) && typeof item["id"] === "string" ? [item["id"]] : [],
    ),
  };
}

/** Whether a request has to be completed before others than the vendor that has kept its answers can read it. */
export function needsCompletion(body: JsonObject): boolean {
  return typeof body["previous_response_id"] === "string" || itemsOf(body["input"]).some(isReference);
}

/**
 * A request with everything that it goes on from in its `input`, and without the names of it.
 * @throws LatchkeyError LK-2112 where some of it is not kept, or is another key's.
 */
export function completeRequest(body: JsonObject, kept: KeptConversations): JsonObject {
  const { previous_response_id: previous, ...rest } = body;
  const earlier = typeof previous === "string" ? itemsUpTo(previous, kept) : [];
  const input = itemsOf(body["input"]).map((item, index) =>
    isReference(item) ? referenced(item, earlier, kept, `input[${index}].id`) : item,
  );
  return { ...rest, input: [...earlier, ...input] };
}

function itemsUpTo(answerId: string, kept: KeptConversations): readonly Json[] {
  const turns = kept.upTo(answerId);
  if (turns === undefined) throw previousNotFound(answerId);
  return turns.flatMap(itemsIn);
}

function referenced(
  { id }: JsonObject,
  earlier: readonly Json[],
  kept: KeptConversations,
  param: string,
): Json {
  if (typeof id !== "string") throw fieldError(param, "has to be the id of an item");
  const isIt = (item: Json): boolean => isJsonObject(item) && item["id"] === id;
  const turn = earlier.some(isIt) ? undefined : kept.withItem(id);
  const found = [...earlier, ...(turn === undefined ? [] : itemsIn(turn))].find(isIt);
  if (found === undefined) throw new LatchkeyError("LK-2112", `Item with id '${id}' not found.`, { param });
  return found;
}

function itemsIn({ items }: KeptTurn): readonly Json[] {
  const list = tryParseJson(decoder.decode(items));
  return Array.isArray(list) ? list : [];
}

function itemsOf(input: Json | undefined): readonly Json[] {
  if (typeof input === "string") return [{ type: "message", role: "user", content: input }];
  return Array.isArray(input) ? input : [];
}

function isReference(item: Json): item is JsonObject {
  return isJsonObject(item) && item["type"] === "item_reference";
}
