import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import OpenAI, { toFile } from "openai";
import { failureOf, sample, startTasks, type TaskFixture } from "./support.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0xff);

async function collect(stream: AsyncIterable<{ readonly type: string }>): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stream) types.push(event.type);
  return types;
}

describe("images of a vendor with OpenAI's API", () => {
  let gateway: TaskFixture;
  let client: OpenAI;
  beforeAll(async () => {
    gateway = await startTasks([{ images: "openai", imageEdits: "openai" }]);
    client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  });
  beforeEach(() => {
    gateway.vendors[0].seen.splice(0);
    gateway.vendors[0].answer = () => sample("images/openai.json");
  });
  afterAll(() => gateway.stop());

  test("are made, and counted in the call log", async () => {
    const expected = (await sample("images/openai.json").json()) as object;
    const answer = await client.images.generate({ model: "fast", prompt: "a cat", size: "1024x1024" });
    expect(answer).toMatchObject(expected);
    expect(gateway.vendors[0].seen[0]).toMatchObject({
      path: "/v1/images",
      json: { model: "upstream-0", prompt: "a cat", size: "1024x1024" },
    });
    const row = await gateway.row();
    expect(row.usage?.images).toBe(answer.data?.length ?? 0);
    expect(row).toMatchObject({ path: "/v1/images/generations", target: "box0/upstream-0", status: 200 });
  });

  test("are edited: of the form only the model's name changes", async () => {
    const image = await toFile(PNG, "cat.png", { type: "image/png" });
    await client.images.edit({ model: "fast", prompt: "a hat", image });
    const [seen] = gateway.vendors[0].seen;
    expect(seen?.path).toBe("/v1/imageEdits");
    expect(seen?.contentType).toStartWith("multipart/form-data; boundary=");
    const text = Buffer.from(seen?.bytes ?? []).toString("latin1");
    expect(text).toContain(Buffer.from(PNG).toString("latin1"));
    expect(text).toContain('name="model"\r\n\r\nupstream-0\r\n');
    expect(text).not.toContain("fast");
  });

  test("come as a stream", async () => {
    gateway.vendors[0].answer = () => sample("images/openai.sse");
    const stream = await client.images.generate({
      model: "fast",
      prompt: "a cat",
      stream: true,
      partial_images: 1,
    });
    expect(await collect(stream)).toEqual(["image_generation.partial_image", "image_generation.completed"]);
    expect(await gateway.row(({ stream: isStream }) => isStream)).toMatchObject({
      status: 200,
      errorCode: null,
      usage: { images: 1, input: 50, output: 50 },
    });
  });

  test("of a stream that was cut are never shown as whole", async () => {
    const text = await sample("images/openai.sse").text();
    const cut = text.slice(0, text.indexOf("event: image_generation.completed"));
    gateway.vendors[0].answer = () => new Response(cut, { headers: { "content-type": "text/event-stream" } });
    const body = { model: "fast", prompt: "a cat", stream: true };
    const response = await gateway.call("/v1/images/generations", body);
    const requestId = response.headers.get("x-request-id");
    expect(await response.text()).toContain("LK-3008");
    expect(await gateway.row((row) => row.requestId === requestId)).toMatchObject({ errorCode: "LK-3008" });
  });

  test("larger than is held pass as they come", async () => {
    const data = [{ b64_json: "A".repeat(3_000_000) }];
    gateway.vendors[0].answer = () =>
      Response.json({ created: 1, data, usage: { input_tokens: 1, output_tokens: 2 } });
    const response = await gateway.call("/v1/images/generations", { model: "fast", prompt: "a" });
    expect(await response.json()).toMatchObject({ data });
    const requestId = response.headers.get("x-request-id");
    expect((await gateway.row((row) => row.requestId === requestId)).usage).toMatchObject({
      images: 1,
      output: 2,
    });
  });

  test("cannot be asked for with what is no request", async () => {
    const wrong: readonly (readonly [body: unknown, code: string, param: string | null])[] = [
      [{ prompt: "a" }, "LK-2102", "model"],
      [{ model: "fast" }, "LK-2102", "prompt"],
      [{ model: "fast", prompt: "a", stream: "yes" }, "LK-2102", "stream"],
      [{ model: "nothing", prompt: "a" }, "LK-2004", "model"],
    ];
    for (const [body, code, param] of wrong) {
      const response = await gateway.call("/v1/images/generations", body);
      expect(await response.json()).toMatchObject({ error: { code, param } });
    }
    expect(gateway.vendors[0].seen).toHaveLength(0);
  });
});

