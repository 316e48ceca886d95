import { completeRequest, type KeptTurn, keepTurn } from "../dialects/openai-responses/conversation-state.ts";
import type { ResponsesEnvelope } from "../dialects/openai-responses/envelope.ts";
import { openaiResponses } from "../dialects/openai-responses/index.ts";
import { isOwnId } from "../dialects/openai-responses/item-id.ts";
import { isJsonObject, type JsonObject } from "../kernel/json.ts";
import { type CompletedRequest, converse } from "./conversations.ts";
import { parseBody } from "./exchange/translation.ts";
import type { KeyEntry } from "./key-table.ts";
import type { Route } from "./pipeline.ts";
import type { ResponsesPeers } from "./responses-peers.ts";
import type { ResponsesState } from "./responses-state.ts";

/** Where conversations are kept for upstreams that keep none. */
export interface ResponsesMemory {
  readonly state: ResponsesState;
  /** Absent where there is one thread only. */
  readonly peers?: ResponsesPeers;
}

const encoder = new TextEncoder();

/** `POST /v1/responses`: a conversation that may go on from an earlier answer by its id alone. */
export const responses: Route = (call, request, services) =>
  converse(openaiResponses, call, request, services, {
    complete: (given) => complete(given as ResponsesEnvelope, call.key, services.responses),
  });

async function complete(
  given: ResponsesEnvelope,
  key: KeyEntry,
  memory: ResponsesMemory,
): Promise<CompletedRequest> {
  const owner = `${key.app.tenant}/${key.app.name}/${key.name}`;
  const { previousResponseId } = given;
  const keep = (answer: { readonly id: string; readonly output: string }): void => {
    const turn = keepTurn(parseBody(given.body), answer);
    if (turn !== undefined) memory.state.keep(owner, turn);
  };
  const context = previousResponseId === undefined ? {} : { previousResponseId };
  if (previousResponseId === undefined && !given.hasReferences)
    return { envelope: given, memory: { context, keep } };
  const body = parseBody(given.body);
  await gather(body, owner, memory);
  const whole = completeRequest(body, memory.state.of(owner));
  const envelope = openaiResponses.passthrough.readEnvelope(encoder.encode(JSON.stringify(whole)), {});
  return { envelope, memory: { context, keep } };
}

/** Fetches what this thread does not keep of the turns that a request names. */
async function gather(body: JsonObject, owner: string, memory: ResponsesMemory): Promise<void> {
  let { previous_response_id: id } = body;
  while (typeof id === "string") id = (await find(id, owner, memory))?.previous;
  const items = Array.isArray(body["input"]) ? body["input"] : [];
  for (const item of items) {
    if (!isJsonObject(item) || item["type"] !== "item_reference") continue;
    const { id: itemId } = item;
    if (typeof itemId === "string") await find(itemId, owner, memory);
  }
}

async function find(
  id: string,
  owner: string,
  { state, peers }: ResponsesMemory,
): Promise<KeptTurn | undefined> {
  if (!isOwnId(id)) return undefined;
  return state.find(owner, id) ?? (await peers?.find(owner, id));
}
