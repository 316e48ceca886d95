import type { Clock } from "../../../../src/kernel/clock.ts";
import type { LatchkeyError } from "../../../../src/kernel/error.ts";
import { createDemoUpstream } from "../../../../src/providers/demo/demo-upstream.ts";
import type { Tokenizer } from "../../../../src/providers/demo/tokenizer.ts";
import type { Upstream, UpstreamResponseHead, UpstreamTimeouts } from "../../../../src/upstream/upstream.ts";
import { wordTokenizer } from "./word-tokenizer.ts";

/** Head of the calls that the gateway makes. */
export const chatHead =
  "POST /v1/chat/completions HTTP/1.1\r\nhost: demo\r\ncontent-type: application/json\r\n";

export const noTimeouts: UpstreamTimeouts = { connectMs: 0, firstByteMs: 0, idleMs: 0, totalMs: 0 };

/** A clock that stands at 2026-01-01T00:00:00.700Z. */
export const stillClock: Clock = { now: () => Date.UTC(2026, 0, 1) + 700, monotonic: () => 0 };

/** A demo provider whose tokens are words. */
export function wordDemo(tokenizer: Tokenizer = wordTokenizer): Upstream {
  return createDemoUpstream({ tokenizer, clock: stillClock });
}

/** What came of a call. */
export interface Received {
  readonly head: UpstreamResponseHead | undefined;
  readonly chunks: readonly string[];
  readonly text: string;
  readonly error: LatchkeyError | undefined;
}

/** Makes a call and waits for its end. */
export function callDemo(
  upstream: Upstream,
  body: unknown,
  options: { head?: string; timeouts?: Partial<UpstreamTimeouts> } = {},
): Promise<Received> {
  const { promise, resolve } = Promise.withResolvers<Received>();
  const chunks: string[] = [];
  let head: UpstreamResponseHead | undefined;
  const finish = (error: LatchkeyError | undefined): void =>
    resolve({ head, chunks, text: chunks.join(""), error });
  upstream.send({
    head: options.head ?? chatHead,
    body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
    timeouts: { ...noTimeouts, ...options.timeouts },
    receiver: {
      onHead: (value) => {
        head = value;
      },
      onData: (chunk) => void chunks.push(new TextDecoder("utf-8", { fatal: true }).decode(chunk)),
      onEnd: () => finish(undefined),
      onError: finish,
    },
  });
  return promise;
}

/** A request for one user message. */
export function ask(text: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { model: "echo", messages: [{ role: "user", content: text }], ...more };
}
