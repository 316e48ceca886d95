import {
  type AnswerToKeep,
  completeRequest,
  type KeptTurn,
  keepTurn,
  pathBefore,
} from "../../../dialects/openai-responses/conversation-state.ts";
import type { ResponsesEnvelope } from "../../../dialects/openai-responses/envelope.ts";
import { optionalBoolean } from "../../../dialects/openai-responses/field.ts";
import { openaiResponses } from "../../../dialects/openai-responses/index.ts";
import { isReference } from "../../../dialects/openai-responses/vendor-names.ts";
import { indexOfText } from "../../../kernel/bytes.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { parseBody } from "../../exchange/translation.ts";
import type { AuthenticatedCall, Route } from "../../pipeline.ts";
import { readCallBody } from "../../stages/read-call-body.ts";
import { type CompletedRequest, converse } from "../conversations.ts";
import { countTokens } from "../count-tokens.ts";
import { answerInBackground } from "./background-response.ts";
import { type KnownNames, lookUpNames } from "./known-names.ts";
import { findTurn, type ResponsesMemory, responsesOwner } from "./memory.ts";

const encoder = new TextEncoder();

/**
 * `POST /v1/responses`: a conversation that may go on from an earlier answer by its id alone, and whose answer may be
 * asked for later.
 */
export const responses: Route = async (call, request, services) => {
  const body = await readCallBody(call, request);
  const memory = services.responses;
  if (indexOfText(body, '"background"') >= 0) {
    const asked = parseBody(body, "all");
    if (optionalBoolean(asked["background"], "background") === true) {
      const complete = async (given: ResponsesEnvelope) => await completed(given, call, memory, () => {});
      return answerInBackground({ call, request, services, body: asked, complete });
    }
  }
  let whole: KeptTurn | undefined;
  const owner = responsesOwner(call.key);
  const reply = await converse(openaiResponses, call, request, services, {
    body,
    complete: (given) =>
      completed(given as ResponsesEnvelope, call, memory, (turn) => {
        // A whole answer is kept as it was told, which is known in a moment; nobody knows its name before.
        if (call.stream || turn.response !== undefined) memory.state.keep(owner, turn);
        else whole = turn;
      }),
  });
  if (whole !== undefined)
    memory.state.keep(owner, reply.body instanceof Uint8Array ? { ...whole, response: reply.body } : whole);
  return reply;
};

async function completed(
  given: ResponsesEnvelope,
  call: AuthenticatedCall,
  memory: ResponsesMemory,
  keepTold: (turn: KeptTurn) => void,
): Promise<CompletedRequest> {
  const { previousResponseId } = given;
  const keep = (answer: AnswerToKeep): void => {
    if (!given.store) return;
    const turn = keepTurn(parseBody(given.body, "all"), answer);
    if (turn !== undefined) keepTold(turn);
  };
  const context = previousResponseId === undefined ? {} : { previousResponseId };
  const asGiven = { envelope: given, memory: { context, keep } };
  if (previousResponseId === undefined && !given.mayName) return asGiven;
  const body = parseBody(given.body, "all");
  const named = await lookUp(body, call, memory);
  if (named === undefined) return asGiven;
  const { whole, hasOwn, keepers } = named;
  const envelope = openaiResponses.passthrough.readEnvelope(encoder.encode(JSON.stringify(whole)), {});
  const completedRequest = { ...asGiven, envelope, pathAsSent: pathBefore(body, whole) };
  if (hasOwn) return completedRequest;
  const knowsNames = (provider: string): boolean => [...keepers].every((keeper) => keeper === provider);
  return { ...completedRequest, asNamed: { envelope: given, isFor: knowsNames } };
}

/**
 * `POST /v1/responses/input_tokens`: how many tokens a request has, with all that it goes on from.
 */
export const countInputTokens: Route = (call, request, services) =>
  countTokens(openaiResponses, undefined, call, request, services, async (body) => {
    const named = await lookUp(body, call, services.responses);
    return named?.whole ?? body;
  });

/** A request with what it names, and who keeps that; `undefined` where it names no turns. Rejects with LK-2112. */
async function lookUp(
  body: JsonObject,
  { key, tables }: AuthenticatedCall,
  memory: ResponsesMemory,
): Promise<(KnownNames & { readonly whole: JsonObject }) | undefined> {
  const owner = responsesOwner(key);
  const isOpen = tables.artifact.settings.passVendorIds === true;
  const known = await lookUpNames(body, owner, memory, isOpen);
  if (!known.hasTurns) return undefined;
  await gather(body, owner, memory);
  return { ...known, whole: completeRequest(body, memory.state.of(owner)) };
}

/** Fetches what this thread does not keep of the turns that a request names. */
async function gather(body: JsonObject, owner: string, memory: ResponsesMemory): Promise<void> {
  let { previous_response_id: id } = body;
  while (typeof id === "string") id = (await findTurn(id, owner, memory))?.previous;
  const items = Array.isArray(body["input"]) ? body["input"] : [];
  for (const item of items) {
    if (!isReference(item)) continue;
    const { id: itemId } = item;
    if (typeof itemId === "string") await findTurn(itemId, owner, memory);
  }
}
