import type { ChatChoice, ChatResponse } from "../../canonical/chat-response.ts";
import type { AssistantPart, TextPart } from "../../canonical/content.ts";
import { HeldLogprobs } from "./held-logprobs.ts";
import { StopMatcher, type StopPatterns } from "./stop-matcher.ts";

/** A whole answer whose texts are cut at stop texts. Its usage stays what the vendor has counted. */
export function cutResponse(response: ChatResponse, patterns: StopPatterns): ChatResponse {
  return { ...response, choices: response.choices.map((choice) => cutChoice(choice, patterns)) };
}

function cutChoice(choice: ChatChoice, patterns: StopPatterns): ChatChoice {
  const content: AssistantPart[] = [];
  for (const part of choice.content) {
    const found = part.type === "text" ? new StopMatcher(patterns).feed(part.text) : undefined;
    if (part.type !== "text" || found?.stop === undefined) {
      content.push(part);
      continue;
    }
    if (found.text !== "") content.push(cutPart(part, found.text));
    return {
      index: choice.index,
      content,
      finishReason: "stop-text",
      stopText: found.stop,
      ...(choice.logprobs !== undefined && { logprobs: logprobsOf(choice.logprobs, content) }),
    };
  }
  return choice;
}

/** What seals a text seals the whole of it. */
function cutPart({ citations, signature: _whole, ...part }: TextPart, text: string): TextPart {
  const kept = citations?.filter(({ start = 0, end = start }) => end <= text.length);
  return { ...part, text, ...(kept !== undefined && kept.length > 0 && { citations: kept }) };
}

function logprobsOf(
  logprobs: NonNullable<ChatChoice["logprobs"]>,
  content: readonly AssistantPart[],
): NonNullable<ChatChoice["logprobs"]> {
  const held = new HeldLogprobs();
  held.told(content.map((part) => (part.type === "text" ? part.text : "")).join(""));
  return held.add(logprobs);
}
