import type { Usage } from "../../canonical/usage.ts";
import type { IncomingRequest } from "../../http/exchange.ts";
import type { ErrorCode } from "../../kernel/codes.ts";
import { LatchkeyError, toLatchkeyError } from "../../kernel/error.ts";
import type { UpstreamResponseHead, UpstreamTimeouts } from "../../upstream/upstream.ts";
import { Attempt } from "../attempt.ts";
import type { Call } from "../call.ts";
import type { TargetEntry, UpstreamTarget } from "../target-table.ts";
import { lacksApi } from "./lacks-api.ts";
import { PartCalls } from "./part-calls.ts";

/** A request as a target gets it. */
export interface OutgoingRequest {
  /** See `UpstreamCall.head`; a target whose credentials change from call to call completes it. */
  readonly head: string;
  readonly body: Uint8Array;
  /** The head without what belongs to this request alone, where there is such; credentials are looked for here. */
  readonly ownHead?: string;
  /** Further requests of the same question, for targets that take only so much in one; absent: there are none. */
  readonly more?: readonly OutgoingRequest[];
}

/** A model as it is asked: its targets that have the API in question. */
export interface AskedModel<T extends UpstreamTarget = TargetEntry> {
  readonly name: string;
  readonly targets: readonly T[];
  /** Whether any target can be called at all, be it through other APIs. */
  readonly isUsable: boolean;
}

/** What is asked of a model's targets, in whatever words each of them understands. */
export interface Question<T extends UpstreamTarget = TargetEntry> {
  /** Whether the answer is taken piece by piece; of the target that was asked last. */
  readonly stream: boolean;
  /**
   * The request for a target.
   * @throws LatchkeyError LK-2110 where this target cannot be told, any other for what is wrong in itself.
   */
  ask(target: T): OutgoingRequest | Promise<OutgoingRequest>;
  /** Takes the whole answer to one of several requests; answers whether it is one. Needed where there are `more`. */
  takePart?(index: number, head: UpstreamResponseHead, body: Uint8Array, target: T): boolean;
  /** What the parts used that the target asked last has answered; undefined for one that has not told. */
  usageOfParts?(): readonly (Usage | undefined)[];
  /** Bytes of an answer that are held until it is whole; a larger one is passed on as it comes. */
  holdBytes(target: T): number;
  /**
   * What keeps an answer from the caller; `undefined` where it may go out. Never throws. An error that is also the
   * attempt's `refusal` may go out as it came, once no other target is to be asked.
   */
  judge(attempt: Attempt, target: T): LatchkeyError | undefined;
}

/** An answer that may go to the caller. */
export interface Answer<T extends UpstreamTarget = TargetEntry> {
  readonly attempt: Attempt;
  readonly target: T;
}

/** What a call to the targets needs besides the call. */
export interface TargetCallOptions {
  readonly request: IncomingRequest;
  /** Larger answers are refused. */
  readonly maxBytes: number;
}

/**
 * Asks the model's targets in their order until one answers; what a target failed with decides whether the
 * next one is asked. Nothing has reached the caller before this resolves. Rejects with LatchkeyError LK-3001 (no
 * usable target), LK-2113 (none that has the API), LK-2301 (caller gone), otherwise the last target's error; where that
 * is a refusal in the caller's own dialect, it is the answer.
 */
export function callTargets<T extends UpstreamTarget>(
  call: Call,
  model: AskedModel<T>,
  question: Question<T>,
  options: TargetCallOptions,
): Promise<Answer<T>> {
  return new TargetCalls(call, model, question, options).answer;
}

/** One question on its way through its model's targets. */
class TargetCalls<T extends UpstreamTarget> {
  readonly answer: Promise<Answer<T>>;
  readonly #call: Call;
  readonly #model: AskedModel<T>;
  readonly #question: Question<T>;
  readonly #options: TargetCallOptions;
  readonly #resolve: (answer: Answer<T>) => void;
  readonly #reject: (error: unknown) => void;
  #index = 0;
  /** What the target before failed with, to be told when there is nobody left to ask. */
  #failure: LatchkeyError | undefined;
  /** The same in the target's own words, where they may go out. */
  #refusal: Answer<T> | undefined;

