import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Message, ToolMessage } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { movedInstructions } from "../moved-instructions.ts";
import type { AnthropicQuirks } from "./quirks.ts";
import { cacheControl, renderContent, toolUseId } from "./render-content.ts";

/** One turn as it is put together. */
interface Turn {
  readonly role: "user" | "assistant" | "system";
  readonly content: JsonObject[];
}

/** A conversation in Anthropic's words: instructions apart, turns of the user and the model in alternation. */
export interface RenderedMessages {
  readonly system: readonly JsonObject[];
  readonly messages: readonly { readonly role: Turn["role"]; readonly content: readonly JsonObject[] }[];
}

/** Anthropic wants the user to speak first. */
const OPENING = { type: "text", text: "(The conversation begins.)" };
/** Anthropic wants words in each turn of the user's, and something to answer. */
const SILENCE: JsonObject = { type: "text", text: "(The user says nothing.)" };

/**
 * Renders messages. Instructions at the beginning are `system`, in their order. Those in the middle of a conversation
 * stay where they are if the model takes them there; otherwise they move to the end of `system`, as in Anthropic's own
 * layer for OpenAI's clients, and the move is named as a harmless loss. Results of tools are the user's turn and
 * stand first in it; turns of one side that follow each other become one.
 * Wire format: https://docs.anthropic.com/en/api/messages (`messages`)
 */
export function renderMessages(
  messages: readonly Message[],
  quirks: AnthropicQuirks,
  losses: Loss[],
): RenderedMessages {
  const system: JsonObject[] = [];
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    const path = `messages[${index}]`;
    if (message.role === "system" || message.role === "developer") {
      const blocks = renderContent(message.content, path, losses);
      if (turns.length === 0) system.push(...blocks);
      else if (quirks.hasSystemTurns && fitsInPlace(messages, index, turns)) addTurn(turns, "system", blocks);
      else {
        system.push(...blocks);
        losses.push(movedInstructions(path, "Anthropic"));
      }
      continue;
    }
    if (message.role === "tool") {
      addTurn(turns, "user", [renderResult(message, path, losses)]);
      continue;
    }
    if (message.name !== undefined)
      losses.push({ path: `${path}.name`, isHarmless: true, reason: "has no counterpart in Anthropic" });
    const before = losses.length;
    const blocks = renderContent(message.content, path, losses);
    if (message.role === "assistant" && blocks.length === 0 && losses.length === before)
      losses.push({ path, isHarmless: true, reason: "has no words, of which Anthropic wants some" });
    if (message.role === "user" && blocks.length === 0) addTurn(turns, "user", silence(turns, path, losses));
    else addTurn(turns, message.role, blocks);
  }
  return { system, messages: finish(turns, system, messages, losses) };
}

/**
 * Instructions in a conversation have to follow the user's turn and be followed by the model's or nothing.
 * Source: https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages
 */
function fitsInPlace(messages: readonly Message[], index: number, turns: readonly Turn[]): boolean {
  const before = turns.at(-1)?.role;
  const after = messages[index + 1]?.role;
  return before !== "assistant" && after !== "user" && after !== "tool";
}

function addTurn(turns: Turn[], role: Turn["role"], blocks: JsonObject[]): void {
  const last = turns.at(-1);
  if (last?.role === role) last.content.push(...blocks);
  else if (blocks.length > 0) turns.push({ role, content: blocks });
}

/** What stands for a message of the user's without a word in it: nothing beside other words of the same turn. */
function silence(turns: readonly Turn[], path: string, losses: Loss[]): JsonObject[] {
  const isLeftOut = turns.at(-1)?.role === "user";
  const reason = "has no words, of which Anthropic wants some";
  losses.push({ path, isHarmless: true, ...(!isLeftOut && { isChanged: true }), reason });
  return isLeftOut ? [] : [SILENCE];
}

/** Wire format: https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/implement-tool-use#handling-tool-use-and-tool-result-content-blocks */
function renderResult(message: ToolMessage, path: string, losses: Loss[]): JsonObject {
  const content = renderContent(message.content, path, losses);
  return {
    type: "tool_result",
    tool_use_id: toolUseId(message.toolCallId),
    ...(content.length > 0 && { content }),
    ...(message.isError !== undefined && { is_error: message.isError }),
    ...cacheControl(message.cache),
  };
}

function finish(
  turns: Turn[],
  system: JsonObject[],
  messages: readonly Message[],
  losses: Loss[],
): RenderedMessages["messages"] {
  const [first] = turns;
  if (first === undefined && system.length > 0) {
    // There has to be something to answer.
    const reason = "is sent as the user's words, since Anthropic answers nothing else";
    losses.push({ path: `messages[${messages.length - 1}]`, isHarmless: true, isChanged: true, reason });
    turns.push({ role: "user", content: [system.pop() as JsonObject] });
  }
  if (first?.role === "assistant" || turns.length === 0) {
    const reason = "is preceded by words of the user's, who has to begin for Anthropic";
    losses.push({ path: "messages", isHarmless: true, isChanged: true, reason });
    turns.unshift({ role: "user", content: [OPENING] });
  }
  return turns.map(({ role, content }, index) => {
    if (role === "user") return { role, content: resultsFirst(withoutSilence(content)) };
    const isEnd = role === "assistant" && index === turns.length - 1;
    return { role, content: isEnd ? trimEnd(content) : content };
  });
}

/** The user has said something after all, in a message that follows. */
function withoutSilence(blocks: readonly JsonObject[]): readonly JsonObject[] {
  return blocks.length > 1 && blocks[0] === SILENCE ? blocks.slice(1) : blocks;
}

function resultsFirst(blocks: readonly JsonObject[]): readonly JsonObject[] {
  const isResult = ({ type }: JsonObject): boolean => type === "tool_result";
  if (!blocks.some(isResult)) return blocks;
  return [...blocks.filter(isResult), ...blocks.filter((block) => !isResult(block))];
}

/** Words that the model is to go on from must not end in white space. */
function trimEnd(blocks: readonly JsonObject[]): readonly JsonObject[] {
  const last = blocks.at(-1);
  if (last?.["type"] !== "text" || typeof last["text"] !== "string") return blocks;
  return [...blocks.slice(0, -1), { ...last, text: last["text"].trimEnd() }];
}

/** Whether the request asks the model to go on from the end of its own words. Turns that were paused do not. */
export function isPrefill({ messages }: ChatRequest): boolean {
  const last = messages.at(-1);
  return last?.role === "assistant" && last.content.at(-1)?.type !== "vendor";
}
