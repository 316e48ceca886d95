import type { Reply, ReplyProducer, ReplySink } from "../../../src/http/exchange.ts";

/** What has become of a producer, in order. */
export type ProducerEvent = "start" | "pause" | "resume" | "leave";

/** The producer of a reply that a test writes to by hand. */
export class HandProducer implements ReplyProducer {
  readonly events: ProducerEvent[] = [];
  readonly started = Promise.withResolvers<ReplySink>();
  #onStart: (sink: ReplySink) => void;

  /** @param onStart what it does at once */
  constructor(onStart: (sink: ReplySink) => void = () => {}) {
    this.#onStart = onStart;
  }

  get isPaused(): boolean {
    return this.events.findLast((event) => event === "pause" || event === "resume") === "pause";
  }

  start(sink: ReplySink): void {
    this.events.push("start");
    this.#onStart(sink);
    this.started.resolve(sink);
  }

  pause(): void {
    this.events.push("pause");
  }

  resume(): void {
    this.events.push("resume");
  }

  leave(): void {
    this.events.push("leave");
  }
}

/** A reply that is made piece by piece. */
export function streamReply(body: ReplyProducer, status = 200): Reply {
  return { status, headers: "content-type: text/plain\r\n", body };
}

/** What chunks hold; throws where their framing is wrong or not at its end. */
export function unchunked(text: string): string {
  let body = "";
  for (let at = 0; ; ) {
    const size = /^([\da-f]+)\r\n/.exec(text.slice(at, at + 16));
    if (size === null) throw new Error(`no chunk: ${JSON.stringify(text.slice(at, at + 20))}`);
    const length = Number.parseInt(size[1] ?? "", 16);
    at += size[0].length;
    body += text.slice(at, at + length);
    at += length;
    if (text.slice(at, at + 2) !== "\r\n") throw new Error("a chunk does not end");
    at += 2;
    if (length > 0) continue;
    if (at !== text.length) throw new Error("something follows the last chunk");
    return body;
  }
}
