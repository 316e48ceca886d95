import { afterEach, expect, test } from "bun:test";
import type { ArtifactTarget } from "../../src/artifact/artifact.ts";
import { wholeText } from "../pairs/support/exact-answers.ts";
import { startGateway } from "../support/gateway-fixture.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function vendor(answer: string): string {
  const headers = { "content-type": "application/json" };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => new Response(answer, { headers }),
  });
  stops.push(() => server.stop(true));
  return `http://127.0.0.1:${server.port}/v1`;
}

async function ask(path: string, answers: readonly string[], dialects: readonly ArtifactTarget["dialect"][]) {
  const gateway = await startGateway({ baseUrls: answers.map(vendor), dialects });
  stops.push(() => gateway.stop());
  const messages = [{ role: "user", content: "Hello" }];
  const response = await gateway.call(path, { model: "fast", max_tokens: 50, messages });
  return { status: response.status, text: await response.text(), row: await gateway.row() };
}

const good = wholeText("openai-chat", '{"id":12345678901234567890}');

test.each<[string, ArtifactTarget["dialect"], string]>([
  ["has no name", "gemini", wholeText("gemini", "{}").replace('"name":"look"', '"name":5')],
  [
    "has nothing at all",
    "bedrock-converse",
    '{"output":{"message":{"content":[{"toolUse":{}}]}},"stopReason":"tool_use"}',
  ],
  [
    "has arguments that are no object, for a caller who has objects",
    "openai-chat",
    wholeText("openai-chat", "look here"),
  ],
])("a call that %s is given up for the next target's", async (_what, dialect, bad) => {
  const { status, text, row } = await ask("/v1/messages", [bad, good], [dialect, "openai-chat"]);
  expect(status).toBe(200);
  expect(text).toContain('"input":{"id":12345678901234567890}');
  expect(row).toMatchObject({ attempts: 2, target: "box1/upstream-1", errorCode: null });
  const alone = await ask("/v1/messages", [bad], [dialect]);
  expect(alone.status).toBe(502);
  expect(JSON.parse(alone.text)).toMatchObject({
    type: "error",
    error: { details: { error_code: "LK-3009" } },
  });
});

test("arguments that are no object pass to a caller who has them as a text", async () => {
  const { status, text } = await ask(
    "/v1/chat/completions",
    [wholeText("cohere-chat", "look here")],
    ["cohere-chat"],
  );
  expect(status).toBe(200);
  expect(text).toContain('"arguments":"look here"');
});
