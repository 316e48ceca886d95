import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { startGateway } from "../../support/gateway-fixture.ts";
import { startReplayUpstream } from "../../support/replay-upstream.ts";
import { targetPrice } from "../../support/target-price.ts";
import { failureOf, sample, startTasks, type TaskFixture } from "./support.ts";

const SOUND = Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7) % 256);
const mp3 = { "content-type": "audio/mpeg" };
const question = { model: "fast", input: "Grüße 👋", voice: "alloy" };

describe("speech of a vendor with OpenAI's API", () => {
  let gateway: TaskFixture;
  let client: OpenAI;
  beforeAll(async () => {
    gateway = await startTasks([{ speech: "openai" }]);
    client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  });
  beforeEach(() => {
    gateway.vendors[0].seen.splice(0);
    gateway.vendors[0].answer = () => new Response(SOUND, { headers: mp3 });
  });
  afterAll(() => gateway.stop());

  test("comes as its bytes, with its characters in the call log", async () => {
    const response = await client.audio.speech.create(question);
    expect(response.headers.get("content-type")).toBe("audio/mpeg");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(SOUND);
    const [seen] = gateway.vendors[0].seen;
    expect(seen?.json).toEqual({ ...question, model: "upstream-0" });
    expect(seen?.headers.get("accept")).toBe("*/*");
    expect(await gateway.row()).toMatchObject({
      status: 200,
      stream: false,
      usage: { characters: 7, unitsOnly: true },
      responseBytes: SOUND.length,
    });
  });

  test("goes out while it comes", async () => {
    const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
    gateway.vendors[0].answer = () => {
      const body = new ReadableStream({
        async start(controller) {
          controller.enqueue(SOUND.subarray(0, 1_000));
          await heard;
          controller.enqueue(SOUND.subarray(1_000));
          controller.close();
        },
      });
      return new Response(body, { headers: mp3 });
    };
    const { body } = await client.audio.speech.create(question);
    const pieces: Uint8Array[] = [];
    for await (const piece of body ?? []) {
      pieces.push(new Uint8Array(piece));
      hear();
    }
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(SOUND)).toBe(true);
  });

  test("that is cut short breaks off at the caller's, too", async () => {
    const upstream = startReplayUpstream(async ({ send, reset }) => {
      send("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 10000\r\n\r\n");
      send(SOUND);
      await begun;
      reset();
    });
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const apis = { speech: { path: "/speech", shape: "openai", quirks: {} } };
    const cutting = await startGateway({ baseUrls: [upstream.baseUrl], apis, dialects: [null] });
    const response = await cutting.call("/v1/audio/speech", question);
    begin();
    expect(await failureOf(response.arrayBuffer())).toBeInstanceOf(Error);
    const row = await cutting.row();
    expect(row.errorCode).toStartWith("LK-3");
    expect(row.costNanoUsd).toBeNull();
    await cutting.stop();
    upstream.stop();
  });

  test("comes as events", async () => {
    gateway.vendors[0].answer = () => sample("speech/openai.sse");
    const response = await gateway.call("/v1/audio/speech", { ...question, stream_format: "sse" });
    expect(response.headers.get("content-type")).toStartWith("text/event-stream");
    expect(await response.text()).toBe(await sample("speech/openai.sse").text());
    expect(await gateway.row(({ stream }) => stream)).toMatchObject({
      usage: { input: 14, output: 101, characters: 7 },
      errorCode: null,
    });
  });

  test("is never JSON or a page of HTML", async () => {
    for (const type of ["application/json", "text/html"]) {
      gateway.vendors[0].answer = () => new Response("{}", { headers: { "content-type": type } });
      const response = await gateway.call("/v1/audio/speech", question);
      expect(response.headers.get("x-latchkey-error")).toBe("LK-3009");
    }
    gateway.vendors[0].answer = () => Response.json({ error: { message: "no such voice" } }, { status: 400 });
    expect(await failureOf(client.audio.speech.create(question))).toMatchObject({
      status: 400,
      error: { message: "no such voice" },
    });
  });
});

describe("speech of vendors with other APIs", () => {
  const price = targetPrice({ input: null, output: null, perMillionCharacters: 15_000_000_000 });

  test("is decoded from JSON, and its cost told", async () => {
    const gateway = await startTasks([{ speech: "mistral" }], { price });
    gateway.vendors[0].answer = () => sample("speech/mistral.json");
    const response = await gateway.call("/v1/audio/speech", question);
    const { audio_data: audio } = (await sample("speech/mistral.json").json()) as { audio_data: string };
    expect(Buffer.from(await response.bytes()).toString("base64")).toBe(audio);
    expect(response.headers.get("content-type")).toBe("audio/mpeg");
    expect(gateway.vendors[0].seen[0]?.json).toMatchObject({ voice_id: "alloy", model: "upstream-0" });
    const refused = await gateway.call("/v1/audio/speech", { ...question, speed: 2 });
    expect(await refused.json()).toMatchObject({ error: { code: "LK-2110", param: "speed" } });
    await gateway.stop();
  });

  test("is translated as it comes, and an error in it ends it", async () => {
    const gateway = await startTasks([{ speech: "mistral" }], { price });
    gateway.vendors[0].answer = () => sample("speech/mistral.sse");
    const events = await gateway.call("/v1/audio/speech", { ...question, stream_format: "sse" });
    const text = await events.text();
    expect(text).toContain('"audio":"SUQz"');
    expect(text).toContain("speech.audio.done");
    const whole = await gateway.row();
    expect(whole).toMatchObject({ usage: { characters: 7, input: 14 }, stream: true, errorCode: null });
    const cut = (await sample("speech/mistral.sse").text()).split("event: speech.audio.done")[0] ?? "";
    gateway.vendors[0].answer = () => new Response(cut, { headers: { "content-type": "text/event-stream" } });
    const broken = await gateway.call("/v1/audio/speech", { ...question, stream_format: "sse" });
    expect(await broken.text()).toContain("LK-3008");
    await gateway.stop();
  });
});
