import type { ChatCompletion, ChatCompletionMessage } from "openai/resources/chat/completions";
import type { CompletionUsage } from "openai/resources/completions";
import type { DemoChoice } from "./choices.ts";
import type { AnswerIdentity } from "./identity.ts";
import type { TokenPiece } from "./tokenizer.ts";

/**
 * The body of an answer that is sent at once.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/object
 */
export function renderCompletion(
  identity: AnswerIdentity,
  choices: readonly DemoChoice[],
  usage: CompletionUsage,
): string {
  const completion: ChatCompletion = {
    id: identity.id,
    object: "chat.completion",
    created: identity.created,
    model: identity.model,
    choices: choices.map((choice, index) => ({
      index,
      message: messageOf(choice, index, identity),
      logprobs: null,
      finish_reason: choice.finishReason,
    })),
    usage,
  };
  return JSON.stringify(completion);
}

function messageOf(choice: DemoChoice, index: number, identity: AnswerIdentity): ChatCompletionMessage {
  if (choice.calls.length === 0) {
    return { role: "assistant", content: joinPieces(choice.content), refusal: null };
  }
  return {
    role: "assistant",
    content: null,
    refusal: null,
    tool_calls: choice.calls.map((call, position) => ({
      id: identity.callId(index, position),
      type: "function",
      function: { name: call.name, arguments: joinPieces(call.arguments) },
    })),
  };
}

function joinPieces(pieces: readonly TokenPiece[]): string {
  return pieces.map((piece) => piece.text).join("");
}
