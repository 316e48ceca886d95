import type { ChatCompletion } from "./chat-completion.ts";
import type { ChatRequest } from "./chat-request.ts";
import { ChatStream } from "./chat-stream.ts";
import type { CallOptions } from "./client-options.ts";
import { LatchkeyClientError } from "./error.ts";
import { EventCall } from "./event-call.ts";
import { isRecord } from "./json.ts";
import { callForJson } from "./json-call.ts";
import type { ResponseInfo } from "./response-info.ts";
import type { ClientRequest, Transport } from "./transport.ts";

/** A whole chat answer with what its headers say. */
export interface ChatAnswer extends ResponseInfo {
  readonly output: ChatCompletion;
}

/**
 * Chat completions by any model of the gateway that the key may use.
 * @example const { choices } = await client.chat({ model: "fast", messages: [{ role: "user", content: "Hello" }] });
 */
export interface ChatMethod<ModelName extends string> {
  /** @throws LatchkeyClientError */
  (request: ChatRequest<ModelName>, options?: CallOptions): Promise<ChatCompletion>;
  /** The answer piece by piece. Nothing is sent before the stream is read. */
  stream(request: ChatRequest<ModelName>, options?: CallOptions): ChatStream;
  /**
   * The answer with request id, cost and the like.
   * @throws LatchkeyClientError
   */
  withResponse(request: ChatRequest<ModelName>, options?: CallOptions): Promise<ChatAnswer>;
}

/** The chat method of a client. */
export function createChatMethod(transport: Transport): ChatMethod<string> {
  const withResponse = async (request: ChatRequest, options: CallOptions = {}): Promise<ChatAnswer> => {
    const { value, info } = await callForJson(transport, chatRequest(request, false), options);
    if (!isCompletion(value)) {
      const { requestId } = info;
      throw new LatchkeyClientError("protocol", "The answer is no chat completion.", { requestId });
    }
    return { output: value, ...info };
  };
  const chat = async (request: ChatRequest, options?: CallOptions): Promise<ChatCompletion> =>
    (await withResponse(request, options)).output;
  const stream = (request: ChatRequest, options: CallOptions = {}): ChatStream =>
    new ChatStream(new EventCall(transport, chatRequest(request, true), options));
  return Object.freeze(Object.assign(chat, { stream, withResponse }));
}

function chatRequest(request: ChatRequest, isStream: boolean): ClientRequest {
  return {
    method: "POST",
    path: "/v1/chat/completions",
    accept: isStream ? "text/event-stream" : "application/json",
    body: { ...request, stream: isStream || undefined },
  };
}

function isCompletion(value: unknown): value is ChatCompletion {
  return isRecord(value) && Array.isArray(value["choices"]);
}
