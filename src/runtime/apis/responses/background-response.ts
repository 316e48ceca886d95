import { type BackgroundAnswer, unfinishedResponse } from "../../../dialects/openai-responses/background.ts";
import type { ResponsesEnvelope } from "../../../dialects/openai-responses/envelope.ts";
import { fieldError } from "../../../dialects/openai-responses/field.ts";
import { openaiResponses } from "../../../dialects/openai-responses/index.ts";
import { itemIds } from "../../../dialects/openai-responses/item-id.ts";
import type { IncomingRequest, Reply } from "../../../http/exchange.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { GatewayServices } from "../../gateway.ts";
import type { AuthenticatedCall } from "../../pipeline.ts";
import { answerHeaders, noCache } from "../../relay/answer-headers.ts";
import { authorizeModel } from "../../stages/authorize.ts";
import type { CompletedRequest } from "../conversations.ts";
import { BackgroundCaller } from "./background-caller.ts";
import { EventLog } from "./event-log.ts";
import { FollowedEvents } from "./followed-events.ts";
import { KeptAnswer } from "./kept-answer.ts";
import { type AnswerToMake, makeAnswer } from "./make-answer.ts";
import { responsesOwner } from "./memory.ts";

/** A request for an answer in the background. */
export interface BackgroundRequest {
  readonly call: AuthenticatedCall;
  readonly request: IncomingRequest;
  readonly services: GatewayServices;
  /** The caller's body. */
  readonly body: JsonObject;
  /** Puts in what the request only names. */
  readonly complete: (given: ResponsesEnvelope) => Promise<CompletedRequest>;
}

const encoder = new TextEncoder();

/**
 * Begins an answer that its caller asks for later, and answers that it is queued, or tells its events while they come.
 * The gateway keeps it, whatever the target can do and whether the caller stays; the call's row is written when it ends.
 * Rejects with LatchkeyError LK-2102 for what does not go together with it, LK-2004, LK-2104, LK-2112, LK-2118.
 */
export async function answerInBackground(given: BackgroundRequest): Promise<Reply> {
  const { call, request, services, body } = given;
  const { background: _background, ...rest } = body;
  if (body["store"] === false) throw fieldError("store", "has to be true for an answer in the background");
  const bytes = encoder.encode(JSON.stringify(rest));
  const envelope = openaiResponses.passthrough.readEnvelope(bytes, {});
  authorizeModel(call.tables, call.key, envelope.model);
  const completed = await given.complete(envelope);
  const answer: BackgroundAnswer = {
    id: itemIds(call.requestId).response,
    model: envelope.model,
    createdS: Math.floor(call.time / 1_000),
    request: body,
  };
  const log = envelope.stream ? new EventLog() : undefined;
  const kept = new KeptAnswer(services.responses, responsesOwner(call.key), answer, log);
  const caller = new BackgroundCaller(request, bytes);
  kept.begin(() => {
    caller.leave();
    kept.end(unfinishedResponse(answer, "cancelled"));
  });
  void run({ call, caller, services, answer, completed, bytes, events: kept.events }, kept);
  const { headers } = call.tables;
  if (log !== undefined) {
    // The row is that of the answer, whoever follows it.
    const body = new FollowedEvents(log, -1, { requestId: call.requestId, onEnd() {}, onLeave() {} });
    return { status: 200, headers: answerHeaders(call, headers, "text/event-stream") + noCache, body };
  }
  const queued = encoder.encode(JSON.stringify(unfinishedResponse(answer, "queued")));
  return { status: 200, headers: answerHeaders(call, headers, "application/json"), body: queued };
}

/** Never rejects. */
async function run(job: AnswerToMake, kept: KeptAnswer): Promise<void> {
  const response = await makeAnswer(job);
  kept.leaveJobs();
  // Cancelled or deleted meanwhile, which was kept at once.
  if (!job.caller.hasLeft) kept.end(response);
}
