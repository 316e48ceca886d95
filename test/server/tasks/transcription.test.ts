import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import OpenAI, { toFile } from "openai";
import { failureOf, sample, startTasks, type TaskFixture } from "./support.ts";

const SOUND = Uint8Array.from({ length: 3_000 }, (_, at) => (at * 13) % 256);

function sound() {
  return toFile(SOUND, "speech.wav", { type: "audio/wav" });
}

/** A form by hand, to be sent with whatever is wrong with it. */
function form(boundary: string, ...fields: readonly (readonly [name: string, value: string])[]): string {
  const parts = fields.map(([name, value]) => {
    const file = name === "file" ? '; filename="a.wav"' : "";
    return `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
  });
  return `${parts.join("")}--${boundary}--\r\n`;
}

describe("transcripts of a vendor with OpenAI's API", () => {
  let gateway: TaskFixture;
  let client: OpenAI;
  beforeAll(async () => {
    gateway = await startTasks([{ transcription: "openai", translation: "openai" }], {
      settings: { maxRequestBytes: 100_000 },
    });
    client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  });
  beforeEach(() => {
    gateway.vendors[0].seen.splice(0);
    gateway.vendors[0].answer = () => sample("transcription/openai.json");
  });
  afterAll(() => gateway.stop());

  test("are made of forms in which only the model's name changes", async () => {
    const answer = await client.audio.transcriptions.create({
      model: "fast",
      file: await sound(),
      language: "en",
    });
    expect(answer).toMatchObject({ text: expect.any(String) });
    const [seen] = gateway.vendors[0].seen;
    const text = Buffer.from(seen?.bytes ?? []).toString("latin1");
    expect(text).toContain(Buffer.from(SOUND).toString("latin1"));
    expect(text).toContain('name="model"\r\n\r\nupstream-0\r\n');
    expect(text).toContain('name="language"\r\n\r\nen\r\n');
    expect(seen?.path).toBe("/v1/transcription");
    const row = await gateway.row();
    expect(row).toMatchObject({
      status: 200,
      path: "/v1/audio/transcriptions",
      usage: { input: expect.any(Number) },
    });
    expect(row.requestBytes).toBeGreaterThan(SOUND.length);
  });

  test("into English have a path of their own", async () => {
    await client.audio.translations.create({ model: "fast", file: await sound() });
    expect(gateway.vendors[0].seen[0]?.path).toBe("/v1/translation");
  });

  test("come as texts and as seconds, as the vendor tells them", async () => {
    gateway.vendors[0].answer = () => sample("transcription/openai.txt");
    const file = await sound();
    const text: unknown = await client.audio.transcriptions.create({
      model: "fast",
      file,
      response_format: "text",
    });
    expect(text).toBe(await sample("transcription/openai.txt").text());
    gateway.vendors[0].answer = () => sample("transcription/openai-duration.json");
    await client.audio.transcriptions.create({ model: "fast", file });
    const row = await gateway.row(({ usage }) => usage?.audioSeconds !== undefined);
    expect(row.usage?.unitsOnly).toBe(true);
  });

  test("come as a stream, or whole where the vendor has none for the model", async () => {
    const file = await sound();
    gateway.vendors[0].answer = () => sample("transcription/openai.sse");
    const stream = await client.audio.transcriptions.create({ model: "fast", file, stream: true });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(["transcript.text.delta", "transcript.text.delta", "transcript.text.done"]);
    expect(await gateway.row(({ stream: isStream }) => isStream)).toMatchObject({
      usage: { input: 37, output: 12, audioInput: 30 },
      errorCode: null,
    });
    gateway.vendors[0].answer = () => sample("transcription/openai.json");
    const body = form("b", ["model", "fast"], ["stream", "true"], ["file", "x"]);
    const whole = await gateway.call("/v1/audio/transcriptions", body, {
      "content-type": "multipart/form-data; boundary=b",
    });
    expect(await whole.text()).toBe(await sample("transcription/openai.json").text());
  });

  test("cannot be asked for with a form that is none", async () => {
    const type = "multipart/form-data; boundary=b";
    const good = form("b", ["model", "fast"], ["file", "x"]);
    const wrong: readonly (readonly [type: string, body: string, code: string, status: number])[] = [
      ["multipart/form-data", good, "LK-2108", 400],
      ["multipart/form-data; boundary=other", good, "LK-2102", 400],
      ["multipart/form-data; boundary=b; boundary=c", good, "LK-2108", 400],
      [type, good.slice(0, -9), "LK-2102", 400],
      [type, form("b", ["file", "x"]), "LK-2102", 400],
      [type, form("b", ["model", "fast"]), "LK-2102", 400],
      [type, form("b", ["model", "fast"], ["model", "fast"], ["file", "x"]), "LK-2103", 400],
      [type, form("b", ["model[]", "fast"], ["file", "x"]), "LK-2103", 400],
      [type, form("b", ["model", "nothing"], ["file", "x"]), "LK-2004", 404],
      [type, form("b", ["model", "fast"], ["stream", "maybe"], ["file", "x"]), "LK-2102", 400],
      [type, form("b", ["model", "fast"], ["file", "x".repeat(200_000)]), "LK-2104", 413],
      ["application/json", good, "LK-2101", 400],
    ];
    for (const [contentType, body, code, status] of wrong) {
      const response = await gateway.call("/v1/audio/transcriptions", body, { "content-type": contentType });
      expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
    }
    expect(gateway.vendors[0].seen).toHaveLength(0);
  });

  test("tell the vendor's errors", async () => {
    gateway.vendors[0].answer = () => Response.json({ error: { message: "no sound" } }, { status: 400 });
    const file = await sound();
    expect(await failureOf(client.audio.transcriptions.create({ model: "fast", file }))).toMatchObject({
      status: 400,
      error: { message: "no sound" },
    });
    gateway.vendors[0].answer = () => new Response("<html>", { status: 502 });
    expect(await failureOf(client.audio.transcriptions.create({ model: "fast", file }))).toMatchObject({
      status: 502,
      code: "LK-3012",
    });
  });
});

describe("transcripts of vendors with other APIs", () => {
  test("are made of a form that is written anew, streams included", async () => {
    const gateway = await startTasks([{ transcription: "mistral" }]);
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
    const file = await sound();
    gateway.vendors[0].answer = () => sample("transcription/mistral.json");
    const answer = await client.audio.transcriptions.create({ model: "fast", file });
    const { text } = (await sample("transcription/mistral.json").json()) as { text: string };
    expect(answer.text).toBe(text);
    const [seen] = gateway.vendors[0].seen;
    expect(seen?.contentType).toStartWith("multipart/form-data; boundary=");
    expect(Buffer.from(seen?.bytes ?? []).toString("latin1")).toContain(
      Buffer.from(SOUND).toString("latin1"),
    );
    gateway.vendors[0].answer = () => sample("transcription/mistral.sse");
    const stream = await client.audio.transcriptions.create({ model: "fast", file, stream: true });
    let streamed = "";
    for await (const event of stream) if (event.type === "transcript.text.delta") streamed += event.delta;
    expect(streamed).toBe("Hello there.");
    const row = await gateway.row(({ stream: isStream }) => isStream);
    expect(row).toMatchObject({ usage: { audioSeconds: 4 }, errorCode: null });
    // Mistral has no translations.
    expect(await failureOf(client.audio.translations.create({ model: "fast", file }))).toMatchObject({
      code: "LK-2113",
    });
    await gateway.stop();
  });

  test("are steps of a stream where the vendor has whole ones only", async () => {
    const gateway = await startTasks([{ transcription: "cohere" }]);
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
    gateway.vendors[0].answer = () => sample("transcription/cohere.json");
    const { text } = (await sample("transcription/cohere.json").json()) as { text: string };
    const stream = await client.audio.transcriptions.create({
      model: "fast",
      file: await sound(),
      language: "en",
      stream: true,
    });
    let last = "";
    for await (const event of stream) if (event.type === "transcript.text.done") last = event.text;
    expect(last).toBe(text);
    await gateway.stop();
  });
});
