/** Name of the model that every request of the bench asks for. */
export const BENCH_MODEL = "fast";

interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** A question of one sentence, about 300 bytes. */
export function smallChatRequest(): string {
  return chatRequest([SYSTEM, { role: "user", content: sentence(0).repeat(2) }]);
}

/** A conversation of about as many bytes, in turns of a few sentences, as an assistant's history is. */
export function longChatRequest(bytes: number): string {
  const messages: Message[] = [SYSTEM];
  for (let size = 0; size < bytes - 200; ) {
    const turn = messages.length;
    const content = sentence(turn).repeat(turn % 2 === 0 ? 9 : 3);
    messages.push({ role: turn % 2 === 0 ? "assistant" : "user", content });
    size += content.length + 35;
  }
  return chatRequest(messages);
}

/** The small question, asked to be streamed with its usage. */
export function streamedChatRequest(): string {
  return chatRequest([SYSTEM, { role: "user", content: sentence(0) }], {
    stream: true,
    stream_options: { include_usage: true },
  });
}

const SYSTEM: Message = { role: "system", content: "You answer briefly and say so when you do not know." };

function chatRequest(messages: readonly Message[], extra: object = {}): string {
  return JSON.stringify({ model: BENCH_MODEL, messages, temperature: 0.2, ...extra });
}

function sentence(turn: number): string {
  return `In turn ${turn} the customer asks "where is parcel ${turn * 7_919}?" and wants a date, not an excuse. `;
}
