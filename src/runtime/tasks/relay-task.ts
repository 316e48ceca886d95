import { addUsage } from "../../canonical/usage.ts";
import type { Envelope } from "../../dialects/passthrough.ts";
import type { TaskBody, TaskContext } from "../../dialects/task/task-dialect.ts";
import type { Reply } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { headerOf } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import { answerHeaders, noCache } from "../relay/answer-headers.ts";
import { passRefusal } from "../relay/relay-answer.ts";
import { relayLarge } from "../relay/relay-large.ts";
import { relayStream } from "../relay/relay-stream.ts";
import { type RelayedEvent, relayTranslated } from "../relay/relay-translated.ts";
import { wholeReply } from "../relay/whole-reply.ts";
import type { Answer } from "../stages/call-targets.ts";
import type { TaskTarget } from "../target-table.ts";
import type { Metered } from "./task-api.ts";
import type { TaskQuestion } from "./task-question.ts";

const JSON_TYPE = "application/json";
const EVENT_STREAM = "text/event-stream";
const encoder = new TextEncoder();

/** The response to the caller, metered on its way; see `relayAnswer`. */
export function relayTask<
  Q,
  A extends Metered,
  Event extends RelayedEvent,
  F extends string,
  E extends Envelope,
>(call: Call, answer: Answer<TaskTarget>, question: TaskQuestion<Q, A, Event, F, E>): Reply {
  const { refusal } = answer.attempt;
  if (refusal !== undefined)
    return passRefusal(call, answer, refusal, call.model?.headers ?? call.tables.headers);
  return question.passesTo(answer.target)
    ? passOn(call, answer, question)
    : translate(call, answer, question);
}

function passOn<Q, A extends Metered, Event extends RelayedEvent, F extends string, E extends Envelope>(
  call: Call,
  { attempt, target }: Answer<TaskTarget>,
  { api: { passing }, envelope }: TaskQuestion<Q, A, Event, F, E>,
): Reply {
  const status = attempt.head?.status ?? 502;
  const type = (attempt.head && headerOf(attempt.head, "content-type")) ?? JSON_TYPE;
  const preset = call.model?.headers ?? call.tables.headers;
  if (envelope.stream && type.includes(EVENT_STREAM)) {
    const relayed = relayStream(call, attempt, target, passing.createTap(envelope));
    return { status, headers: answerHeaders(call, preset, type) + noCache, body: relayed };
  }
  const body = attempt.reading === undefined ? undefined : attempt.whole();
  if (body === undefined) {
    const readTail = (tail: Uint8Array) => passing.readTail(tail, envelope);
    const relayed = relayLarge(call, attempt, target, { readTail });
    return { status, headers: answerHeaders(call, preset, type), body: relayed };
  }
  call.meter(attempt.reading?.usage, target);
  return whole(call, { body: passing.adaptAnswer(body, envelope) ?? body, contentType: type }, status);
}

function translate<Q, A extends Metered, Event extends RelayedEvent, F extends string, E extends Envelope>(
  call: Call,
  { attempt, target }: Answer<TaskTarget>,
  question: TaskQuestion<Q, A, Event, F, E>,
): Reply {
  const { api, request, envelope, response } = question;
  const context: TaskContext<Q> = {
    request,
    model: envelope.model,
    requestId: call.requestId,
    nowS: Math.floor(call.time / 1000),
  };
  call.dropped = question.lost.dropped;
  call.changed = question.lost.changed;
  const { decodeStream } = question.vendorOf(target);
  if (question.stream && decodeStream !== undefined) {
    const relayed = relayTranslated(call, attempt, target, {
      decode: (emit) => decodeStream(request, target.way.traits, emit),
      encoder: api.ingress.encodeStream(context),
      ping: () => ": ping\n\n",
      usageAfter: (event: Event, before) => {
        const told = api.usageOf(event);
        return told === undefined || before === undefined ? (told ?? before) : addUsage(before, told);
      },
      onWhole: () => {},
    });
    const preset = call.model?.headers ?? call.tables.headers;
    return { status: 200, headers: answerHeaders(call, preset, EVENT_STREAM) + noCache, body: relayed };
  }
  if (response === undefined) throw new LatchkeyError("LK-3009");
  call.meter(response.usage, target);
  if (!envelope.stream) return whole(call, api.ingress.renderResponse(response, context));
  const steps = api.ingress.encodeStream(context);
  const text = api.ingress.eventsOf(response, context).map((event) => steps.encode(event));
  return whole(call, { body: encoder.encode(text.join("")), contentType: EVENT_STREAM });
}

function whole(call: Call, { body, contentType }: TaskBody, status = 200): Reply {
  const preset = call.model?.headers ?? call.tables.headers;
  return wholeReply(call, preset, body, { status, contentType });
}
