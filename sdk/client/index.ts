/**
 * The typed client of a gateway. It has no dependency and uses web-standard interfaces only, so it runs in Bun,
 * Node, Deno, browsers and on the edge.
 * @module
 */
export type { ChatAnswer, ChatMethod } from "./chat.ts";
export type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatFinishReason,
  ChatLogprobs,
  ChatTokenLogprob,
  ChatUsage,
} from "./chat-completion.ts";
export type { ChatContentPart, ChatMessage, ChatTextPart, ChatToolCall } from "./chat-message.ts";
export type { ChatRequest, ChatResponseFormat, ChatTool, ChatToolChoice } from "./chat-request.ts";
export type { ChatStream } from "./chat-stream.ts";
export { createClient } from "./client.ts";
export type { CallOptions, ClientClock, ClientOptions, FetchFunction } from "./client-options.ts";
export type { Client, EndpointMethod, EndpointName } from "./client-types.ts";
export type { EndpointAnswer, EndpointVersion } from "./endpoint-method.ts";
export type { EndpointEvent, EndpointStream } from "./endpoint-stream.ts";
export { LatchkeyClientError } from "./error.ts";
export type { ClientErrorKind } from "./error-kind.ts";
export type { ModelInfo, ModelsMethod } from "./models.ts";
export type { ResponseInfo } from "./response-info.ts";
