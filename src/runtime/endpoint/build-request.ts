import { type ChatRequest, readChatRequest } from "../../dialects/openai-chat/envelope.ts";
import type { EndpointEntry } from "../endpoint-table.ts";
import type { RenderedMessage } from "./render-prompt.ts";

const encoder = new TextEncoder();

/** The Chat Completions request that an endpoint makes of its rendered prompt. */
export function buildRequest(
  endpoint: EndpointEntry,
  messages: readonly RenderedMessage[],
  stream: boolean,
): ChatRequest {
  const body = {
    model: endpoint.model.name,
    messages,
    ...(stream && { stream }),
    ...(endpoint.output !== null && { response_format: endpoint.output.format.format }),
    ...(endpoint.maxOutputTokens !== null && { max_completion_tokens: endpoint.maxOutputTokens }),
    ...(endpoint.temperature !== null && { temperature: endpoint.temperature }),
  };
  return readChatRequest(encoder.encode(JSON.stringify(body)));
}
