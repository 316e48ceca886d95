/** One message of a conversation; the first is the system's. */
export interface ConversationMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

const SYSTEM: ConversationMessage = {
  role: "system",
  content: "You answer briefly and say so when you do not know.",
};

/** A question of two sentences. */
export function smallConversation(): ConversationMessage[] {
  return [SYSTEM, { role: "user", content: sentence(0).repeat(2) }];
}

/** A question of one sentence, for answers that are streamed. */
export function streamedQuestion(): ConversationMessage[] {
  return [SYSTEM, { role: "user", content: sentence(0) }];
}

/** Turns of a few sentences that are about as many bytes of a request, the last of them the user's. */
export function longConversation(bytes: number): ConversationMessage[] {
  const messages: ConversationMessage[] = [SYSTEM];
  for (let size = 0; size < bytes - 200 || messages.at(-1)?.role === "assistant"; ) {
    const turn = messages.length;
    const content = sentence(turn).repeat(turn % 2 === 0 ? 9 : 3);
    messages.push({ role: turn % 2 === 0 ? "assistant" : "user", content });
    size += content.length + 35;
  }
  return messages;
}

function sentence(turn: number): string {
  return `In turn ${turn} the customer asks "where is parcel ${turn * 7_919}?" and wants a date, not an excuse. `;
}
