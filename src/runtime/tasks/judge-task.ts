import type { Envelope } from "../../dialects/passthrough.ts";
import type { TaskFailure } from "../../dialects/task/task-dialect.ts";
import { indexOfText } from "../../kernel/bytes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { headerOf, type UpstreamResponseHead } from "../../upstream/upstream.ts";
import type { Attempt } from "../attempt.ts";
import { embeddedFailure } from "../exchange/embedded-failure.ts";
import { judgeFailure } from "../exchange/judge-answer.ts";
import { vendorFailure } from "../exchange/vendor-failure.ts";
import { withoutOwnCredentials } from "../own-credentials.ts";
import type { RelayedEvent } from "../relay/relay-translated.ts";
import type { TaskTarget } from "../target-table.ts";
import type { AnswerKind, Metered } from "./task-api.ts";
import type { TaskQuestion } from "./task-question.ts";

const OPEN_BRACE = 0x7b;
/** Every vendor's error inside a stream holds it. */
const ERROR_TEXT = "rror";
const EVENT_STREAM = "text/event-stream";

/**
 * What keeps a target's answer from the caller; `undefined` where it may go out. Never throws. A translated answer
 * that is whole is left in the question.
 */
export function judgeTask<
  Q,
  A extends Metered,
  Event extends RelayedEvent,
  F extends string,
  E extends Envelope,
>(
  attempt: Attempt,
  target: TaskTarget,
  question: TaskQuestion<Q, A, Event, F, E>,
): LatchkeyError | undefined {
  const { error, head } = attempt;
  if (error !== undefined) return error;
  if (head === undefined) return new LatchkeyError("LK-3008");
  const passes = question.passesTo(target);
  const vendor = question.vendorOf(target);
  if (head.status >= 300) return judgeFailure(attempt, head, { isSame: passes, dialect: { egress: vendor } });
  // It was asked in parts, and all of them were answered.
  if (question.response !== undefined) return undefined;
  const wrong = unreadableHead(head);
  if (wrong !== undefined) return wrong;
  const type = headerOf(head, "content-type") ?? "";
  if (passes) return judgePassed(attempt, type, target, question);
  if (question.stream) {
    if (!type.includes(EVENT_STREAM)) return unreadable(`a stream was asked for, ${type} came`);
    return isEmpty(attempt) ? new LatchkeyError("LK-3008") : earlyFailure(attempt, target, question);
  }
  const body = attempt.whole();
  if (body === undefined) return unreadable("the answer is too large");
  const read = vendor.parseResponse(
    { body, contentType: type },
    question.judged ?? question.request,
    target.way.traits,
    (name) => headerOf(head, name),
  );
  if (read === undefined)
    return (
      embeddedFailure(body, attempt, vendor.parseError) ?? unreadable("the body is no answer in its shape")
    );
  if (isTaskFailure(read)) {
    const { failure } = read;
    return vendorFailure(failure, 200, withoutOwnCredentials(failure.message, attempt.sentHead));
  }
  question.response = read;
  return undefined;
}

/**
 * A vendor that has no streams of a model may answer whole in spite of being asked for one, as OpenAI does for its
 * older models: that goes out as it is.
 */
function judgePassed<Q, A extends Metered, Event extends RelayedEvent, F extends string, E extends Envelope>(
  attempt: Attempt,
  contentType: string,
  target: TaskTarget,
  question: TaskQuestion<Q, A, Event, F, E>,
): LatchkeyError | undefined {
  const {
    api: { passing },
    envelope,
  } = question;
  if (envelope.stream && contentType.includes(EVENT_STREAM))
    return isEmpty(attempt) ? new LatchkeyError("LK-3008") : earlyFailure(attempt, target, question);
  const body = attempt.whole();
  // It goes out while it comes: what it ends in is seen then, what it begins with is seen now.
  if (body === undefined)
    return beginsWell(passing.answers, contentType, attempt.firstByte)
      ? undefined
      : unreadable(`an answer that begins as none (${contentType})`);
  const answer = passing.readAnswer({ body, contentType }, envelope);
  if (!answer.ok)
    return (
      embeddedFailure(body, attempt, question.vendorOf(target).parseError) ??
      unreadable("the body is no answer in its shape")
    );
  attempt.reading = answer;
  return undefined;
}

function beginsWell(answers: AnswerKind, contentType: string, firstByte: number | undefined): boolean {
  const isJson = contentType.includes("json");
  if (answers === "sound") return !isJson && !contentType.startsWith("text/");
  if (isJson) return firstByte === OPEN_BRACE;
  return answers === "text" && contentType.startsWith("text/");
}

/** An error that stands before anything else in a stream: nobody has heard anything yet, so another target can answer. */
function earlyFailure<Q, A extends Metered, Event extends RelayedEvent, F extends string, E extends Envelope>(
  attempt: Attempt,
  target: TaskTarget,
  question: TaskQuestion<Q, A, Event, F, E>,
): LatchkeyError | undefined {
  const { decodeStream } = question.vendorOf(target);
  if (decodeStream === undefined || !attempt.held.some((chunk) => indexOfText(chunk, ERROR_TEXT) >= 0))
    return undefined;
  let first: Event | undefined;
  const decoder = decodeStream(question.request, target.way.traits, (event) => {
    first ??= event;
  });
  for (const chunk of attempt.held) decoder.push(chunk);
  if (first?.error === undefined) return undefined;
  const { error } = first;
  return vendorFailure(error, 200, withoutOwnCredentials(error.message, attempt.sentHead));
}

/** Whether an answer has ended without a word; another target may do better. */
function isEmpty(attempt: Attempt): boolean {
  return attempt.ended && attempt.whole()?.length === 0;
}

/** What a head alone says of an answer that nobody could read; `undefined` where it may be one. */
export function unreadableHead(head: UpstreamResponseHead): LatchkeyError | undefined {
  const encoding = headerOf(head, "content-encoding");
  if (encoding !== undefined && encoding !== "identity") return unreadable(`content-encoding ${encoding}`);
  // A page comes from something before the vendor.
  return headerOf(head, "content-type")?.startsWith("text/html") === true
    ? unreadable("a page of HTML")
    : undefined;
}

/** Whether what was read is a failure that was told in spite of its status. */
export function isTaskFailure<A extends Metered>(read: A | TaskFailure): read is TaskFailure {
  return "failure" in (read as object);
}

function unreadable(internal: string): LatchkeyError {
  return new LatchkeyError("LK-3009", undefined, { internal });
}
