import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { AssistantMessage, Message, ToolMessage, UserMessage } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import { ContentRenderer } from "./render-content.ts";

/** A conversation in Cohere's words; documents stand beside it. */
interface RenderedMessages {
  readonly messages: readonly JsonObject[];
  readonly documents: readonly JsonObject[];
  /** Whether the documents are to be cited, as far as the caller has said. */
  readonly citations: boolean;
}

/** Renders messages. Wire format: https://docs.cohere.com/v2/reference/chat (`messages`, `documents`) */
export function renderMessages(request: ChatRequest, traits: TargetTraits, losses: Loss[]): RenderedMessages {
  const renderer = new ContentRenderer(traits, losses);
  const messages = request.messages.flatMap((message, index) =>
    renderMessage(message, `messages[${index}]`, renderer, losses),
  );
  const files = request.messages.flatMap(({ role, content }) =>
    role === "user" ? content.filter((part) => part.type === "file") : [],
  );
  const citations = files.length === 0 || files.some((part) => part.citations !== false);
  return { messages, documents: renderer.documents, citations };
}

function renderMessage(
  message: Message,
  path: string,
  renderer: ContentRenderer,
  losses: Loss[],
): readonly JsonObject[] {
  if ("name" in message && message.name !== undefined)
    losses.push({ path: `${path}.name`, isHarmless: true, reason: "has no counterpart in Cohere" });
  switch (message.role) {
    case "user":
      return renderUser(message, path, renderer);
    case "assistant":
      return renderAssistant(message, path, renderer, losses);
    case "tool":
      return [renderResult(message, path, renderer)];
    default:
      return [{ role: "system", content: renderer.instructions(message.content, path) }];
  }
}

/** A turn of documents alone has no words left. */
function renderUser(message: UserMessage, path: string, renderer: ContentRenderer): readonly JsonObject[] {
  const content = renderer.user(message.content, path);
  const isEmpty = Array.isArray(content) && content.length === 0;
  return isEmpty ? [] : [{ role: "user", content }];
}

/** The plan goes back as a plan, all other thinking as a block of its own. A turn without anything is left out. */
function renderAssistant(
  message: AssistantMessage,
  path: string,
  renderer: ContentRenderer,
  losses: Loss[],
): readonly JsonObject[] {
  if (message.isPrefix === true)
    losses.push({ path, isHarmless: false, reason: "cannot be gone on with by Cohere" });
  const { blocks, plan, calls, citations } = renderer.assistant(message.content, path);
  if (blocks.length === 0 && calls.length === 0 && plan === "") return [];
  return [
    {
      role: "assistant",
      ...(blocks.length > 0 && { content: blocks }),
      ...(plan !== "" && { tool_plan: plan }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(citations.length > 0 && { citations }),
    },
  ];
}

function renderResult(message: ToolMessage, path: string, renderer: ContentRenderer): JsonObject {
  renderer.noteCache(message, path);
  const content = renderer.result(message.content, path, message.isError === true);
  return { role: "tool", tool_call_id: message.toolCallId, content };
}
