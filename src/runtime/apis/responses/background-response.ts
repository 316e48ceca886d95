import {
  type BackgroundAnswer,
  finishedResponse,
  responseError,
  unfinishedResponse,
} from "../../../dialects/openai-responses/background.ts";
import { keepTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import type { ResponsesEnvelope } from "../../../dialects/openai-responses/envelope.ts";
import { fieldError } from "../../../dialects/openai-responses/field.ts";
import { openaiResponses } from "../../../dialects/openai-responses/index.ts";
import { itemIds } from "../../../dialects/openai-responses/item-id.ts";
import type { IncomingRequest, Reply, ReplyProducer } from "../../../http/exchange.ts";
import { LatchkeyError, toLatchkeyError } from "../../../kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { tryParseExactJson } from "../../../kernel/json-exact.ts";
import { vendorKind } from "../../exchange/vendor-failure.ts";
import type { GatewayServices } from "../../gateway.ts";
import type { AuthenticatedCall } from "../../pipeline.ts";
import { answerHeaders } from "../../relay/answer-headers.ts";
import { authorizeModel } from "../../stages/authorize.ts";
import { type CompletedRequest, converse } from "../conversations.ts";
import { BackgroundCaller } from "./background-caller.ts";
import { type ResponsesMemory, responsesOwner } from "./memory.ts";

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
const decoder = new TextDecoder();

/**
 * Begins an answer that its caller asks for later, and answers that it is queued. The gateway keeps it, whatever the
 * target can do; the call's row is written when it ends.
 * Rejects with LatchkeyError LK-2102 for what does not go together with it, LK-2004, LK-2104, LK-2112, LK-2118.
 */
export async function answerInBackground(given: BackgroundRequest): Promise<Reply> {
  const { call, request, services, body } = given;
  const { background: _background, stream: _stream, ...rest } = body;
  if (body["stream"] === true)
    throw fieldError("stream", "cannot be had of an answer in the background; ask for it by its id");
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
  const caller = new BackgroundCaller(request, bytes);
  const owner = responsesOwner(call.key);
  const { jobs } = services.responses.state;
  jobs.begin(owner, answer.id, () => {
    caller.leave();
    keepAnswer(services.responses, owner, answer, unfinishedResponse(answer, "cancelled"), false);
  });
  if (!keepAnswer(services.responses, owner, answer, unfinishedResponse(answer, "in_progress"), true)) {
    jobs.end(answer.id);
    throw new LatchkeyError("LK-2104", "The request is larger than this gateway keeps for a key.");
  }
  void run({ call, caller, services, answer, completed, bytes, owner });
  const queued = encoder.encode(JSON.stringify(unfinishedResponse(answer, "queued")));
  return { status: 200, headers: answerHeaders(call, call.tables.headers, "application/json"), body: queued };
}

interface Run extends Pick<BackgroundRequest, "call" | "services"> {
  readonly caller: BackgroundCaller;
  readonly answer: BackgroundAnswer;
  readonly completed: CompletedRequest;
  readonly bytes: Uint8Array;
  readonly owner: string;
}

/** Never rejects. */
async function run(job: Run): Promise<void> {
  const { services, owner, answer, caller } = job;
  const { state } = services.responses;
  const response = await make(job);
  state.jobs.end(answer.id);
  // Cancelled or deleted meanwhile, which was kept at once.
  if (caller.hasLeft) return;
  if (keepAnswer(services.responses, owner, answer, response, false)) return;
  const error = responseError(500, "The answer is larger than this gateway keeps for a key.");
  keepAnswer(services.responses, owner, answer, unfinishedResponse(answer, "failed", error), false);
}

async function make({ call, caller, services, answer, completed, bytes }: Run): Promise<JsonObject> {
  try {
    const { envelope } = completed;
    const reply = await converse(openaiResponses, call, caller, services, {
      body: bytes,
      complete: () => ({ envelope }),
    });
    const body = reply.body instanceof Uint8Array ? reply.body : await collect(reply.body, caller);
    const value = tryParseExactJson(decoder.decode(body));
    const told = isJsonObject(value) ? (value as JsonObject) : {};
    if (reply.status < 300) return finishedResponse(answer, told);
    const { error } = told;
    const words = isJsonObject(error) && typeof error["message"] === "string" ? error["message"] : "";
    return unfinishedResponse(answer, "failed", responseError(reply.status, words));
  } catch (thrown) {
    const error = toLatchkeyError(thrown);
    if (error.code === "LK-5001") services.logger.error("call-failed", { requestId: call.requestId, error });
    call.error = error;
    call.finish(error.status);
    // OpenAI's list has no word for an account that is used up, and a limit is what it is not.
    const status = vendorKind(error.code) === "quota" ? 502 : error.status;
    return unfinishedResponse(answer, "failed", responseError(status, error.message));
  }
}

/** An answer that is too large to come at once. Rejects with LatchkeyError LK-3008 where it is cut, LK-2301 where it is cancelled. */
function collect(body: ReplyProducer, caller: BackgroundCaller): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const pieces: Uint8Array[] = [];
  caller.onLeave = () => {
    body.leave();
    reject(new LatchkeyError("LK-2301"));
  };
  body.start({
    write: (bytes) => void pieces.push(bytes),
    flush() {},
    close: () => resolve(Buffer.concat(pieces)),
    fail: () => reject(new LatchkeyError("LK-3008")),
  });
  return promise;
}

/** Keeps what is known of an answer; answers whether there is room for it. */
function keepAnswer(
  { state }: ResponsesMemory,
  owner: string,
  { id, request }: BackgroundAnswer,
  response: JsonObject,
  isUnderWay: boolean,
): boolean {
  const output = JSON.stringify(response["output"] ?? []);
  const turn = keepTurn(request, { id, output, response: JSON.stringify(response) });
  return turn !== undefined && state.keep(owner, isUnderWay ? { ...turn, isUnderWay } : turn);
}
