import type { ChatRequest } from "../../src/canonical/chat-request.ts";

/** Canonical places of each message: the message itself, then its parts. */
export function messagePlaces({ messages }: ChatRequest): readonly (readonly string[])[] {
  return messages.map(({ content }, index) => [
    `messages[${index}]`,
    ...content.map((_, part) => `messages[${index}].content[${part}]`),
  ]);
}

/** Canonical places of the tools. */
export function toolPlaces({ tools = [] }: ChatRequest): readonly string[] {
  return tools.map((_, index) => `tools[${index}]`);
}
