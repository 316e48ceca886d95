import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import { fieldError } from "./field.ts";
import { isOwnId } from "./item-id.ts";
import { itemNotFound, previousNotFound } from "./not-found.ts";
import { isReference } from "./vendor-names.ts";

/**
 * One turn of a conversation that the gateway keeps, whether the upstream keeps it as well or not: the items of the request and of
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
  /** How many of the items are the request's. */
  readonly inputCount: number;
  /** JSON text of the answer as it was told, in UTF-8; absent where only the conversation is kept. */
  readonly response?: Uint8Array;
  /** The provider whose account keeps the turn as well; absent where the gateway has put the answer together itself. */
  readonly keeper?: string;
  /** Ids of what the answer names besides, such as containers, that the vendor keeps. */
  readonly objectIds?: readonly string[];
  /** Set while the answer is still being made in the background: nobody can go on from it. */
  readonly isUnderWay?: true;
  /** Set where the answer was asked for as a stream in the background, whose events can be had as well. */
  readonly isStreamed?: true;
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

/** An answer as it was sent. */
export interface AnswerToKeep {
  readonly id: string;
  /** JSON text of its list of items. */
  readonly output: string;
  /** JSON text of all of it. */
  readonly response?: string;
  /** The provider whose answer passed through. */
  readonly keeper?: string;
}

/**
 * What has to be kept of a request and its answer; `undefined` where the caller does not want it kept.
 * @param body the caller's request as it came
 */
export function keepTurn(body: JsonObject, answer: AnswerToKeep): KeptTurn | undefined {
  if (body["store"] === false) return undefined;
  const output = tryParseExactJson(answer.output);
  const made: readonly Json[] = Array.isArray(output) ? output : [];
  const given = itemsOf(body["input"]).filter((item) => !isReference(item));
  const { previous_response_id: previous } = body;
  return {
    id: answer.id,
    previous: typeof previous === "string" ? previous : undefined,
    items: encoder.encode(JSON.stringify([...given, ...made])),
    itemIds: idsIn(made, "id"),
    inputCount: given.length,
    ...(answer.response !== undefined && { response: encoder.encode(answer.response) }),
    ...(answer.keeper !== undefined && { keeper: answer.keeper, objectIds: idsIn(made, "container_id") }),
  };
}

function idsIn(items: readonly Json[], member: string): readonly string[] {
  return items.flatMap((item) => {
    const id = isJsonObject(item) ? item[member] : undefined;
    return typeof id === "string" ? [id] : [];
  });
}

/** Whether a request names something that may be kept here. */
export function needsCompletion(body: JsonObject): boolean {
  return typeof body["previous_response_id"] === "string" || itemsOf(body["input"]).some(isReference);
}

/**
 * A request with everything that it goes on from in its `input`, and without the names of it. Names that may be the
 * vendor's stay as they are: a target of this dialect may know them, and `parseRequest` refuses them for others.
 * @throws LatchkeyError LK-2112 where the gateway has given the name but keeps the thing no more, or for another key.
 */
export function completeRequest(body: JsonObject, kept: KeptConversations): JsonObject {
  const { previous_response_id: previous, ...rest } = body;
  const turns = typeof previous === "string" ? turnsUpTo(previous, kept) : undefined;
  const earlier = turns?.flatMap(itemsForAll) ?? [];
  const input = itemsOf(body["input"]).map((item, index) =>
    isReference(item) ? referenced(item, earlier, kept, `input[${index}].id`) : item,
  );
  return { ...(turns === undefined ? body : rest), input: [...earlier, ...input] };
}

/**
 * Where what stands in a completed request stood before.
 * @param body the request as it came
 * @param whole what `completeRequest` has made of it
 */
export function pathBefore(body: JsonObject, whole: JsonObject): (path: string) => string {
  const given = itemsOf(body["input"]);
  const earlier = itemsOf(whole["input"]).length - given.length;
  return (path) => {
    const [, index, below = ""] = /^input\[(\d+)\](.*)$/s.exec(path) ?? [];
    if (index === undefined) return path;
    if (Number(index) < earlier) return "previous_response_id";
    if (typeof body["input"] === "string") return "input";
    const item = given[Number(index) - earlier];
    const place = `input[${Number(index) - earlier}]`;
    return item !== undefined && isReference(item) ? place : `${place}${below}`;
  };
}

function turnsUpTo(answerId: string, kept: KeptConversations): readonly KeptTurn[] | undefined {
  const turns = kept.upTo(answerId);
  if (turns === undefined && isOwnId(answerId)) throw previousNotFound(answerId);
  return turns;
}

function referenced(
  item: JsonObject,
  earlier: readonly Json[],
  kept: KeptConversations,
  param: string,
): Json {
  const { id } = item;
  if (typeof id !== "string") throw fieldError(param, "has to be the id of an item");
  const isIt = (candidate: Json): boolean => isJsonObject(candidate) && candidate["id"] === id;
  const turn = earlier.some(isIt) ? undefined : kept.withItem(id);
  const found = [...earlier, ...(turn === undefined ? [] : itemsOfTurn(turn))].find(isIt);
  if (found === undefined && isOwnId(id)) throw itemNotFound(id, param);
  return found ?? item;
}

/** The items of a turn, those of its request first. */
export function itemsOfTurn({ items }: Pick<KeptTurn, "items">): readonly Json[] {
  const list = tryParseExactJson(decoder.decode(items));
  return Array.isArray(list) ? list : [];
}

/**
 * The items of a turn for whoever answers next. Thinking and ids count for the vendor that has made them only, which is
 * asked with the names of its answers instead as long as it can be.
 */
function itemsForAll(turn: KeptTurn): readonly Json[] {
  const items = itemsOfTurn(turn);
  return turn.keeper === undefined ? items : items.flatMap(withoutVendors);
}

function withoutVendors(item: Json): readonly Json[] {
  if (!isJsonObject(item)) return [item];
  const { type = "message", id: _, ...rest } = item as JsonObject;
  if (type === "reasoning") return [];
  return type === "message" || type === "function_call" || type === "custom_tool_call"
    ? [{ ...rest, type }]
    : [item];
}

function itemsOf(input: Json | undefined): readonly Json[] {
  if (typeof input === "string") return [{ type: "message", role: "user", content: input }];
  return Array.isArray(input) ? input : [];
}
