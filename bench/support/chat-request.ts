import {
  type ConversationMessage,
  longConversation,
  smallConversation,
  streamedQuestion,
} from "./conversations.ts";

/** Name of the model that every request of the bench asks for, unless its question has more of them. */
export const BENCH_MODEL = "fast";

/** A question of one sentence, about 300 bytes. */
export function smallChatRequest(model = BENCH_MODEL): string {
  return chatRequest(model, smallConversation());
}

/** A conversation of about as many bytes, in turns of a few sentences, as an assistant's history is. */
export function longChatRequest(bytes: number, model = BENCH_MODEL): string {
  return chatRequest(model, longConversation(bytes));
}

/** A small question, asked to be streamed with its usage. */
export function streamedChatRequest(model = BENCH_MODEL): string {
  return chatRequest(model, streamedQuestion(), { stream: true, stream_options: { include_usage: true } });
}

function chatRequest(model: string, messages: readonly ConversationMessage[], extra: object = {}): string {
  return JSON.stringify({ model, messages, temperature: 0.2, ...extra });
}
