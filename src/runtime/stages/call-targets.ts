import type { ChatRequest } from "../../dialects/openai-chat/envelope.ts";
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
 * next one is asked. Nothing has reached the caller before this resolves. Rejects with LatchkeyError LK-3001 (no
 * usable target), LK-2301 (caller gone), otherwise the last target's error.
 */
export function callTargets(
  call: Call,
  model: ModelEntry,
  chat: ChatRequest,
  options: TargetCallOptions,
): Promise<Answer> {
  return new TargetCalls(call, model, chat, options).answer;
}

/** One request on its way through its model's targets. */
class TargetCalls {
  readonly answer: Promise<Answer>;
  readonly #call: Call;
  readonly #model: ModelEntry;
  readonly #chat: ChatRequest;
  readonly #options: TargetCallOptions;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: unknown) => void;
  #index = 0;

  constructor(call: Call, model: ModelEntry, chat: ChatRequest, options: TargetCallOptions) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#call = call;
    this.#model = model;
    this.#chat = chat;
    this.#options = options;
    this.#askNext(undefined);
  }

  /** @param failure of the target before, to be told when there is nobody left to ask */
  #askNext(failure: LatchkeyError | undefined): void {
    const { targets } = this.#model;
    const target = targets[this.#index++];
    if (target === undefined) return this.#reject(failure ?? noTarget(this.#model));
    const call = this.#call;
    const chat = this.#chat;
    call.target = target;
    call.attempts++;
    const attempt = new Attempt(call, this.#options.request, {
      when: chat.stream ? "first-piece" : "whole",
      limits: this.#options.limits,
      onReady: () => this.#hear(attempt, target),
    });
    attempt.handle = target.connection.upstream.send({
      head: target.head,
      body: rewriteChatRequest(chat, target),
      timeouts: this.#index === targets.length ? target.timeouts : target.timeoutsBeforeLast,
      receiver: attempt,
    });
    this.#options.watch.watch(attempt);
  }

  /** Never throws: it is called by the upstream. */
  #hear(attempt: Attempt, target: TargetEntry): void {
    try {
      this.#options.watch.release(attempt);
      this.#judge(attempt, target);
    } catch (thrown) {
      this.#reject(thrown);
    }
  }

  #judge(attempt: Attempt, target: TargetEntry): void {
    if (attempt.error?.code === "LK-2301") return this.#reject(attempt.error);
    const error = judgeAnswer(attempt, this.#chat.stream, target.head);
    if (error === undefined) return this.#resolve({ attempt, target });
    attempt.abort();
    // A failed attempt may have cost something that nobody can tell any more.
    if (attempt.head !== undefined && attempt.head.status < 400) this.#call.meter(undefined, target);
    if (error.retryable || isTargetsFault(error)) this.#askNext(error);
    else this.#reject(error);
  }
}

function noTarget(model: ModelEntry): LatchkeyError {
  return new LatchkeyError("LK-3001", `No target of the model "${model.name}" can be used right now.`);
}

/** Faults of one target that another target need not have. */
function isTargetsFault(error: LatchkeyError): boolean {
  return error.code === "LK-3010" || error.code === "LK-3013";
}
