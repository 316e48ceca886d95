import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ChatDialectName } from "../../../src/canonical/content.ts";
import { afterTest } from "../../support/after-test.ts";
import { type GatewayFixture, startGateway } from "../../support/gateway-fixture.ts";

/** What a vendor answers, whatever it is asked. */
export interface Played {
  readonly dialect: ChatDialectName;
  readonly model?: string;
  readonly type:
    | "application/json"
    | "text/event-stream"
    | "application/x-ndjson"
    | "application/vnd.amazon.eventstream";
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** A gateway in front of such a vendor. */
export interface Stage {
  readonly gateway: GatewayFixture;
  /** Bodies that the vendor was sent. */
  readonly sent: readonly unknown[];
  /** Sends a request and reads the answer, which has to be one. */
  readonly ask: (path: string, body: unknown) => Promise<string>;
}

/** Starts both; they end with the test. */
export async function play({ dialect, model, type, body }: Played): Promise<Stage> {
  const sent: unknown[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      sent.push(await request.json());
      return new Response(body, { headers: { "content-type": type } });
    },
  });
  afterTest(() => server.stop(true));
  const gateway = await startGateway({
    baseUrls: [`http://127.0.0.1:${server.port}`],
    dialects: [dialect],
    ...(model !== undefined && { upstreamModels: [model] }),
  });
  afterTest(() => gateway.stop());
  return {
    gateway,
    sent,
    async ask(path, asked) {
      const answer = await gateway.call(path, asked);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`status ${answer.status}: ${text}`);
      return text;
    },
  };
}

/** One of the repository's wire samples, such as `gemini/text.sse`. */
export function sample(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(resolve(import.meta.dir, "../../wire", name)));
}

/** Payloads of an event stream, parsed; `[DONE]` stays as it is. */
export function eventsIn(text: string): readonly unknown[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => line.slice("data: ".length).trim())
    .map((data): unknown => (data === "[DONE]" ? data : JSON.parse(data)));
}

/** A question in Chat Completions. */
export const chat = { model: "fast", messages: [{ role: "user", content: "Hi" }] };
/** The same in Anthropic's Messages. */
export const messages = { ...chat, max_tokens: 2_000 };
/** The same in Gemini. */
export const contents = { contents: [{ role: "user", parts: [{ text: "Hi" }] }] };
