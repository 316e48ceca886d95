import { headerLine, type Reply, type ReplyProducer } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Call } from "../call.ts";
import type { BackendAnswer } from "./backend-answer.ts";
import type { BackendEntry } from "./backend-table.ts";

/** The answer to a HEAD request: what frames a body that never comes is left as the upstream said it. */
const headOnly: ReplyProducer = { start: (sink) => sink.close(), pause() {}, resume() {}, leave() {} };

/** The reply to a caller out of a server's answer, which has begun. */
export function relayBackend(call: Call, backend: BackendEntry, answer: BackendAnswer): Reply {
  const { head } = answer;
  if (head === undefined) throw new LatchkeyError("LK-3106");
  const { status } = head;
  const headers = backend.responseHeaders(head, call.requestId);
  if (call.method === "HEAD") {
    call.finish(status);
    const length = head.contentLength;
    const line = length === undefined || status === 204 ? "" : headerLine("content-length", String(length));
    return { status, headers: headers + line, body: headOnly };
  }
  if (answer.isWhole) {
    const body = answer.take();
    call.finish(status);
    return { status, headers, body };
  }
  call.stream = head.headers.first("content-type")?.toLowerCase().startsWith("text/event-stream") === true;
  return { status, headers, body: answer };
}
