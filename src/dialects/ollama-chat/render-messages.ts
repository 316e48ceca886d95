import type { AssistantPart, PartBase, ToolResultPart, UserPart } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { AssistantMessage, Message, ToolMessage } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { argumentsAsSaid } from "../call-arguments.ts";
import { noteCitations } from "../note-citations.ts";

/**
 * Messages in Ollama's words: text and pictures apart, arguments of tools as objects, results tied to their calls by
 * the tool's name. Wire format: https://docs.ollama.com/api/chat (`messages`)
 */
export function renderMessages(messages: readonly Message[], losses: Loss[]): readonly JsonObject[] {
  const toolNames = new Map<string, string>();
  for (const { role, content } of messages) {
    if (role !== "assistant") continue;
    for (const part of content) if (part.type === "tool-call") toolNames.set(part.id, part.name);
  }
  return messages.map((message, index) => renderMessage(message, `messages[${index}]`, toolNames, losses));
}

function renderMessage(
  message: Message,
  path: string,
  toolNames: ReadonlyMap<string, string>,
  losses: Loss[],
): JsonObject {
  if ("name" in message && message.name !== undefined)
    losses.push({ ...loss(`${path}.name`, "has no counterpart in Ollama"), isHarmless: true });
  switch (message.role) {
    case "user":
      return { role: "user", ...renderParts(message.content, path, losses) };
    case "assistant":
      return renderAssistant(message, path, losses);
    case "tool":
      return renderResult(message, toolNames, path, losses);
    default:
      return { role: "system", ...renderParts(message.content, path, losses) };
  }
}

function renderResult(
  message: ToolMessage,
  toolNames: ReadonlyMap<string, string>,
  path: string,
  losses: Loss[],
): JsonObject {
  const name = message.toolName ?? toolNames.get(message.toolCallId);
  const { content, images } = renderParts(message.content, path, losses);
  noteCache(message, path, losses);
  return {
    role: "tool",
    content: message.isError === true ? `Error: ${content}` : content,
    ...(images !== undefined && { images }),
    ...(name !== undefined && { tool_name: name }),
  };
}

interface RenderedParts {
  readonly content: string;
  readonly images?: readonly string[];
}

function renderParts(
  parts: readonly (UserPart | ToolResultPart)[],
  path: string,
  losses: Loss[],
): RenderedParts {
  const texts: string[] = [];
  const images: string[] = [];
  for (const [index, part] of parts.entries()) {
    const at = `${path}.content[${index}]`;
    noteCache(part, at, losses);
    if (part.type === "image" && part.detail !== undefined && part.detail !== "auto")
      losses.push({ ...loss(`${at}.detail`, "cannot be told to Ollama"), isHarmless: true });
    if (part.type === "text") texts.push(part.text);
    else if (part.type === "image" && part.source.kind === "base64") images.push(part.source.data);
    else if (part.type === "image")
      losses.push(loss(at, "has to be the picture itself, as base64, for Ollama"));
    else losses.push(loss(at, `(${part.type}) has no counterpart in Ollama`));
  }
  return { content: texts.join("\n"), ...(images.length > 0 && { images }) };
}

function renderAssistant(message: AssistantMessage, path: string, losses: Loss[]): JsonObject {
  const texts: string[] = [];
  const thoughts: string[] = [];
  const calls: JsonObject[] = [];
  for (const [index, part] of message.content.entries()) {
    const at = `${path}.content[${index}]`;
    if ("cache" in part) noteCache(part, at, losses);
    noteCitations(part, at, "Ollama", losses);
    if (part.type === "text" || part.type === "refusal") texts.push(part.text);
    else if (part.type === "reasoning") {
      thoughts.push(part.text);
      if (part.redacted !== undefined)
        losses.push({ ...loss(at, "is the thinking of another vendor"), isHarmless: true });
    } else if (part.type === "tool-call")
      calls.push({ function: { name: part.name, arguments: argumentsAsSaid(part.arguments) } });
    else if (part.type === "spoken" && part.transcript !== undefined) texts.push(part.transcript);
    else losses.push(loss(at, `(${(part satisfies AssistantPart).type}) has no counterpart in Ollama`));
  }
  const thinking = thoughts.join("\n");
  return {
    role: "assistant",
    content: texts.join("\n"),
    ...(thinking !== "" && { thinking }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function loss(path: string, reason: string): Loss {
  return { path, isHarmless: false, reason };
}

/** Ollama keeps what it has read by itself. */
export function noteCache({ cache }: PartBase, path: string, losses: Loss[]): void {
  if (cache !== undefined)
    losses.push({ ...loss(`${path}.cache`, "cannot be marked for Ollama's cache"), isHarmless: true });
}
