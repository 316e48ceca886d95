import type { ChatRequest } from "../canonical/chat-request.ts";

/**
 * Whether a model that cannot be kept from several calls at once may leave the wish for a single one out: the request
 * names the one tool that has to be used, and models call it once then, whatever they are told.
 */
export function mayCallOnce({ toolChoice }: ChatRequest): boolean {
  return toolChoice?.type === "tool";
}