  constructor(call: Call, model: AskedModel<T>, question: Question<T>, options: TargetCallOptions) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#call = call;
    this.#model = model;
    this.#question = question;
    this.#options = options;
    this.#askNext();
  }

  #askNext(): void {
    const target = this.#model.targets[this.#index++];
    if (target === undefined) return this.#end();
    const attempt = new Attempt(this.#call, {
      maxBytes: this.#options.maxBytes,
      holdBytes: this.#question.holdBytes(target),
      onReady: () => this.#hear(attempt, target),
    });
    const { request } = this.#options;
    if (request.hasLeft) return this.#reject(new LatchkeyError("LK-2301"));
    request.onLeave = () => attempt.leave();
    try {
      const asked = this.#question.ask(target);
      if (!(asked instanceof Promise) && target.connection.authorize === undefined)
        return this.#send(attempt, target, asked);
      this.#sendLater(attempt, target, asked).catch((thrown) => this.#cannotAsk(attempt, thrown));
    } catch (thrown) {
      this.#cannotAsk(attempt, thrown);
    }
  }

  /** Sends what has to be waited for: files that are fetched, signatures, tokens. */
  async #sendLater(
    attempt: Attempt,
    target: T,
    asked: OutgoingRequest | Promise<OutgoingRequest>,
  ): Promise<void> {
    const outgoing = await asked;
    const { head, body, ownHead, more } = outgoing;
    // Each of them is completed when it is sent.
    if (more !== undefined) {
      if (!attempt.ended) this.#send(attempt, target, outgoing);
      return;
    }
    const whole = await target.connection.authorize?.(head, body);
    // Whoever has left meanwhile was told so already.
    if (attempt.ended) return;
    const own = whole ?? ownHead;
    this.#send(attempt, target, { head: whole ?? head, body, ...(own !== undefined && { ownHead: own }) });
  }

  #send(attempt: Attempt, target: T, outgoing: OutgoingRequest): void {
    const { head, body, ownHead = head, more } = outgoing;
    const call = this.#call;
    call.target = target;
    call.attempts++;
    attempt.when = this.#question.stream ? "first-piece" : "whole";
    attempt.sentHead = ownHead;
    const isLast = this.#index === this.#model.targets.length;
    const timeouts = isLast ? target.timeouts : target.timeoutsBeforeLast;
    if (more !== undefined) return this.#sendParts(attempt, target, timeouts, [outgoing, ...more]);
    attempt.handle = target.connection.upstream.send({
      head,
      body,
      timeouts,
      onRepeat: () => call.attempts++,
      receiver: attempt,
    });
  }

  #sendParts(
    attempt: Attempt,
    target: T,
    timeouts: UpstreamTimeouts,
    requests: readonly OutgoingRequest[],
  ): void {
    const call = this.#call;
    const { connection } = target;
    const calls = new PartCalls(attempt, {
      ...{ requests, connection, timeouts, maxBytes: this.#options.maxBytes },
      now: () => call.nowMs,
      onFirstByte: () => call.noteFirstByte(),
      onRepeat: () => call.attempts++,
      take: (index, head, body) => this.#question.takePart?.(index, head, body, target) ?? false,
    });
    attempt.handle = calls;
    calls.start();
  }

  /** A target that cannot be told what the caller wants is passed over; any other fault is the request's own. */
  #cannotAsk(attempt: Attempt, thrown: unknown): void {
    if (attempt.ended) return;
    const error = toLatchkeyError(thrown);
    if (error.code !== "LK-2110" && !isTargetsFault(error) && !error.retryable) return this.#reject(error);
    // A target that was asked and failed says more than one that could not be.
    this.#failure ??= error;
    this.#askNext();
  }

  /** Never throws: it is called by the upstream. */
  #hear(attempt: Attempt, target: T): void {
    try {
      this.#options.request.onLeave = undefined;
      this.#judge(attempt, target);
    } catch (thrown) {
      this.#reject(thrown);
    }
  }

  #judge(attempt: Attempt, target: T): void {
    if (attempt.error?.code === "LK-2301") return this.#reject(attempt.error);
    const error = this.#question.judge(attempt, target);
    if (error === undefined) return this.#resolve({ attempt, target });
    attempt.abort();
    if (error.code === "LK-3009") attempt.handle?.distrust?.();
    this.#failure = error;
    this.#refusal = attempt.refusal === undefined ? undefined : { attempt, target };
    for (const usage of this.#question.usageOfParts?.() ?? []) this.#call.meter(usage, target);
    // A failed attempt may have cost something that nobody can tell any more.
    const isAnswered = attempt.head !== undefined && attempt.head.status < 400;
    if (isAnswered || attempt.openParts > 0) this.#call.meter(undefined, target);
    if (!error.retryable && !isTargetsFault(error)) return this.#end();
    this.#askNext();
  }

  /** Nobody is left to ask, or nobody is to be asked. */
  #end(): void {
    if (this.#refusal !== undefined) this.#resolve(this.#refusal);
    else this.#reject(this.#failure ?? noTarget(this.#model));
  }
}

function noTarget({ name, isUsable }: AskedModel<UpstreamTarget>): LatchkeyError {
  if (isUsable) return lacksApi(name, "conversations");
  return new LatchkeyError("LK-3001", `No target of the model "${name}" can be used right now.`);
}

/**
 * Faults of one target that another target need not have, though sending the request again is of no use: credentials,
 * accounts and names of models are each target's own, and so are limits of size. What a filter or a vendor's reading
 * of the request holds against it is not among them.
 */
const TARGETS_FAULTS: ReadonlySet<ErrorCode> = new Set([
  "LK-3010",
  "LK-3013",
  "LK-3017",
  "LK-3019",
  "LK-3020",
  "LK-3021",
]);

function isTargetsFault({ code }: LatchkeyError): boolean {
  return TARGETS_FAULTS.has(code);
}
