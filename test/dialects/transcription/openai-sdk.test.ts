import { afterEach, describe, expect, test } from "bun:test";
import OpenAI, { toFile } from "openai";
import { parseMultipart } from "../../../src/dialects/multipart/parse.ts";
import { transcription } from "../../../src/dialects/transcription/index.ts";
import { serveTask, type TaskGateway, type VendorAnswer } from "../../support/task-gateway.ts";
import { taskSample } from "../../support/task-samples.ts";

let gateway: TaskGateway | undefined;
afterEach(() => gateway?.stop());

const sample = (file: string): VendorAnswer => taskSample(`transcription/${file}`);
const wave = () => toFile(Uint8Array.of(0x52, 0x49, 0x46, 0x46), "ü.wav", { type: "audio/wav" });

function clientOf(target: Parameters<typeof serveTask>[1], answer: VendorAnswer): OpenAI {
  gateway = serveTask(transcription, target, () => answer);
  return new OpenAI({ apiKey: "lk_test", baseURL: gateway.baseUrl, maxRetries: 0 });
}

describe("OpenAI's client", () => {
  test("gets a transcript of Mistral as JSON", async () => {
    const client = clientOf({ egress: "mistral" }, sample("mistral.json"));
    const answer = await client.audio.transcriptions.create({ model: "ears", file: await wave() });
    expect(answer).toEqual({
      text: "Hello there. Bye.",
      usage: { type: "tokens", input_tokens: 4, output_tokens: 26, total_tokens: 30 },
    });
    const [call] = gateway?.calls ?? [];
    expect(call && parseMultipart(call.body, call.contentType).parts.map(({ name }) => name)).toEqual([
      "model",
      "file",
    ]);
  });

  test("gets a transcript of Mistral with segments, and as subtitles", async () => {
    const client = clientOf({ egress: "mistral" }, sample("mistral.json"));
    const verbose = await client.audio.transcriptions.create({
      model: "ears",
      file: await wave(),
      response_format: "verbose_json",
      timestamp_granularities: ["segment"],
    });
    expect([verbose.duration, verbose.segments?.length, verbose.usage]).toEqual([
      4,
      2,
      { type: "duration", seconds: 4 },
    ]);
    const vtt = await client.audio.transcriptions.create({
      model: "ears",
      file: await wave(),
      response_format: "vtt",
    });
    expect(vtt).toStartWith("WEBVTT\n\n00:00:00.100 --> 00:00:02.200\nHello there.\n");
  });

  test("gets the stream of Mistral in OpenAI's events", async () => {
    const client = clientOf({ egress: "mistral" }, sample("mistral.sse"));
    const events = [];
    for await (const event of await client.audio.transcriptions.create({
      model: "ears",
      file: await wave(),
      stream: true,
    }))
      events.push(event);
    expect(events).toEqual([
      { type: "transcript.text.delta", delta: "Hello" },
      { type: "transcript.text.delta", delta: " there." },
      {
        type: "transcript.text.done",
        text: "Hello there.",
        usage: { type: "tokens", input_tokens: 4, output_tokens: 26, total_tokens: 30 },
      },
    ]);
  });

  test("gets a stream of Cohere, which has none, and is told what is missing", async () => {
    const client = clientOf({ egress: "cohere" }, sample("cohere.json"));
    const types: string[] = [];
    const stream = await client.audio.transcriptions.create({
      model: "ears",
      file: await wave(),
      language: "en",
      stream: true,
    });
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(["transcript.text.delta", "transcript.text.done"]);
    const error: unknown = await client.audio.transcriptions
      .create({ model: "ears", file: await wave() })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 400, code: "LK-2110", param: "language" });
  });

  test("passes through: transcripts, translations, text and streams", async () => {
    const whole = clientOf({}, sample("openai.json"));
    expect(
      (await whole.audio.transcriptions.create({ model: "ears", file: await wave(), include: ["logprobs"] }))
        .logprobs,
    ).toHaveLength(2);
    expect((await whole.audio.translations.create({ model: "ears", file: await wave() })).text).toBe(
      "Hello there.",
    );
    await gateway?.stop();
    const text = clientOf({}, sample("openai.txt"));
    expect(
      await text.audio.transcriptions.create({ model: "ears", file: await wave(), response_format: "text" }),
    ).toBe("Hello there.\n");
    await gateway?.stop();
    const stream = clientOf({}, sample("openai.sse"));
    const types: string[] = [];
    for await (const event of await stream.audio.transcriptions.create({
      model: "ears",
      file: await wave(),
      stream: true,
    }))
      types.push(event.type);
    expect(types).toEqual(["transcript.text.delta", "transcript.text.delta", "transcript.text.done"]);
  });
});
