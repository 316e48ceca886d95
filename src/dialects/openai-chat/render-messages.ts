import type { InstructionMessage, Message, ToolMessage, UserMessage } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { renderAssistant } from "./render-assistant.ts";
import { renderContent } from "./render-content.ts";
import type { RenderContext } from "./render-context.ts";

/**
 * A conversation in Chat Completions. Results of tools hold text only there: their pictures and files follow as a
 * message of the user, after the last of the results.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create (`messages`)
 */
export function renderMessages(messages: readonly Message[], context: RenderContext): readonly JsonObject[] {
  const rendered: JsonObject[] = [];
  let attachments: JsonObject[] = [];
  const flush = (): void => {
    if (attachments.length > 0) rendered.push({ role: "user", content: attachments });
    attachments = [];
  };
  for (const [index, message] of messages.entries()) {
    const path = `messages[${index}]`;
    if (message.role !== "tool") flush();
    switch (message.role) {
      case "assistant":
        rendered.push(renderAssistant(message, path, index === messages.length - 1, context));
        break;
      case "tool":
        rendered.push(renderResult(message, path, attachments, context));
        break;
      default:
        rendered.push(renderPlain(message, path, context));
    }
  }
  flush();
  return rendered;
}

function renderPlain(
  message: InstructionMessage | UserMessage,
  path: string,
  context: RenderContext,
): JsonObject {
  const isUnknown = message.role === "developer" && !context.quirks.developerRole;
  const role = isUnknown ? "system" : message.role;
  const content = renderContent(message.content, path, context);
  return message.name === undefined
    ? { role, content }
    : { role, content, ...renderName(message.name, path, context) };
}

/** Who speaks, where the vendor wants to know. */
function renderName(name: string, path: string, { quirks, lose }: RenderContext): JsonObject {
  if (quirks.names) return { name };
  lose(`${path}.name`, "is unknown to this provider", true);
  return {};
}

function renderResult(
  message: ToolMessage,
  path: string,
  attachments: JsonObject[],
  context: RenderContext,
): JsonObject {
  const texts: (typeof message.content)[number][] = [];
  const others: (typeof message.content)[number][] = [];
  for (const part of message.content) (part.type === "text" ? texts : others).push(part);
  if (others.length > 0) {
    const rendered = renderContent(others, path, context);
    if (typeof rendered !== "string" && rendered.length > 0) {
      attachments.push({ type: "text", text: `Attachments of the tool result ${message.toolCallId}:` });
      attachments.push(...rendered);
    }
  }
  const last = texts.at(-1);
  if (last !== undefined && message.cache !== undefined)
    texts[texts.length - 1] = { ...last, cache: message.cache };
  const content = renderContent(texts, path, context);
  return {
    role: "tool",
    tool_call_id: context.toolCallId(message.toolCallId),
    content: message.isError === true ? asError(content) : content,
  };
}

/** There is no word for a tool that failed, so that its text says it. */
function asError(content: string | readonly JsonObject[]): string | readonly JsonObject[] {
  if (typeof content === "string") return `Error: ${content}`;
  return [{ type: "text", text: "Error:" }, ...content];
}
