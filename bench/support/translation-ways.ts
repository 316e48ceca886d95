import { type Api, chatApi, messagesApi } from "./api.ts";
import { BENCH_MODEL, longChatRequest, smallChatRequest, streamedChatRequest } from "./chat-request.ts";
import { MESSAGES_MODEL } from "./gateway-config.ts";
import { longMessagesRequest, smallMessagesRequest, streamedMessagesRequest } from "./messages-request.ts";

/** What a way through the gateway is loaded with. */
export type LoadName = "small" | "long" | "stream";

/** A way through the gateway: what its caller speaks, and by the model, what its upstream does. */
export interface TranslationWay {
  readonly name: string;
  readonly api: Api;
  readonly bodies: Readonly<Record<LoadName, string>>;
}

const LONG_BYTES = 32_000;

/** Name of the way on which nothing is translated: the yardstick. */
export const PASSED_THROUGH = "Chat passed through";

/** The yardstick and the ways that are compared with it. */
export const translationWays: readonly TranslationWay[] = [
  { name: PASSED_THROUGH, api: chatApi, bodies: chatBodies(BENCH_MODEL) },
  { name: "Chat to Messages", api: chatApi, bodies: chatBodies(MESSAGES_MODEL) },
  { name: "Messages to Chat", api: messagesApi, bodies: messagesBodies(BENCH_MODEL) },
];

function chatBodies(model: string): TranslationWay["bodies"] {
  return {
    small: smallChatRequest(model),
    long: longChatRequest(LONG_BYTES, model),
    stream: streamedChatRequest(model),
  };
}

function messagesBodies(model: string): TranslationWay["bodies"] {
  return {
    small: smallMessagesRequest(model),
    long: longMessagesRequest(LONG_BYTES, model),
    stream: streamedMessagesRequest(model),
  };
}
