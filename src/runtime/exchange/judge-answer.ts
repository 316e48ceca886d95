import type { VendorError } from "../../canonical/vendor-error.ts";
import type { ChatEgress, ChatIngress } from "../../dialects/dialect.ts";
import { hasErrorMessage } from "../../dialects/error-words.ts";
import type { PassedAnswer } from "../../dialects/passthrough.ts";
import { indexOfText } from "../../kernel/bytes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { tryParseKeeping } from "../../kernel/json-exact.ts";
import { headerOf, type UpstreamResponseHead } from "../../upstream/upstream.ts";
import type { Attempt } from "../attempt.ts";
import { withoutOwnCredentials } from "../own-credentials.ts";
import type { TargetWay } from "../target-way.ts";
import { embeddedFailure } from "./embedded-failure.ts";
import { retryAfterOf } from "./retry-after.ts";
import { isRefusal, vendorFailure } from "./vendor-failure.ts";

const decoder = new TextDecoder();
const OPEN_BRACE = 0x7b;
const EVENT_STREAM = ["text/event-stream"] as const;
/** What becomes one array on its way may come as one or as events. */
const JSON_ARRAY: readonly string[] = ["application/json", "text/event-stream"];

/** What was asked for, as far as it matters to judging what came. */
export interface Asked {
  readonly stream: boolean;
  /** Whether the stream is one JSON array. */
  readonly asArray: boolean;
  /** Looks at a whole answer that is to pass through; absent where it is to be translated. */
  readonly read: ((body: Uint8Array) => PassedAnswer) | undefined;
  /** Why a whole answer that is to be translated cannot be told to the caller; absent: all can. */
  readonly cannotTell?: ChatIngress["cannotTell"];
}

/** What keeps a target's answer from the caller; `undefined` where it may go out. Never throws. */
export function judgeAnswer(attempt: Attempt, way: TargetWay, asked: Asked): LatchkeyError | undefined {
  if (attempt.error !== undefined) return attempt.error;
  const { head } = attempt;
  if (head === undefined) return new LatchkeyError("LK-3008");
  return head.status < 300 ? judgeSuccess(attempt, head, way, asked) : judgeFailure(attempt, head, way);
}

/** Reads the errors of a target. */
export interface FailureReader {
  /** Whether the target's words may go to the caller as they are. */
  readonly isSame: boolean;
  readonly dialect: { readonly egress: Pick<ChatEgress, "parseError" | "isOwnError"> };
}

/**
 * What an answer with an error status means. Where it is in the caller's dialect and about the request, it is also left
 * in the attempt, to go out as it is: unless its shape is none of the dialect's, in which its clients would find nothing.
 */
export function judgeFailure(
  attempt: Attempt,
  head: UpstreamResponseHead,
  way: FailureReader,
): LatchkeyError {
  const body = attempt.whole() ?? new Uint8Array();
  const { status } = head;
  const vendor = way.dialect.egress.parseError(status, body, (name) => headerOf(head, name));
  const retryAfterS = retryAfterOf(head) ?? vendor.retryAfterS;
  const words = withoutOwnCredentials(vendor.message, attempt.sentHead);
  const error = vendorFailure(
    { ...vendor, ...(retryAfterS !== undefined && { retryAfterS }) },
    status,
    words,
  );
  const value = tryParseJson(decoder.decode(body));
  if (status < 400 || !(isJsonObject(value) || Array.isArray(value))) return fromBefore(error, status);
  const { isOwnError = hasErrorMessage } = way.dialect.egress;
  const type = headerOf(head, "content-type") ?? "json";
  if (way.isSame && isRefusal(error) && type.includes("json") && isOwnError(value)) attempt.refusal = error;
  return error;
}

/**
 * Whoever finds fault with a request says so in an error of the API. All else comes from something before it, whose
 * words are not for callers and whose 404 says nothing of models; only that a request is too large it can tell.
 */
function fromBefore(error: LatchkeyError, status: number): LatchkeyError {
  const { code, internal = `status ${status}`, retryAfterS } = error;
  const isMeant = status >= 400 && (!isRefusal(error) || code === "LK-3019");
  return new LatchkeyError(isMeant ? code : "LK-3012", undefined, {
    internal,
    ...(retryAfterS !== undefined && { retryAfterS }),
  });
}

