import type { Reply, ReplyProducer } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { UpstreamResponseHead } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import type { BackendAnswer } from "./backend-answer.ts";
import type { BackendEntry } from "./backend-table.ts";

/** The answer to a HEAD request: its length is that of a body that never comes. */
const headOnly: ReplyProducer = { start: (sink) => sink.close(), pause() {}, resume() {}, leave() {} };

/** The reply to a caller out of a server's answer, which has begun. */
export function relayBackend(call: Call, backend: BackendEntry, answer: BackendAnswer): Reply {
  const { head } = answer;
  if (head === undefined) throw new LatchkeyError("LK-3106");
  const { status } = head;
  const headers = backend.responseHeaders(head, call) + call.notices;
  if (call.method === "HEAD") {
    call.finish(status);
    return { status, headers, body: headOnly, ...lengthOf(head) };
  }
  if (answer.isWhole) {
    const body = answer.take();
    call.finish(status);
    return { status, headers, body };
  }
  call.stream = head.headers.first("content-type")?.toLowerCase().startsWith("text/event-stream") === true;
  return { status, headers, body: answer, ...lengthOf(head) };
}

function lengthOf({ contentLength }: UpstreamResponseHead): Pick<Reply, "length"> {
  return contentLength === undefined ? {} : { length: contentLength };
}
