import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Message } from "../../canonical/message.ts";
import type { EndpointEntry } from "../endpoint-table.ts";
import type { RenderedMessage } from "./render-prompt.ts";

/** The request that an endpoint makes of its rendered prompt. */
export function buildRequest(
  endpoint: EndpointEntry,
  messages: readonly RenderedMessage[],
  stream: boolean,
): ChatRequest {
  return {
    model: endpoint.model.name,
    messages: messages.map(
      ({ role, content }): Message => ({ role, content: [{ type: "text", text: content }] }),
    ),
    stream,
    streamUsage: stream,
    ...(endpoint.output !== null && { responseFormat: endpoint.output.format.format }),
    ...(endpoint.maxOutputTokens !== null && { maxOutputTokens: endpoint.maxOutputTokens }),
    ...(endpoint.temperature !== null && { temperature: endpoint.temperature }),
  };
}
