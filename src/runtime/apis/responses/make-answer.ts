import {
  type BackgroundAnswer,
  finishedResponse,
  responseError,
  unfinishedResponse,
} from "../../../dialects/openai-responses/background.ts";
import type { BackgroundEvents } from "../../../dialects/openai-responses/background-events.ts";
import { openaiResponses } from "../../../dialects/openai-responses/index.ts";
import type { ReplyProducer } from "../../../http/exchange.ts";
import { LatchkeyError, toLatchkeyError } from "../../../kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { tryParseExactJson } from "../../../kernel/json-exact.ts";
import { vendorKind } from "../../exchange/vendor-failure.ts";
import type { GatewayServices } from "../../gateway.ts";
import type { AuthenticatedCall } from "../../pipeline.ts";
import { type CompletedRequest, converse } from "../conversations.ts";
import type { BackgroundCaller } from "./background-caller.ts";

/** An answer that is to be made in the background. */
export interface AnswerToMake {
  readonly call: AuthenticatedCall;
  readonly services: GatewayServices;
  readonly caller: BackgroundCaller;
  readonly answer: BackgroundAnswer;
  readonly completed: CompletedRequest;
  /** The request's body, as it is answered. */
  readonly bytes: Uint8Array;
  /** Where its events are told, where it is streamed. */
  readonly events: BackgroundEvents | undefined;
}

const decoder = new TextDecoder();

/** Makes an answer, and says how it has ended. Never rejects. */
export async function makeAnswer(job: AnswerToMake): Promise<JsonObject> {
  const { call, caller, services, answer, completed, bytes, events } = job;
  try {
    const reply = await converse(openaiResponses, call, caller, services, {
      body: bytes,
      complete: () => withoutMemory(completed),
    });
    if (events !== undefined && !(reply.body instanceof Uint8Array)) {
      await collect(reply.body, caller, (piece) => events.push(piece));
      events.close();
      return events.response ?? unfinishedResponse(answer, "failed", responseError(500, ""));
    }
    const value = tryParseExactJson(decoder.decode(await wholeBody(reply.body, caller)));
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

/** The answer is kept under the id that its caller was told already. */
function withoutMemory({ memory: _, ...completed }: CompletedRequest): CompletedRequest {
  return completed;
}

async function wholeBody(body: Uint8Array | ReplyProducer, caller: BackgroundCaller): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const pieces: Uint8Array[] = [];
  await collect(body, caller, (piece) => void pieces.push(piece));
  return Buffer.concat(pieces);
}

/** Takes what comes piece by piece. Rejects with LatchkeyError LK-3008 where it is cut, LK-2301 where it is cancelled. */
function collect(
  body: ReplyProducer,
  caller: BackgroundCaller,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  caller.onLeave = () => {
    body.leave();
    reject(new LatchkeyError("LK-2301"));
  };
  body.start({
    write: take,
    flush() {},
    close: resolve,
    fail: () => reject(new LatchkeyError("LK-3008")),
  });
  return promise;
}
