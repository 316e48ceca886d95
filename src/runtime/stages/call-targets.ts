import type { ChatRequest } from "../../dialects/openai-chat/request.ts";
import { rewriteChatRequest } from "../../dialects/openai-chat/rewrite.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { type AnswerLimits, Attempt } from "../attempt.ts";
import type { Call } from "../call.ts";
import type { DepartureWatch } from "../departure-watch.ts";
import type { ModelEntry, TargetEntry } from "../target-table.ts";
import { judgeAnswer } from "../upstream-verdict.ts";

/** An answer that may go to the caller. */
export interface Answer {
  readonly attempt: Attempt;
  readonly target: TargetEntry;
}

/** What a call to the targets needs besides the call. */
export interface TargetCallOptions {
  readonly request: Request;
  readonly watch: DepartureWatch;
  readonly limits: AnswerLimits;
}

/**
 * Asks the model's targets in their order until one answers; what a target failed with decides whether the
 * next one is asked. Nothing has reached the caller before this returns.
 * @throws LatchkeyError LK-3001 (no usable target), LK-2301 (caller gone), otherwise the last target's error.
 */
export async function callTargets(
  call: Call,
  model: ModelEntry,
  chat: ChatRequest,
  options: TargetCallOptions,
): Promise<Answer> {
  let failure: LatchkeyError | undefined;
  for (let index = 0; index < model.targets.length; index++) {
    const target = model.targets[index] as TargetEntry;
    const attempt = startAttempt(call, target, chat, index === model.targets.length - 1, options);
    await attempt.ready;
    options.watch.release(attempt);
    if (attempt.error?.code === "LK-2301") throw attempt.error;
    const error = judgeAnswer(attempt, chat.stream, target.connection.chatHead);
    if (error === undefined) return { attempt, target };
    attempt.abort();
    // A failed attempt may have cost something that nobody can tell any more.
    if (attempt.head !== undefined && attempt.head.status < 400) call.meter(undefined, target);
    failure = error;
    if (!error.retryable && !isTargetsFault(error)) break;
  }
  throw (
    failure ?? new LatchkeyError("LK-3001", `No target of the model "${model.name}" can be used right now.`)
  );
}

/** Faults of one target that another target need not have. */
function isTargetsFault(error: LatchkeyError): boolean {
  return error.code === "LK-3010" || error.code === "LK-3013";
}

function startAttempt(
  call: Call,
  target: TargetEntry,
  chat: ChatRequest,
  last: boolean,
  options: TargetCallOptions,
): Attempt {
  call.target = target;
  call.attempts++;
  const attempt = new Attempt(call, options.request, chat.stream ? "first-piece" : "whole", options.limits);
  attempt.handle = target.connection.upstream.send({
    head: target.connection.chatHead,
    body: rewriteChatRequest(chat, target),
    timeouts: last ? target.timeouts : target.timeoutsBeforeLast,
    receiver: attempt,
  });
  options.watch.watch(attempt);
  return attempt;
}
