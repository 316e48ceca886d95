import type { IngressError } from "../dialect.ts";
import { renderError } from "../openai-chat/error.ts";

/** An error inside of a stream: OpenAI's clients throw at an event whose data has a member `error`. */
export function renderStreamError(error: IngressError): string {
  return `event: error\ndata: ${JSON.stringify({ type: "error", ...renderError(error) })}\n\n`;
}
