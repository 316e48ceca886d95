import { itemsOfTurn, type KeptTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import { fieldError } from "../../../dialects/openai-responses/field.ts";
import { inputItemsPage } from "../../../dialects/openai-responses/input-items.ts";
import { responseNotFound } from "../../../dialects/openai-responses/not-found.ts";
import type { Reply } from "../../../http/exchange.ts";
import { LatchkeyError } from "../../../kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { tryParseExactJson } from "../../../kernel/json-exact.ts";
import type { AuthenticatedCall, Route } from "../../pipeline.ts";
import { wholeReply } from "../../relay/whole-reply.ts";
import { findTurn, type ResponsesMemory, responsesOwner } from "./memory.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const PREFIX = "/v1/responses/";

/** A turn of which the answer itself is kept as well. */
type StoredTurn = KeptTurn & { readonly response: Uint8Array };

/** `GET /v1/responses/<id>`: an answer that is kept, whether it is whole yet or not. @throws LatchkeyError LK-2117. */
export const getResponse: Route = async (call, _request, { responses }) => {
  if (new URLSearchParams(call.query).get("stream") === "true")
    throw fieldError("stream", "cannot be had of an answer that is kept");
  const { response } = await stored(call, responses);
  return reply(call, response);
};

/** `DELETE /v1/responses/<id>`: forgets an answer, and ends it where it is under way. @throws LatchkeyError LK-2117. */
export const deleteResponse: Route = async (call, _request, { responses }) => {
  const { id } = await stored(call, responses);
  const owner = responsesOwner(call.key);
  responses.state.jobs.cancel(owner, id);
  responses.state.forget(owner, id);
  responses.peers?.forget(owner, id);
  return reply(call, encoder.encode(JSON.stringify({ id, object: "response", deleted: true })));
};

/**
 * `POST /v1/responses/<id>/cancel`: ends an answer in the background; one that has ended is answered as it is.
 * @throws LatchkeyError LK-2117, LK-2119 where it is none in the background.
 */
export const cancelResponse: Route = async (call, _request, { responses }) => {
  const turn = await stored(call, responses);
  const response = tryParseExactJson(decoder.decode(turn.response));
  if (!isJsonObject(response) || response["background"] !== true) throw new LatchkeyError("LK-2119");
  if (turn.isUnderWay !== true) return reply(call, turn.response);
  const owner = responsesOwner(call.key);
  responses.state.jobs.cancel(owner, turn.id);
  responses.peers?.cancel(owner, turn.id);
  const cancelled: JsonObject = { ...(response as JsonObject), status: "cancelled" };
  return reply(call, encoder.encode(JSON.stringify(cancelled)));
};

/** `GET /v1/responses/<id>/input_items`: what the request held. @throws LatchkeyError LK-2117, LK-2102. */
export const listInputItems: Route = async (call, _request, { responses }) => {
  const turn = await stored(call, responses);
  const given = itemsOfTurn(turn).slice(0, turn.inputCount);
  const page = inputItemsPage(given, turn.id, new URLSearchParams(call.query));
  return reply(call, encoder.encode(JSON.stringify(page)));
};

async function stored(call: AuthenticatedCall, memory: ResponsesMemory): Promise<StoredTurn> {
  const [id = ""] = call.path.slice(PREFIX.length).split("/", 1);
  const turn = await findTurn(id, responsesOwner(call.key), memory);
  const response = turn?.id === id ? turn.response : undefined;
  if (turn === undefined || response === undefined) throw responseNotFound(id);
  return { ...turn, response };
}

function reply(call: AuthenticatedCall, body: Uint8Array): Reply {
  return wholeReply(call, call.tables.headers, body);
}
