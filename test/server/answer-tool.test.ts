import { describe, expect, test } from "bun:test";
import OpenAI from "openai";
import type { ArtifactTarget } from "../../src/artifact/artifact.ts";
import { deepseekProfile } from "../../src/catalog/providers/deepseek.ts";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import { startReplayUpstream, streamAnswer, wholeAnswer } from "../support/replay-upstream.ts";

const call = {
  index: 0,
  id: "call_1",
  type: "function",
  function: { name: "latchkey_answer", arguments: '{"b":"q"}' },
};
const chat = { id: "c", object: "chat.completion", created: 1, model: "m" };
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

/** A vendor without structured outputs, whose model writes text before it calls the tool. */
const says = (text: string, calls: boolean) => ({
  whole: {
    ...chat,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: text, ...(calls && { tool_calls: [call] }) },
        finish_reason: calls ? "tool_calls" : "stop",
      },
    ],
    usage,
  },
  stream: [
    { delta: { role: "assistant", content: text }, finish_reason: null },
    ...(calls ? [{ delta: { tool_calls: [call] }, finish_reason: null }] : []),
    { delta: {}, finish_reason: calls ? "tool_calls" : "stop" },
  ].map((choice) => ({ ...chat, object: "chat.completion.chunk", choices: [{ index: 0, ...choice }] })),
});

async function start(answer: ReturnType<typeof says>, lacks: ArtifactTarget["lacks"] = []) {
  const upstream = startReplayUpstream(({ request, send }) => {
    const events = [...answer.stream.map((event) => JSON.stringify(event)), "[DONE]"];
    send(
      JSON.parse(request.body).stream === true
        ? streamAnswer(Buffer.from(events.map((event) => `data: ${event}\n\n`).join("")))
        : wholeAnswer(JSON.stringify(answer.whole)),
    );
  });
  afterTest(upstream.stop);
  const quirks = [deepseekProfile.chat.quirks];
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], quirks, lacks: [lacks] } as never);
  afterTest(gateway.stop);
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  return { client, gateway, sent: () => JSON.parse(upstream.seen.at(-1)?.body ?? "{}") };
}

const schema = { type: "object", properties: { b: { type: "string" } }, required: ["b"] };
const asked = {
  model: "fast",
  messages: [{ role: "user" as const, content: "Hello" }],
  response_format: { type: "json_schema" as const, json_schema: { name: "x", schema } },
};
const look = {
  type: "function" as const,
  function: { name: "look", parameters: { type: "object", properties: {} } },
};

describe("a structured answer that comes through a tool", () => {
  test("is nothing but the tool's arguments, whatever the model writes before it", async () => {
    const { client, gateway } = await start(says("Sure.", true));
    const whole = await client.chat.completions.create(asked);
    expect(whole.choices[0]).toMatchObject({ message: { content: '{"b":"q"}' }, finish_reason: "stop" });
    let text = "";
    for await (const { choices } of await client.chat.completions.create({ ...asked, stream: true }))
      text += choices[0]?.delta.content ?? "";
    expect(text).toBe('{"b":"q"}');
    const body = {
      model: "fast",
      input: "Hello",
      text: { format: { type: "json_schema", name: "x", schema } },
    };
    const response = await (await gateway.call("/v1/responses", body)).json();
    expect(response).toMatchObject({ output: [{ content: [{ text: '{"b":"q"}' }] }] });
    const streamed = await (await gateway.call("/v1/responses", { ...body, stream: true })).text();
    expect(streamed).not.toContain("Sure.");
    expect(streamed).toContain('"text":"{\\"b\\":\\"q\\"}"');
    const generated = await gateway.call("/v1beta/models/fast:generateContent", {
      contents: [{ role: "user", parts: [{ text: "Hello" }] }],
      generationConfig: { responseMimeType: "application/json", responseJsonSchema: schema },
    });
    expect(await generated.json()).toMatchObject({
      candidates: [{ content: { parts: [{ text: '{"b":"q"}' }] } }],
    });
  });

  test("is what the model has written where it never calls the tool", async () => {
    const { client } = await start(says("No idea.", false));
    expect((await client.chat.completions.create(asked)).choices[0]?.message.content).toBe("No idea.");
    let text = "";
    for await (const { choices } of await client.chat.completions.create({ ...asked, stream: true }))
      text += choices[0]?.delta.content ?? "";
    expect(text).toBe("No idea.");
  });
});

describe("a tool that has to be used, beside a schema", () => {
  test.each([[{ type: "function", function: { name: "look" } }], ["required"]] as const)(
    "stays forced: %j",
    async (choice) => {
      const { client, sent } = await start(says("", false));
      await client.chat.completions.create({ ...asked, tools: [look], tool_choice: choice });
      expect(sent()).toMatchObject({ tools: [look], tool_choice: choice });
      expect(sent()).not.toHaveProperty("response_format");
    },
  );

  test("is one of several ways to go on where none is forced", async () => {
    const { client, sent } = await start(says("", false));
    await client.chat.completions.create({ ...asked, tools: [look] });
    expect(sent()).toMatchObject({
      tools: [look, { function: { name: "latchkey_answer" } }],
      tool_choice: "required",
    });
  });
});
