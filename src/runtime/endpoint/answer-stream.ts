import type { Reply, ReplyProducer, ReplySink } from "../../http/exchange.ts";
import { LatchkeyError, toLatchkeyError } from "../../kernel/error.ts";
import { ingressError } from "../exchange/error-kind.ts";
import { vendorFailure } from "../exchange/vendor-failure.ts";
import { withoutOwnCredentials } from "../own-credentials.ts";
import { answerHeaders, noCache } from "../relay/answer-headers.ts";
import { AnswerReader } from "./answer-reader.ts";
import {
  askAgain,
  askModel,
  type EndpointAnswer,
  type EndpointJob,
  incomplete,
  refused,
  unusable,
} from "./job.ts";
import { type OutputReading, readOutput } from "./read-output.ts";
import { renderEndpointError } from "./render-error.ts";

const encoder = new TextEncoder();

/**
 * Answers an endpoint's call with server-sent events: `delta` (text as it comes), `restart` (what came so far is
 * void, a new answer begins), then `output` (the checked answer) or `error`, which end the stream.
 * @throws LatchkeyError while nothing has been sent: what goes wrong later is an `error` event.
 */
export async function answerStream(job: EndpointJob): Promise<Reply> {
  const { call, endpoint } = job;
  const first = await askModel(job, job.messages, true);
  const session = new StreamSession(job, first);
  const headers = answerHeaders(call, endpoint.model.headers, "text/event-stream") + noCache;
  const body: ReplyProducer = {
    start: (sink) => void session.run(sink),
    pause: () => session.answer.attempt.handle?.pause(),
    resume: () => session.answer.attempt.handle?.resume(),
    leave: () => session.leave(),
  };
  return { status: 200, headers, body };
}

class StreamSession {
  #left = false;
  /** What ends the reading of the answer under way, for a caller that leaves. */
  #abandon: (() => void) | undefined;

  constructor(
    private readonly job: EndpointJob,
    public answer: EndpointAnswer,
  ) {}

  async run(sink: ReplySink): Promise<void> {
    const { call } = this.job;
    try {
      this.#send(sink, "output", await this.#output(sink));
    } catch (thrown) {
      if (this.#left) return;
      const error = toLatchkeyError(thrown);
      call.error = error;
      this.#send(sink, "error", renderEndpointError(ingressError(error, call.requestId)));
    }
    call.finish(200);
    sink.close();
  }

  leave(): void {
    this.#left = true;
    this.answer.attempt.abort();
    this.#abandon?.();
    this.job.call.error = new LatchkeyError("LK-2301");
    this.job.call.finish(499);
  }

  async #output(sink: ReplySink): Promise<unknown> {
    const { job } = this;
    const { text, output: first } = await this.#read(sink);
    if (first.ok) return first.value;
    this.#send(sink, "restart", {});
    this.answer = await askModel(job, askAgain(job, text, first.issues), true);
    const { output: second } = await this.#read(sink);
    if (second.ok) return second.value;
    throw unusable(second.issues);
  }

  /** Reads one answer to its end, passing its text on. */
  async #read(sink: ReplySink): Promise<{ readonly text: string; readonly output: OutputReading }> {
    const { attempt, target, way } = this.answer;
    const reader = new AnswerReader(way);
    const pass = (text: string): void => {
      if (text !== "" && !this.#left) this.#send(sink, "delta", { text });
    };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#abandon = () => reject(new LatchkeyError("LK-2301"));
    attempt.consume({
      push: (chunk) => {
        pass(reader.feed(chunk));
        if (reader.error === undefined) return;
        attempt.abort();
        const words = withoutOwnCredentials(reader.error.message, attempt.sentHead);
        reject(vendorFailure(reader.error, 200, words));
      },
      end: () => {
        pass(reader.end());
        resolve();
      },
      fail: reject,
    });
    try {
      await promise;
    } finally {
      this.job.call.meter(reader.usage, target);
    }
    if (!reader.complete) throw new LatchkeyError("LK-3008");
    if (reader.refusal !== null) throw refused(reader.refusal);
    const { endpoint } = this.job;
    const output = await readOutput(endpoint, reader.text);
    const error = incomplete(reader.finishReason, output.ok && endpoint.output !== null);
    if (error !== undefined) throw error;
    return { text: reader.text, output };
  }

  #send(sink: ReplySink, event: "delta" | "restart" | "output" | "error", data: unknown): void {
    const bytes = encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    this.job.call.responseBytes += bytes.length;
    sink.write(bytes);
    sink.flush();
  }
}
