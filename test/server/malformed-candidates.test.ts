import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";

const malformed = readFileSync(resolve(import.meta.dir, "../wire/gemini/malformed-call.json"), "utf8");
const chunkOf = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
const good = JSON.stringify({
  id: "g",
  model: "m",
  choices: [{ index: 0, message: { role: "assistant", content: "Better" }, finish_reason: "stop" }],
});
const goodStream = `${chunkOf({ id: "g", choices: [{ index: 0, delta: { content: "Better" }, finish_reason: null }] })}${chunkOf({ id: "g", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}data: [DONE]\n\n`;

async function ask(stream: boolean, path: string, body: object, withNext: boolean): Promise<Response> {
  const type = stream ? "text/event-stream" : "application/json";
  const serve = (text: string): string => {
    const server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: () => new Response(text, { headers: { "content-type": type } }),
    });
    afterTest(() => server.stop(true));
    return `http://127.0.0.1:${server.port}/v1`;
  };
  const first = stream ? chunkOf(JSON.parse(malformed)) : malformed;
  const gateway = await startGateway({
    baseUrls: [serve(first), ...(withNext ? [serve(stream ? goodStream : good)] : [])],
    dialects: ["gemini", "openai-chat"],
  });
  afterTest(gateway.stop);
  return gateway.call(path, { ...body, ...(stream && { stream }) });
}

const messages = [{ role: "user", content: "Hello" }];
const callers = [
  ["/v1/chat/completions", { model: "fast", messages }],
  ["/v1/messages", { model: "fast", messages, max_tokens: 9 }],
  ["/v1/responses", { model: "fast", input: "Hello" }],
] as const;

test.each(callers)(
  "a call that Gemini could not make lets another target answer (%s)",
  async (path, body) => {
    const response = await ask(false, path, body, true);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("Better")]);
  },
);

test.each(callers)("and is told as a failure where there is none (%s)", async (path, body) => {
  const response = await ask(false, path, body, false);
  expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([502, "LK-3012"]);
  expect(await response.text()).toContain("Malformed function call: weather(");
});

test.each(callers)(
  "a stream of nothing else ends in an error, not as if it were cut by a limit (%s)",
  async (path, body) => {
    const text = await (await ask(true, path, body, false)).text();
    expect(text).toContain("Malformed function call: weather(");
    expect(text).not.toMatch(/\[DONE\]|"length"|max_tokens|message_stop|response\.incomplete/);
  },
);

test("callers of Gemini get Gemini's own word", async () => {
  const response = await ask(
    false,
    "/v1beta/models/fast:generateContent",
    { contents: [{ parts: [{ text: "Hi" }] }] },
    false,
  );
  expect(await response.json()).toEqual(JSON.parse(malformed));
});
