import type { ChatChoice } from "../../canonical/chat-response.ts";
import type { AssistantPart } from "../../canonical/content.ts";
import type { AnswerChange } from "./answer-change.ts";
import { OnlyAnswerStream } from "./only-answer-stream.ts";

/**
 * For requests whose structured answer comes through a tool: what the model has called the tool with is the whole
 * answer, and no text that it has written beside it is told, with which it would be no JSON any more. A model that has
 * not called the tool is told as it has answered.
 */
export const onlyAnswer: AnswerChange = {
  whole: (response) => ({ ...response, choices: response.choices.map(onlyAnswerOf) }),
  stream: (emit) => new OnlyAnswerStream(emit),
};

function onlyAnswerOf(choice: ChatChoice): ChatChoice {
  const answer = choice.content.findIndex((part) => part.type === "text" && part.isAnswer === true);
  if (answer < 0) return choice;
  // Probabilities are those of the words that are not told.
  const { logprobs: _ofWords, ...rest } = choice;
  return {
    ...rest,
    content: choice.content.flatMap((part, index): readonly AssistantPart[] => {
      if (part.type !== "text") return [part];
      if (index !== answer) return [];
      const { isAnswer: _told, ...text } = part;
      return [text];
    }),
  };
}