function judgeSuccess(
  attempt: Attempt,
  head: UpstreamResponseHead,
  way: TargetWay,
  { stream, asArray, read, cannotTell }: Asked,
): LatchkeyError | undefined {
  const type = headerOf(head, "content-type") ?? "";
  const encoding = headerOf(head, "content-encoding");
  if (encoding !== undefined && encoding !== "identity") return unreadable(`content-encoding ${encoding}`);
  if (stream) {
    const types =
      asArray && read !== undefined ? JSON_ARRAY : (way.dialect.egress.streamTypes ?? EVENT_STREAM);
    if (types.some((wanted) => type.includes(wanted))) {
      if (isEmpty(attempt)) return new LatchkeyError("LK-3008");
      const isEvents = attempt.firstByte !== OPEN_BRACE || !type.includes(EVENT_STREAM[0]);
      return isEvents
        ? earlyFailure(attempt, way, read === undefined ? TRANSLATED_ERROR_TEXTS : ERROR_TEXTS)
        : heldFailure(attempt, way);
    }
    return (
      heldFailure(attempt, way) ??
      unreadable(`a stream was asked for, ${type === "" ? "no content type" : type} came`)
    );
  }
  const body = attempt.whole();
  // Too large to be held: what it ends in is seen while it passes, what it begins with is seen now.
  if (body === undefined) {
    const isJson = type.includes("json") && attempt.firstByte === OPEN_BRACE;
    return isJson ? undefined : unreadable(`a large answer that is no JSON object (${type})`);
  }
  return read === undefined
    ? readTranslated(attempt, body, way, cannotTell)
    : readPassed(attempt, body, way, read(body));
}

/** The error in place of a stream, as far as it has come: that is all of it as a rule. */
function heldFailure(attempt: Attempt, { dialect }: TargetWay): LatchkeyError | undefined {
  return embeddedFailure(Buffer.concat(attempt.held), attempt, dialect.egress.parseError);
}

function readPassed(
  attempt: Attempt,
  body: Uint8Array,
  way: TargetWay,
  answer: PassedAnswer,
): LatchkeyError | undefined {
  // Only reading it in full tells what it says instead.
  if (!answer.ok) return readTranslated(attempt, body, way, undefined) ?? unreadable(NO_ANSWER);
  attempt.reading = answer;
  return undefined;
}

function readTranslated(
  attempt: Attempt,
  body: Uint8Array,
  { dialect, traits }: TargetWay,
  cannotTell: Asked["cannotTell"],
): LatchkeyError | undefined {
  const value = tryParseKeeping(decoder.decode(body), dialect.egress.exactMembers);
  const response = isJsonObject(value)
    ? dialect.egress.parseResponse(value as Parameters<typeof dialect.egress.parseResponse>[0], traits)
    : undefined;
  if (response === undefined)
    return embeddedFailure(body, attempt, dialect.egress.parseError) ?? unreadable(NO_ANSWER);
  if (response.error !== undefined) {
    const words = withoutOwnCredentials(response.error.message, attempt.sentHead);
    return vendorFailure(response.error, 200, words);
  }
  const wrong = cannotTell?.(response);
  if (wrong !== undefined) return unreadable(wrong);
  attempt.reading = { usage: response.usage, response };
  return undefined;
}

/** Texts of which every vendor's error inside a stream holds one. */
const ERROR_TEXTS = ["rror", "xception"];
/** The same, and those of calls of tools: malformed ones are errors where they are to be translated. */
const TRANSLATED_ERROR_TEXTS = [...ERROR_TEXTS, "tool", "unction"];

/** An error that stands before the first word of a stream: nobody has heard anything yet, so another target can answer. */
function earlyFailure(
  attempt: Attempt,
  { dialect, traits }: TargetWay,
  texts: readonly string[],
): LatchkeyError | undefined {
  const mayBe = attempt.held.some((chunk) => texts.some((text) => indexOfText(chunk, text) >= 0));
  if (!mayBe) return undefined;
  let error: VendorError | undefined;
  let hasBegun = false;
  const decoder = dialect.egress.decodeStream(traits, (event) => {
    if (event.type === "error") error ??= hasBegun ? undefined : event.error;
    else if (event.type === "part-start" || event.type === "whole-part") hasBegun = true;
  });
  for (const chunk of attempt.held) decoder.push(chunk);
  if (error === undefined) return undefined;
  return vendorFailure(error, 200, withoutOwnCredentials(error.message, attempt.sentHead));
}

/** Whether an answer has ended without a word; another target may do better. */
function isEmpty(attempt: Attempt): boolean {
  return attempt.ended && attempt.whole()?.length === 0;
}

const NO_ANSWER = "the body is no answer in its dialect";

function unreadable(internal: string): LatchkeyError {
  return new LatchkeyError("LK-3009", undefined, { internal });
}
