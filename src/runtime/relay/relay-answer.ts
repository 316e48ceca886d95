import { LatchkeyError } from "../../kernel/error.ts";
import { headerOf } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import type { Answer } from "../stages/call-targets.ts";
import { answerHeaders } from "./answer-headers.ts";
import { relayLarge } from "./relay-large.ts";
import { relayStream } from "./relay-stream.ts";

/** What the caller asked for, as far as it matters to passing the answer on. */
export interface RelayOptions {
  readonly stream: boolean;
  /** Whether the usage chunk was asked for by the gateway alone and has to be taken out again. */
  readonly hideUsage: boolean;
}

/** The response to the caller: the upstream's bytes as they are, metered on their way. */
export function relayAnswer(call: Call, { attempt, target }: Answer, options: RelayOptions): Response {
  const status = attempt.head?.status ?? 502;
  const type = (attempt.head && headerOf(attempt.head, "content-type")) ?? "application/json";
  const preset = call.model?.headers ?? call.tables.headers;
  if (status >= 300) return relayRefusal(call, attempt.whole() ?? new Uint8Array(), status, type, preset);
  if (options.stream) {
    const headers = answerHeaders(call, preset, type);
    headers.set("cache-control", "no-cache");
    return new Response(relayStream(call, attempt, target, options.hideUsage), { status, headers });
  }
  const body = attempt.whole();
  if (body === undefined) {
    return new Response(relayLarge(call, attempt, target), {
      status,
      headers: answerHeaders(call, preset, type),
    });
  }
  const { answer } = attempt;
  call.meter(answer?.ok === true ? answer.usage : undefined, target);
  call.responseBytes = body.length;
  call.finish(status);
  return new Response(body, { status, headers: answerHeaders(call, preset, type) });
}

/** An upstream's 4xx about the request itself reaches the caller unchanged: its words are the best there are. */
function relayRefusal(call: Call, body: Uint8Array, status: number, type: string, preset: Headers): Response {
  call.error = new LatchkeyError("LK-3015", undefined, { internal: `status ${status}` });
  call.responseBytes = body.length;
  call.finish(status);
  const headers = answerHeaders(call, preset, type);
  headers.set("x-latchkey-error", "LK-3015");
  return new Response(body, { status, headers });
}
