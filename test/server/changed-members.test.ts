import { expect, test } from "bun:test";
import type { ArtifactTarget } from "../../src/artifact/artifact.ts";
import { afterTest } from "../support/after-test.ts";
import { type GatewayFixtureOptions, startGateway } from "../support/gateway-fixture.ts";
import { startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";

async function start(answer: object, options: Omit<GatewayFixtureOptions, "baseUrls">) {
  const upstream = startReplayUpstream(({ send }) => send(wholeAnswer(JSON.stringify(answer))));
  afterTest(upstream.stop);
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], ...options });
  afterTest(gateway.stop);
  const ask = async (path: string, body: object) => {
    const { headers, status } = await gateway.call(path, body);
    const [dropped, changed] = [headers.get("x-latchkey-dropped"), headers.get("x-latchkey-changed")];
    const { dropped: droppedRow, changed: changedRow } = await gateway.row();
    return { status, dropped, changed, row: { dropped: droppedRow, changed: changedRow } };
  };
  return { ask, sent: () => JSON.parse(upstream.seen.at(-1)?.body ?? "null") as unknown };
}

const messages = [{ role: "user", content: "Hello" }];
const cohere = {
  id: "c",
  finish_reason: "COMPLETE",
  message: { role: "assistant", content: [{ type: "text", text: "Hi" }] },
  usage: { tokens: { input_tokens: 1, output_tokens: 1 } },
};
const claude = {
  ...{
    id: "m",
    type: "message",
    role: "assistant",
    model: "m",
    stop_reason: "end_turn",
    stop_sequence: null,
  },
  ...{ content: [{ type: "text", text: "Hi" }], usage: { input_tokens: 1, output_tokens: 1 } },
};
const responses = {
  ...{ id: "resp_1", object: "response", created_at: 1, model: "m", status: "completed" },
  output: [
    { id: "msg_1", type: "message", role: "assistant", content: [{ type: "output_text", text: "Hi" }] },
  ],
  usage: { input_tokens: 1, output_tokens: 1 },
};
const vendor = (dialect: ArtifactTarget["dialect"]) => ({ dialects: [dialect] });

test("a value that is drawn to the border is named as changed, beside what is left out", async () => {
  const { ask, sent } = await start(cohere, vendor("cohere-chat"));
  const told = await ask("/v1/chat/completions", { model: "fast", messages, top_p: 1, user: "u" });
  expect(told).toEqual({
    status: 200,
    dropped: "user",
    changed: "top_p",
    row: { dropped: "user", changed: "top_p" },
  });
  expect(sent()).toMatchObject({ p: 0.99 });
});

test("a value that stands is named nowhere", async () => {
  const { ask } = await start(cohere, vendor("cohere-chat"));
  const told = await ask("/v1/chat/completions", { model: "fast", messages, top_p: 0.5 });
  expect(told).toEqual({ status: 200, dropped: null, changed: null, row: { dropped: null, changed: null } });
});

test("the same value is named in every caller's words", async () => {
  const { ask, sent } = await start(claude, vendor("anthropic-messages"));
  const told = await ask("/v1beta/models/fast:generateContent", {
    contents: [{ parts: [{ text: "Hello" }] }],
    generationConfig: { temperature: 1.7 },
  });
  expect(told).toMatchObject({ status: 200, dropped: null, changed: "generationConfig.temperature" });
  expect(sent()).toMatchObject({ temperature: 1 });
});

test("instructions that move and thinking that is told otherwise are named as changed", async () => {
  const moved = await start(claude, vendor("anthropic-messages"));
  const late = [...messages, { role: "system", content: "Be brief." }, ...messages];
  expect(await moved.ask("/v1/chat/completions", { model: "fast", messages: late })).toMatchObject({
    dropped: null,
    changed: "messages[1]",
  });
  const efforts = await start(responses, vendor("openai-responses"));
  const thinking = { type: "enabled", budget_tokens: 2_048 };
  expect(
    await efforts.ask("/v1/messages", { model: "fast", max_tokens: 4_096, messages, thinking }),
  ).toMatchObject({ dropped: null, changed: "thinking", row: { changed: "thinking" } });
  expect(efforts.sent()).toMatchObject({ reasoning: { effort: expect.any(String) } });
});

test("the further APIs name what they change, too", async () => {
  const picture = { inlineData: { mimeType: "image/png", data: "iVBORw0KGgo=" } };
  const { ask, sent } = await start(
    { candidates: [{ content: { parts: [picture] }, finishReason: "STOP" }] },
    {
      upstreamModels: ["gemini-2.5-flash-image"],
      apis: { images: { path: "/models/{model}", shape: "gemini", quirks: {} } },
    },
  );
  const told = await ask("/v1/images/generations", { model: "fast", prompt: "A cat", size: "1024x1024" });
  expect(told).toMatchObject({ status: 200, changed: "size", row: { changed: "size" } });
  expect(sent()).toMatchObject({ generationConfig: { imageConfig: { aspectRatio: "1:1" } } });
});
