import type { ToldAnswer } from "../../../dialects/dialect.ts";
import {
  completeRequest,
  type KeptTurn,
  keepTurn,
  pathBefore,
} from "../../../dialects/openai-responses/conversation-state.ts";
import type { ResponsesEnvelope } from "../../../dialects/openai-responses/envelope.ts";
import { optionalBoolean } from "../../../dialects/openai-responses/field.ts";
import { openaiResponses } from "../../../dialects/openai-responses/index.ts";
import { indexOfText } from "../../../kernel/bytes.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { parseBody } from "../../exchange/translation.ts";
import type { KeyEntry } from "../../key-table.ts";
import type { Route } from "../../pipeline.ts";
import { readCallBody } from "../../stages/read-call-body.ts";
import { type CompletedRequest, converse } from "../conversations.ts";
import { answerInBackground } from "./background-response.ts";
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
      const complete = async (given: ResponsesEnvelope) => await completed(given, call.key, memory, () => {});
      return answerInBackground({ call, request, services, body: asked, complete });
    }
  }
  let whole: KeptTurn | undefined;
  const owner = responsesOwner(call.key);
  const reply = await converse(openaiResponses, call, request, services, {
    body,
    complete: (given) =>
      completed(given as ResponsesEnvelope, call.key, memory, (turn) => {
        // A whole answer is kept as it was told, which is known in a moment; nobody knows its name before.
        if (call.stream) memory.state.keep(owner, turn);
        else whole = turn;
      }),
  });
  if (whole !== undefined)
    memory.state.keep(owner, reply.body instanceof Uint8Array ? { ...whole, response: reply.body } : whole);
  return reply;
};

async function completed(
  given: ResponsesEnvelope,
  key: KeyEntry,
  memory: ResponsesMemory,
  keepTold: (turn: KeptTurn) => void,
): Promise<CompletedRequest> {
  const owner = responsesOwner(key);
  const { previousResponseId } = given;
  const keep = (answer: ToldAnswer): void => {
    const turn = keepTurn(parseBody(given.body, "all"), answer);
    if (turn !== undefined) keepTold(turn);
  };
  const context = previousResponseId === undefined ? {} : { previousResponseId };
  if (previousResponseId === undefined && !given.hasReferences)
    return { envelope: given, memory: { context, keep } };
  const body = parseBody(given.body, "all");
  await gather(body, owner, memory);
  const whole = completeRequest(body, memory.state.of(owner));
  const envelope = openaiResponses.passthrough.readEnvelope(encoder.encode(JSON.stringify(whole)), {});
  return { envelope, memory: { context, keep }, pathAsSent: pathBefore(body, whole) };
}

/** Fetches what this thread does not keep of the turns that a request names. */
async function gather(body: JsonObject, owner: string, memory: ResponsesMemory): Promise<void> {
  let { previous_response_id: id } = body;
  while (typeof id === "string") id = (await findTurn(id, owner, memory))?.previous;
  const items = Array.isArray(body["input"]) ? body["input"] : [];
  for (const item of items) {
    if (!isJsonObject(item) || item["type"] !== "item_reference") continue;
    const { id: itemId } = item;
    if (typeof itemId === "string") await findTurn(itemId, owner, memory);
  }
}
