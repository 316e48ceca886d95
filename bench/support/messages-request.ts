import {
  type ConversationMessage,
  longConversation,
  smallConversation,
  streamedQuestion,
} from "./conversations.ts";

/** `smallChatRequest` as Anthropic's Messages have it. */
export function smallMessagesRequest(model: string): string {
  return messagesRequest(model, smallConversation());
}

/** `longChatRequest` as Anthropic's Messages have it. */
export function longMessagesRequest(bytes: number, model: string): string {
  return messagesRequest(model, longConversation(bytes));
}

/** `streamedChatRequest` as Anthropic's Messages have it. */
export function streamedMessagesRequest(model: string): string {
  return messagesRequest(model, streamedQuestion(), { stream: true });
}

function messagesRequest(
  model: string,
  conversation: readonly ConversationMessage[],
  extra: object = {},
): string {
  const [system, ...messages] = conversation;
  return JSON.stringify({
    model,
    max_tokens: 1_024,
    system: system?.content,
    messages,
    temperature: 0.2,
    ...extra,
  });
}
