import type { Loss } from "../../canonical/loss.ts";
import type { Message, ToolMessage } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { movedInstructions } from "../moved-instructions.ts";
import type { RenderedTurn } from "../open-call.ts";
import { cachePoint, renderContent } from "./render-content.ts";

/** A conversation in Bedrock's words: instructions apart, turns of the user and the model in alternation. */
export interface RenderedMessages {
  readonly system: readonly JsonObject[];
  readonly messages: readonly RenderedTurn[];
}

/** Bedrock takes no message without words. */
const SILENCE: JsonObject = { text: "(The user says nothing.)" };

/**
 * Renders messages. Results of tools are the user's turn, and turns of one side that follow each other become one.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html
 */
export function renderMessages(
  messages: readonly Message[],
  model: string,
  losses: Loss[],
): RenderedMessages {
  const system: JsonObject[] = [];
  const turns: (RenderedTurn & { readonly content: JsonObject[] })[] = [];
  for (const [index, message] of messages.entries()) {
    const path = `messages[${index}]`;
    if ("name" in message && message.name !== undefined) {
      const reason = "has no counterpart in Amazon Bedrock";
      losses.push({ path: `${path}.name`, isHarmless: true, reason });
    }
    if (message.role === "system" || message.role === "developer") {
      system.push(...renderContent(message.content, path, model, losses));
      if (turns.length > 0) losses.push(movedInstructions(path, "Amazon Bedrock"));
      continue;
    }
    const before = losses.length;
    const role = message.role === "assistant" ? "assistant" : "user";
    const blocks =
      message.role === "tool"
        ? renderResult(message, path, model, losses)
        : renderContent(message.content, path, model, losses);
    const last = turns.at(-1);
    const isSaid = role === "user" && last?.role !== role && blocks.length === 0;
    if (blocks.length === 0 && (isSaid || losses.length === before)) {
      const reason = "has no words, of which Amazon Bedrock wants some";
      losses.push({ path, isHarmless: true, ...(isSaid && { isChanged: true }), reason });
    }
    if (isSaid) turns.push({ role, content: [SILENCE] });
    else if (last?.role === role) last.content.push(...blocks);
    else if (blocks.length > 0) turns.push({ role, content: blocks });
  }
  return { system, messages: turns };
}

/** Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolResultBlock.html */
function renderResult(message: ToolMessage, path: string, model: string, losses: Loss[]): JsonObject[] {
  // A result's own content cannot hold the end of what is cached.
  const content = renderContent(message.content, path, model, losses).filter(
    (block) => block["cachePoint"] === undefined,
  );
  const result = {
    toolUseId: message.toolCallId,
    content: content.length === 0 ? [{ text: "(no output)" }] : content,
    ...(message.isError !== undefined && { status: message.isError ? "error" : "success" }),
  };
  return [{ toolResult: result }, ...(message.cache === undefined ? [] : [cachePoint(message.cache.ttl)])];
}
