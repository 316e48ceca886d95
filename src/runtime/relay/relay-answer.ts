import type { AnswerContext } from "../../dialects/dialect.ts";
import type { Reply } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { headerOf } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import type { Conversation } from "../exchange/conversation.ts";
import { withoutOwnCredentials } from "../own-credentials.ts";
import type { Answer } from "../stages/call-targets.ts";
import { answerHeaders, noCache } from "./answer-headers.ts";
import { relayLarge } from "./relay-large.ts";
import { relayStream } from "./relay-stream.ts";
import { relayTranslated } from "./relay-translated.ts";
import { wholeReply } from "./whole-reply.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const JSON_TYPE = "application/json";
const EVENT_STREAM = "text/event-stream";

/**
 * The response to the caller: the upstream's bytes as they are where both sides speak the same dialect, otherwise the
 * answer in the caller's words; metered on its way.
 */
export function relayAnswer(call: Call, answer: Answer, conversation: Conversation): Reply {
  const { refusal } = answer.attempt;
  if (refusal !== undefined)
    return passRefusal(call, answer, refusal, call.model?.headers ?? call.tables.headers);
  return conversation.wayTo(answer.target).isSame
    ? passOn(call, answer, conversation)
    : translate(call, answer, conversation);
}

function passOn(call: Call, { attempt, target }: Answer, conversation: Conversation): Reply {
  const { dialect, envelope, path, stream } = conversation;
  const status = attempt.head?.status ?? 502;
  const type = (attempt.head && headerOf(attempt.head, "content-type")) ?? JSON_TYPE;
  const preset = call.model?.headers ?? call.tables.headers;
  if (stream) {
    const headers = answerHeaders(call, preset, path.asArray === true ? JSON_TYPE : type) + noCache;
    const tap = dialect.passthrough.createTap(envelope);
    const onWhole = (): void => {
      if (tap.answer !== undefined) conversation.memory?.keep({ ...tap.answer, keeper: target.provider });
    };
    return { status, headers, body: relayStream(call, attempt, target, tap, onWhole) };
  }
  const keep = keeperOfAnswers(target, conversation);
  const body = attempt.whole();
  if (body === undefined) {
    const { readTail } = dialect.passthrough;
    const relayed = relayLarge(call, attempt, target, { readTail, ...(keep !== undefined && { keep }) });
    return { status, headers: answerHeaders(call, preset, type), body: relayed };
  }
  call.meter(attempt.reading?.usage, target);
  keep?.(body);
  return wholeReply(call, preset, attempt.reading?.told ?? body, { status, contentType: type });
}

/** Keeps whole answers that pass through; `undefined` where nothing is kept of them. */
function keeperOfAnswers(
  { provider }: Answer["target"],
  { dialect, memory }: Conversation,
): ((body: Uint8Array) => void) | undefined {
  const { passthrough } = dialect;
  if (memory === undefined || passthrough.toldAnswer === undefined) return undefined;
  return (body) => {
    const answer = passthrough.toldAnswer?.(decoder.decode(body));
    if (answer !== undefined) memory.keep({ ...answer, keeper: provider });
  };
}

/**
 * An upstream's 4xx about the request itself reaches the caller as it came: its words are the best there are. Only
 * where it quotes the gateway's own credentials, these are masked.
 */
export function passRefusal(
  call: Call,
  { attempt }: Pick<Answer, "attempt">,
  refusal: LatchkeyError,
  preset: string,
): Reply {
  call.error = refusal;
  const { head, sentHead } = attempt;
  const body = attempt.whole() ?? new Uint8Array();
  const text = decoder.decode(body);
  const masked = withoutOwnCredentials(text, sentHead);
  return wholeReply(call, preset, masked === text ? body : encoder.encode(masked), {
    status: head?.status ?? refusal.status,
    contentType: (head && headerOf(head, "content-type")) ?? JSON_TYPE,
    headers: `x-latchkey-error: ${refusal.code}\r\n`,
  });
}

function translate(call: Call, { attempt, target }: Answer, conversation: Conversation): Reply {
  const { dialect, lost, path, translation } = conversation;
  const { traits, dialect: spoken } = conversation.wayTo(target);
  const preset = call.model?.headers ?? call.tables.headers;
  const context: AnswerContext = {
    request: translation.request,
    model: conversation.envelope.model,
    requestId: call.requestId,
    nowS: Math.floor(call.time / 1000),
    ...(path.asArray !== undefined && { asArray: path.asArray }),
    ...conversation.memory?.context,
  };
  call.dropped = lost.dropped;
  call.changed = lost.changed;
  if (conversation.stream) {
    const headers = answerHeaders(call, preset, path.asArray === true ? JSON_TYPE : EVENT_STREAM) + noCache;
    const stream = dialect.ingress.encodeStream(context);
    const relayed = relayTranslated(call, attempt, target, {
      decode: (emit) => spoken.egress.decodeStream(traits, emit),
      encoder: stream,
      ping: () => stream.encode({ type: "ping" }),
      usageAfter: (event, before) => (event.type === "usage" ? event.usage : before),
      onWhole: () => stream.answer && conversation.memory?.keep(stream.answer),
    });
    return { status: 200, headers, body: relayed };
  }
  const response = attempt.reading?.response;
  if (response === undefined) throw new LatchkeyError("LK-3009");
  call.meter(response.usage, target);
  const told = dialect.ingress.renderResponse(response, context);
  const { id, output } = told;
  if (typeof id === "string") conversation.memory?.keep({ id, output: JSON.stringify(output) });
  const body = encoder.encode(JSON.stringify(told));
  return wholeReply(call, preset, body);
}
