import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import type { CompletionUsage } from "openai/resources/completions";
import type { AnswerPiece } from "./answer.ts";
import type { DemoChoice } from "./choices.ts";
import type { AnswerIdentity } from "./identity.ts";

type Delta = ChatCompletionChunk.Choice.Delta;

/** What a streamed answer is made of. */
export interface StreamOptions {
  readonly identity: AnswerIdentity;
  readonly choices: readonly DemoChoice[];
  /** Sent before the end where the caller asked for it. */
  readonly usage: CompletionUsage | undefined;
  /** Milliseconds before each token. */
  readonly msPerToken: number;
}

/**
 * The events of a streamed answer, one for each piece; several choices take turns.
 * Wire format: https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function* streamEvents(options: StreamOptions): Generator<AnswerPiece> {
  const turns = options.choices.map((choice, index) => choiceSteps(choice, index, options.identity));
  while (turns.length > 0) {
    for (const turn of [...turns]) {
      const { value: step, done } = turn.next();
      if (done === true) turns.splice(turns.indexOf(turn), 1);
      else yield chunkEvent(options, [step.choice], step.tokens * options.msPerToken);
    }
  }
  if (options.usage !== undefined) yield chunkEvent(options, [], 0, options.usage);
  yield event("[DONE]", 0);
}

interface Step {
  readonly choice: ChatCompletionChunk.Choice;
  readonly tokens: number;
}

function* choiceSteps(choice: DemoChoice, index: number, identity: AnswerIdentity): Generator<Step, void> {
  const step = (delta: Delta, tokens = 0): Step => ({
    choice: { index, delta, logprobs: null, finish_reason: null },
    tokens,
  });
  const content = choice.calls.length === 0 ? "" : null;
  yield step({ role: "assistant", content, refusal: null });
  for (const piece of choice.content) yield step({ content: piece.text }, piece.tokens);
  for (const [position, call] of choice.calls.entries()) {
    yield step({
      tool_calls: [
        {
          index: position,
          id: identity.callId(index, position),
          type: "function",
          function: { name: call.name, arguments: "" },
        },
      ],
    });
    for (const piece of call.arguments) {
      yield step({ tool_calls: [{ index: position, function: { arguments: piece.text } }] }, piece.tokens);
    }
  }
  yield { choice: { index, delta: {}, logprobs: null, finish_reason: choice.finishReason }, tokens: 0 };
}

function chunkEvent(
  { identity, usage: asked }: StreamOptions,
  choices: ChatCompletionChunk.Choice[],
  delayMs: number,
  usage: CompletionUsage | null = null,
): AnswerPiece {
  const chunk: ChatCompletionChunk = {
    id: identity.id,
    object: "chat.completion.chunk",
    created: identity.created,
    model: identity.model,
    choices,
    // Where usage was asked for, every chunk has the member; it is null but in the last.
    ...(asked === undefined ? {} : { usage }),
  };
  return event(JSON.stringify(chunk), delayMs);
}

function event(data: string, delayMs: number): AnswerPiece {
  return { bytes: new TextEncoder().encode(`data: ${data}\n\n`), delayMs };
}
