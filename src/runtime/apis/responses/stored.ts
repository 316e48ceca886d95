import { itemsOfTurn, type KeptTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import { fieldError } from "../../../dialects/openai-responses/field.ts";
import { inputItemsPage } from "../../../dialects/openai-responses/input-items.ts";
import { responseNotFound } from "../../../dialects/openai-responses/not-found.ts";
import type { Reply } from "../../../http/exchange.ts";
import { LatchkeyError } from "../../../kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { tryParseExactJson } from "../../../kernel/json-exact.ts";
import type { AuthenticatedCall, Route } from "../../pipeline.ts";
import { answerHeaders, noCache } from "../../relay/answer-headers.ts";
import { wholeReply } from "../../relay/whole-reply.ts";
import { FollowedEvents } from "./followed-events.ts";
import { findTurn, type ResponsesMemory, responsesOwner } from "./memory.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const PREFIX = "/v1/responses/";

/** A turn of which the answer itself is kept as well. */
type StoredTurn = KeptTurn & { readonly response: Uint8Array };

/**
 * `GET /v1/responses/<id>`: an answer that is kept, whether it is whole yet or not; with `stream=true` its events.
 * @throws LatchkeyError LK-2117, and LK-2102 or LK-2121 where its events cannot be had.
 */
export const getResponse: Route = async (call, _request, { responses }) => {
  const query = new URLSearchParams(call.query);
  // Whoever asks for the head alone gets the same one without following anything.
  const isStream = query.get("stream") === "true" && call.method !== "HEAD";
  const turn = await stored(call, responses);
  return isStream ? streamAgain(call, turn, query, responses) : reply(call, turn.response);
};

async function streamAgain(
  call: AuthenticatedCall,
  { id, isStreamed }: StoredTurn,
  query: URLSearchParams,
  { state, peers }: ResponsesMemory,
): Promise<Reply> {
  if (isStreamed !== true)
    throw fieldError(
      "stream",
      "can be had of answers only that were asked for with `background` and `stream`",
    );
  const after = startingAfter(query);
  const owner = responsesOwner(call.key);
  const log = state.events(owner, id);
  const source = log === undefined ? await peers?.findEvents(owner, id, after) : log;
  if (source === undefined || log?.has(after) === false) throw new LatchkeyError("LK-2121");
  call.stream = true;
  const body = new FollowedEvents(source, after, {
    requestId: call.requestId,
    onEnd(writtenBytes, error) {
      call.responseBytes = writtenBytes;
      call.error = error;
      call.finish(200);
    },
    onLeave(writtenBytes) {
      call.responseBytes = writtenBytes;
      call.error = new LatchkeyError("LK-2301");
      call.finish(499);
    },
  });
  return {
    status: 200,
    headers: answerHeaders(call, call.tables.headers, "text/event-stream") + noCache,
    body,
  };
}

/** The number of the last event that the caller has; -1 where it has none. */
function startingAfter(query: URLSearchParams): number {
  const given = query.get("starting_after");
  if (given === null) return -1;
  if (!/^\d{1,15}$/.test(given)) throw fieldError("starting_after", "has to be a whole number from 0 on");
  return Number(given);
}

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