describe("images of vendors with other APIs", () => {
  const gemini = { shape: "gemini", path: "/models/{model}" };

  test("are translated, streams included", async () => {
    const gateway = await startTasks([{ images: gemini }]);
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
    gateway.vendors[0].answer = () => sample("images/gemini.json");
    const { data, response } = await client.images
      .generate({ model: "fast", prompt: "a cat", quality: "high" })
      .withResponse();
    expect(data.data?.[0]?.b64_json).toBeString();
    expect(response.headers.get("x-latchkey-dropped")).toBe("quality");
    expect(gateway.vendors[0].seen[0]?.path).toBe("/v1/models/upstream-0:generateContent");
    const stream = await client.images.generate({ model: "fast", prompt: "a cat", stream: true });
    expect(await collect(stream)).toEqual(["image_generation.completed"]);
    expect(await gateway.row()).toMatchObject({ dropped: "quality", usage: { images: 1 } });
    // Google has no edits here: this provider says so.
    const image = await toFile(PNG, "cat.png", { type: "image/png" });
    expect(await failureOf(client.images.edit({ model: "fast", prompt: "a", image }))).toMatchObject({
      code: "LK-2113",
    });
    await gateway.stop();
  });

  test("that a filter holds back are an error, with the vendor's reason", async () => {
    const gateway = await startTasks([{ images: gemini }]);
    gateway.vendors[0].answer = () => sample("images/gemini-blocked.json");
    const response = await gateway.call("/v1/images/generations", { model: "fast", prompt: "a" });
    expect(response.status).toBe(400);
    expect(response.headers.get("x-latchkey-error")).toBe("LK-3018");
    expect(await response.json()).toMatchObject({ error: { code: "content_policy_violation" } });
    await gateway.stop();
  });

  test("named by URLs are fetched where the vendor takes bytes only", async () => {
    const fetched: string[] = [];
    const gateway = await startTasks([{ imageEdits: gemini }], {}, async (url, param) => {
      fetched.push(`${param}: ${url}`);
      return { mediaType: "image/png", bytes: PNG };
    });
    gateway.vendors[0].answer = () => sample("images/gemini.json");
    const response = await gateway.call("/v1/images/edits", {
      model: "fast",
      prompt: "a hat",
      images: [{ image_url: "https://pictures.example/cat.png" }],
    });
    expect(response.status).toBe(200);
    expect(fetched).toEqual(["images[0].image_url: https://pictures.example/cat.png"]);
    expect(JSON.stringify(gateway.vendors[0].seen[0]?.json)).toContain(Buffer.from(PNG).toString("base64"));
    await gateway.stop();
  });

  test("of OpenAI's shape with departures are translated as well", async () => {
    const quirks = { lacks: "quality" };
    const gateway = await startTasks([{ images: { shape: "openai", quirks } }]);
    gateway.vendors[0].answer = () => sample("images/openai.json");
    const response = await gateway.call("/v1/images/generations", {
      model: "fast",
      prompt: "a",
      own_member: 1,
    });
    expect(response.status).toBe(200);
    expect(gateway.vendors[0].seen[0]?.json).toMatchObject({ model: "upstream-0", own_member: 1 });
    await gateway.stop();
  });
});

test("a stream of images that begins with an error is asked of the next target", async () => {
  const gateway = await startTasks([{ images: "openai" }, { images: "openai" }]);
  try {
    const event = {
      type: "error",
      error: { type: "server_error", code: "overloaded", message: "Too busy." },
    };
    gateway.vendors[0].answer = () =>
      new Response(`event: error\ndata: ${JSON.stringify(event)}\n\n`, {
        headers: { "content-type": "text/event-stream" },
      });
    const second = gateway.vendors[1];
    if (second === undefined) throw new Error("there are two vendors");
    second.answer = () => sample("images/openai.sse");
    const response = await gateway.call("/v1/images/generations", {
      model: "fast",
      prompt: "a cat",
      stream: true,
    });
    const text = await response.text();
    expect(text).toContain("image_generation.completed");
    expect(text).not.toContain("Too busy.");
    expect(await gateway.row()).toMatchObject({ target: "box1/upstream-1", attempts: 2, status: 200 });
  } finally {
    await gateway.stop();
  }
});
