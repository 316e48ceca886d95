import { describe, expect, test } from "bun:test";
import OpenAI from "openai";
import type { GatewayFixture } from "../support/gateway-fixture.ts";
import { chunk, lastChunk, type ReplayScript, streamHead, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import { good, startFaulty, stopAfterEach } from "./support/fault-gateway.ts";

stopAfterEach();

const messages = [{ role: "user" as const, content: "Hi" }];

async function failureOf(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return error;
  }
}

function clientOf(gateway: GatewayFixture, maxRetries = 0, apiKey = gateway.key): OpenAI {
  return new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries });
}

const chat = (client: OpenAI) => client.chat.completions.create({ model: "fast", messages });
const refusal =
  (status: number, headers: readonly string[] = []): ReplayScript =>
  ({ send }) =>
    send(wholeAnswer(`{"error":{"message":"no"}}`, status, headers));

/** Fails in the given way once, then answers well; counts the calls. */
function failingOnce(script: ReplayScript): { calls: number; readonly script: ReplayScript } {
  const counter: { calls: number; script: ReplayScript } = {
    calls: 0,
    script: (connection) => (++counter.calls === 1 ? script(connection) : good(connection)),
  };
  return counter;
}

describe("the official SDK meets", () => {
  test.each([
    [400, OpenAI.BadRequestError, undefined],
    [422, OpenAI.UnprocessableEntityError, undefined],
    [401, OpenAI.InternalServerError, "LK-3010"],
    [404, OpenAI.NotFoundError, undefined],
    [429, OpenAI.RateLimitError, "rate_limit_exceeded"],
    [503, OpenAI.InternalServerError, "LK-3022"],
  ])("an upstream's %d as its own kind of error", async (status, kind, code) => {
    const { gateway } = await startFaulty(refusal(status), false);
    const failure = await failureOf(chat(clientOf(gateway)));
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({
      requestID: expect.stringMatching(/^req_/),
      ...(code !== undefined && { code }),
    });
  });

  test("a key that is none, and a model that is not granted", async () => {
    const { gateway, first } = await startFaulty(good, false);
    expect(await failureOf(chat(clientOf(gateway, 2, "sk-nobody")))).toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
    const stolen = clientOf(gateway, 2).chat.completions.create({ model: "private", messages });
    expect(await failureOf(stolen)).toMatchObject({
      constructor: OpenAI.NotFoundError,
      code: "LK-2004",
      param: "model",
    });
    expect(gateway.rows).toHaveLength(2);
    expect(first.seen).toHaveLength(0);
  });

  test("a gateway that is gone", async () => {
    const { gateway } = await startFaulty(good, false);
    const client = clientOf(gateway);
    await gateway.stop();
    expect(await failureOf(chat(client))).toBeInstanceOf(OpenAI.APIConnectionError);
  });

  test("a large answer that breaks off", async () => {
    const { gateway } = await startFaulty(({ send, end }) => {
      send(wholeAnswer(`{"choices":[],"x":"${"y".repeat(3_000_000)}"}`).subarray(0, 2_000_000));
      end();
    }, false);
    expect(await failureOf(chat(clientOf(gateway)))).toBeInstanceOf(Error);
    expect(await gateway.row()).toMatchObject({ errorCode: "LK-3008" });
  });

  test("an answer that takes longer than it waits itself, and the upstream's call ends", async () => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const timeouts = { connectMs: 0, firstTokenMs: 0, idleMs: 0, totalMs: 0 };
    const { gateway } = await startFaulty((connection) => void connection.left.then(resolve), false, {
      timeouts,
    });
    const impatient = clientOf(gateway).chat.completions.create(
      { model: "fast", messages },
      { timeout: 100 },
    );
    expect(await failureOf(impatient)).toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
    await left;
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301" });
  });
});

describe("the official SDK tries again", () => {
  test.each<readonly [string, ReplayScript]>([
    ["a closed connection", ({ end }) => end()],
    ["a limit", refusal(429, ["retry-after: 0"])],
    ["a failure", refusal(500)],
    ["a status that it would not try again by itself", refusal(408)],
    ["an answer that is none", ({ send }) => send(wholeAnswer("<html></html>"))],
  ])("after %s", async (_, script) => {
    const failing = failingOnce(script);
    const { gateway } = await startFaulty(failing.script, false);
    const completion = await chat(clientOf(gateway, 1));
    expect(completion.choices[0]?.message.content).toBe("Grüße 👋🏽");
    expect(failing.calls).toBe(2);
    expect(gateway.rows.map(({ errorCode }) => errorCode === null)).toEqual([false, true]);
  });

  test.each<readonly [string, ReplayScript]>([
    ["the gateway's key was refused", refusal(401)],
    ["the request was", refusal(400)],
    ["the model is unknown", refusal(404)],
    [
      "the account is used up",
      ({ send }) => send(wholeAnswer(`{"error":{"message":"no","code":"insufficient_quota"}}`, 429)),
    ],
    ["the answer is too large", ({ send }) => send(wholeAnswer("x".repeat(6_000_000)))],
  ])("but not where %s", async (_, script) => {
    const failing = failingOnce(script);
    const { gateway } = await startFaulty(failing.script, false);
    expect(await failureOf(chat(clientOf(gateway, 2)))).toBeInstanceOf(OpenAI.APIError);
    expect(failing.calls).toBe(1);
  });
});

describe("the official SDK reads a stream", () => {
  async function read(script: ReplayScript): Promise<{ readonly text: string; readonly failure: unknown }> {
    const { gateway } = await startFaulty(script, false);
    let text = "";
    const reading = async (): Promise<void> => {
      const stream = await clientOf(gateway).chat.completions.create({
        model: "fast",
        messages,
        stream: true,
      });
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
    };
    return { failure: await failureOf(reading()), text };
  }
  const playing =
    (bytes: Uint8Array | string, end: ReplayScript): ReplayScript =>
    (connection) => {
      connection.send(Buffer.concat([Buffer.from(streamHead), chunk(bytes)]));
      return end(connection);
    };
  const ends: ReplayScript = ({ send }) => send(lastChunk);
  const closes: ReplayScript = ({ end }) => end();

  test.each<readonly [string, ReplayScript]>([
    ["between two events", playing(chatSample("cut-after-text.sse"), closes)],
    ["in a line, in good order", playing(chatSample("cut-in-line.sse"), ends)],
    ["in a line, with its connection", playing(chatSample("cut-in-line.sse"), closes)],
    [
      "before an event's empty line",
      playing(Buffer.from(chatSample("cut-after-text.sse")).toString().trimEnd().concat("\n"), ends),
    ],
  ])("that is cut %s, and says so after the words that came", async (_, script) => {
    const { text, failure } = await read(script);
    expect(failure).toBeInstanceOf(OpenAI.APIError);
    expect(failure).toMatchObject({ code: "LK-3008" });
    expect(text).toStartWith("Grüße");
  });

  test("with the upstream's own error", async () => {
    const { failure } = await read(playing(chatSample("error-inside.sse"), ends));
    expect(failure).toBeInstanceOf(OpenAI.APIError);
    expect(failure).toMatchObject({ message: expect.stringContaining("server had an error") });
  });

  test("that lacks its end marker to its end", async () => {
    const { text, failure } = await read(playing(chatSample("no-end-marker.sse"), ends));
    expect(failure).toBeUndefined();
    expect(text).toStartWith("Grüße");
  });
});
