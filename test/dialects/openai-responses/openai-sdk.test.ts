import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import { answerOf } from "./support/answer-of.ts";
import { contextOf, decode, sample } from "./support/responses.ts";

const { egress, ingress, passthrough } = openaiResponses;

/** Answers the SDK's requests with a sample, translated to the canonical form and back, in the caller's words. */
const server = {
  url: "",
  stop: () => {},
  sample: "text",
  cutAfter: Infinity,
  last: undefined as ChatRequest | undefined,
};
beforeAll(() => {
  const served = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const body = JSON.parse(await request.text());
      server.last = ingress.parseRequest({ body }).request;
      const context = { ...contextOf(), request: server.last };
      const events = decode([sample(`${server.sample}.sse`)]);
      if (body.stream !== true) {
        const answer = answerOf(events);
        if (answer === undefined) throw new Error("the sample has no end");
        return Response.json(ingress.renderResponse(answer, context));
      }
      const encoder = ingress.encodeStream(context);
      const pieces = events.slice(0, server.cutAfter).map((event) => encoder.encode(event));
      if (server.cutAfter < events.length)
        pieces.push(encoder.fail({ status: 502, code: "LK-3008", message: "cut short", kind: "server" }));
      return new Response(pieces.join(""), { headers: { "content-type": "text/event-stream" } });
    },
  });
  server.url = `http://127.0.0.1:${served.port}/v1`;
  server.stop = () => void served.stop(true);
});
afterAll(() => server.stop());

const client = () => new OpenAI({ baseURL: server.url, apiKey: "lk_test", maxRetries: 0 });

const samples = [
  "text",
  "tools",
  "reasoning-text",
  "citations",
  "refusal",
  "image",
  "logprobs",
  "incomplete",
] as const;
describe.each(samples)("the official SDK reads %s", (name) => {
  const params = { model: "fast", input: "Hello" };

  test("whole", async () => {
    Object.assign(server, { sample: name, cutAfter: Infinity });
    const response = await client().responses.create(params);
    const back = egress.parseResponse(JSON.parse(JSON.stringify(response)), { upstreamModel: "m" });
    expect(back?.choices).toEqual(answerOf(decode([sample(`${name}.sse`)]))?.choices as never);
  });

  test("as a stream that its accumulator puts together", async () => {
    Object.assign(server, { sample: name, cutAfter: Infinity });
    const stream = client().responses.stream(params);
    const numbers: number[] = [];
    for await (const event of stream) numbers.push(event.sequence_number);
    const final = await stream.finalResponse();
    const whole = await client().responses.create(params);
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(final.output).toEqual(whole.output.map(withParsed) as never);
    expect(final.output_text).toBe(whole.output_text);
    expect(final.usage).toEqual(whole.usage);
    expect(final.status).toBe(whole.status as never);
  });
});

/** The accumulator adds what it has parsed. */
function withParsed(item: OpenAI.Responses.ResponseOutputItem): unknown {
  if (item.type === "function_call") return { ...item, parsed_arguments: null };
  if (item.type !== "message") return item;
  const content = item.content.map((part) => ({ ...part, parsed: null }));
  return { ...item, content };
}

test("the snapshots of the SDK grow with the text", async () => {
  Object.assign(server, { sample: "text", cutAfter: Infinity });
  const snapshots: string[] = [];
  const stream = client().responses.stream({ model: "fast", input: "Hello" });
  stream.on("response.output_text.delta", ({ snapshot }) => void snapshots.push(snapshot));
  await stream.finalResponse();
  expect(snapshots).toEqual(["Grüße ", "Grüße 👋🏽 aus", "Grüße 👋🏽 aus Bern."]);
});

test("a stream that fails in the middle throws, after what came before", async () => {
  Object.assign(server, { sample: "text", cutAfter: 4 });
  const seen: string[] = [];
  const read = async () => {
    const stream = await client().responses.create({ model: "fast", input: "Hello", stream: true });
    for await (const event of stream) seen.push(event.type);
  };
  await expect(read()).rejects.toThrow("cut short");
  expect(seen).toContain("response.output_text.delta");
  expect(seen).not.toContain("response.completed");
});

test("an answer goes on in the next request as the SDK sends it", async () => {
  Object.assign(server, { sample: "tools", cutAfter: Infinity });
  const first = await client().responses.create({ model: "fast", input: "Weather?", store: false });
  server.sample = "text";
  await client().responses.create({
    model: "fast",
    input: [
      { role: "user", content: "Weather?" },
      ...(first.output as OpenAI.Responses.ResponseInput),
      { type: "function_call_output", call_id: "call_bern", output: "sunny" },
    ],
  });
  const [, turn, result] = server.last?.messages ?? [];
  expect(turn?.content).toEqual(answerOf(decode([sample("tools.sse")]))?.choices[0]?.content as never);
  expect(result).toMatchObject({ role: "tool", toolCallId: "call_bern" });
});

test("what the SDK sends can be passed on", async () => {
  const body = Buffer.from(JSON.stringify({ model: "fast", input: "Hi", stream: true }));
  expect(passthrough.readEnvelope(body, {})).toMatchObject({ model: "fast", stream: true });
});
