import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import OpenAI from "openai";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { chatRecordings } from "../support/recordings.ts";
import {
  type ReplayUpstream,
  startReplayUpstream,
  streamAnswer,
  wholeAnswer,
} from "../support/replay-upstream.ts";
import { tellParts } from "../support/told-parts.ts";
import { chatSample, chatSampleNames } from "../support/wire-samples.ts";

let upstream: ReplayUpstream;
let gateway: GatewayFixture;
let throughGateway: OpenAI;
let direct: OpenAI;

beforeAll(async () => {
  upstream = startReplayUpstream(() => {});
  gateway = await startGateway({ baseUrls: [upstream.baseUrl] });
  throughGateway = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  direct = new OpenAI({ baseURL: upstream.baseUrl, apiKey: "sk-direct", maxRetries: 0 });
});
afterAll(async () => {
  await gateway.stop();
  upstream.stop();
});

const messages = [{ role: "user" as const, content: "Grüße 👋🏽" }];

/** What a call fails with; the SDK's promises are of its own class. */
async function failureOf(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Everything that the SDK makes of a stream, its error included. */
async function streamed(client: OpenAI): Promise<{ chunks: unknown[]; error: string | null }> {
  const chunks: unknown[] = [];
  try {
    const stream = await client.chat.completions.create({
      model: "fast",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    for await (const piece of stream) chunks.push(piece);
    return { chunks, error: null };
  } catch (error) {
    return { chunks, error: error instanceof Error ? error.constructor.name : String(error) };
  }
}

describe("the official SDK", () => {
  test("chats", async () => {
    upstream.script = ({ send }) => send(wholeAnswer(chatSample("text.json")));
    const completion = await throughGateway.chat.completions.create({ model: "fast", messages });
    expect(completion.choices[0]?.message.content).toBe("Grüße 👋🏽");
    expect(completion.usage?.total_tokens).toBe(29);
  });

  test("lists and looks up models", async () => {
    const ids: string[] = [];
    for await (const model of throughGateway.models.list()) ids.push(model.id);
    expect(ids).toEqual(["fast"]);
    expect((await throughGateway.models.retrieve("fast")).id).toBe("fast");
    expect(await failureOf(throughGateway.models.retrieve("private"))).toBeInstanceOf(OpenAI.NotFoundError);
  });

  test("gets its own kinds of errors", async () => {
    const stranger = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "sk-nobody", maxRetries: 0 });
    expect(await failureOf(stranger.models.list())).toBeInstanceOf(OpenAI.AuthenticationError);
    const nothing = throughGateway.chat.completions.create({ model: "nothing", messages });
    expect(await failureOf(nothing)).toMatchObject({ status: 404, code: "LK-2004", param: "model" });
    upstream.script = ({ send }) => send(wholeAnswer(chatSample("error-400.json"), 400));
    const long = throughGateway.chat.completions.create({ model: "fast", messages });
    expect(await failureOf(long)).toMatchObject({ status: 400, code: "context_length_exceeded" });
    upstream.script = ({ send }) => send(wholeAnswer(chatSample("error-429.json"), 429));
    const limited = throughGateway.chat.completions.create({ model: "fast", messages });
    expect(await failureOf(limited)).toBeInstanceOf(OpenAI.RateLimitError);
    upstream.script = ({ end }) => end();
    const down = throughGateway.chat.completions.create({ model: "fast", messages });
    expect(await failureOf(down)).toBeInstanceOf(OpenAI.InternalServerError);
  });

  test("tries again where that makes sense, and only there", async () => {
    const patient = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 1 });
    let calls = 0;
    upstream.script = ({ send, end }) => (++calls === 1 ? end() : send(wholeAnswer(chatSample("text.json"))));
    await patient.chat.completions.create({ model: "fast", messages });
    expect(calls).toBe(2);
    calls = 0;
    upstream.script = ({ send }) => {
      calls++;
      send(wholeAnswer(`{"error":{"message":"bad key"}}`, 401));
    };
    expect(await failureOf(patient.chat.completions.create({ model: "fast", messages }))).toMatchObject({
      code: "LK-3010",
    });
    expect(calls).toBe(1);
  });

  test("calls tools, their arguments streamed", async () => {
    upstream.script = ({ send }) => send(streamAnswer(chatSample("tools-usage.sse")));
    const runner = throughGateway.chat.completions.stream({ model: "fast", messages });
    const calls = (await runner.finalChatCompletion()).choices[0]?.message.tool_calls ?? [];
    expect(
      calls.map((call) => call.type === "function" && [call.function.name, call.function.arguments]),
    ).toEqual([
      ["get_weather", '{"city":"München"}'],
      ["get_time", "{}"],
    ]);
  });

  test("sees an error in the middle of a stream", async () => {
    upstream.script = ({ send }) => send(streamAnswer(chatSample("cut-after-text.sse")));
    const { chunks, error } = await streamed(throughGateway);
    expect(chunks.length).toBeGreaterThan(2);
    expect(error).toBe("APIError");
  });

  test("aborts, and the upstream's call ends", async () => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    upstream.script = ({ send, left: gone }) => {
      send(streamAnswer(chatSample("text.sse")).subarray(0, 700));
      void gone.then(resolve);
    };
    const stream = await throughGateway.chat.completions.create({ model: "fast", messages, stream: true });
    for await (const _ of stream) break;
    stream.controller.abort();
    await left;
  });
});

describe("what the SDK makes of a stream", () => {
  test.each(chatSampleNames(".sse").filter((name) => !/cut|error|no-end/.test(name)))(
    "%s: the same as without the gateway, wherever it is cut",
    async (name) => {
      const body = chatSample(name);
      upstream.script = ({ send }) => send(streamAnswer(body));
      const expected = await streamed(direct);
      expect(expected.error).toBeNull();
      for (let at = 1; at < body.length; at += 41) {
        upstream.script = ({ send }) => send(streamAnswer(body, [at]));
        expect(await streamed(throughGateway)).toEqual(expected);
      }
      upstream.script = ({ send }) => send(streamAnswer(body, Array.from(body.keys()).slice(1)));
      expect(await streamed(throughGateway)).toEqual(expected);
    },
  );

  const recorded = chatRecordings().filter(({ stream, status }) => stream && status === 200);
  test.each(recorded.map((recording) => [recording.name, recording.body] as const))("%s", async (_, body) => {
    upstream.script = ({ send }) => send(streamAnswer(body));
    const expected = await streamed(direct);
    const [cuts = []] = fc.sample(
      fc.uniqueArray(fc.integer({ min: 1, max: Math.max(1, body.length - 1) }), { maxLength: 30 }),
      1,
    );
    upstream.script = ({ send }) =>
      send(
        streamAnswer(
          body,
          [...cuts].sort((a, b) => a - b),
        ),
      );
    expect(await streamed(throughGateway)).toEqual({ ...expected, chunks: expected.chunks.map(tellParts) });
  });
});

describe("what the SDK makes of a whole answer", () => {
  const recorded = chatRecordings().filter(
    ({ stream, status, body }) =>
      !stream && status === 200 && new TextDecoder().decode(body).includes('"choices"'),
  );
  test.each(recorded.map((recording) => [recording.name, recording.body] as const))("%s", async (_, body) => {
    upstream.script = ({ send }) => send(wholeAnswer(body));
    const ask = (client: OpenAI) => client.chat.completions.create({ model: "fast", messages });
    const [got, expected] = [await ask(throughGateway), await ask(direct)];
    expect(JSON.parse(JSON.stringify(got))).toEqual(tellParts(JSON.parse(JSON.stringify(expected))));
  });
});
