import { afterEach, describe, expect, test } from "bun:test";
import OpenAI, { toFile } from "openai";
import { images } from "../../../src/dialects/images/index.ts";
import { parseMultipart, partText } from "../../../src/dialects/multipart/parse.ts";
import { serveTask, type TaskGateway, type VendorAnswer } from "../../support/task-gateway.ts";
import { jsonOf, taskSample } from "../../support/task-samples.ts";

let gateway: TaskGateway | undefined;
afterEach(() => gateway?.stop());

const base64 = "iVBORw0KGgoAAAANSUhEUgAAAAE=";
const sample = (file: string): VendorAnswer => taskSample(`images/${file}`);

function clientOf(target: Parameters<typeof serveTask>[1], answer: VendorAnswer): OpenAI {
  gateway = serveTask(images, target, () => answer);
  return new OpenAI({ apiKey: "lk_test", baseURL: gateway.baseUrl, maxRetries: 0 });
}

const gemini = {
  egress: "gemini",
  traits: { path: "/models/{model}", upstreamModel: "gemini-2.5-flash-image" },
};
const png = () => toFile(Buffer.from(base64, "base64"), "otter.png", { type: "image/png" });

describe("OpenAI's client", () => {
  test("gets pictures of Gemini", async () => {
    const client = clientOf(gemini, sample("gemini.json"));
    const answer = await client.images.generate({
      model: "paint",
      prompt: "An otter",
      size: "1024x1024",
      quality: "high",
    });
    expect(answer.data).toEqual([{ b64_json: base64 }]);
    expect(answer.usage).toMatchObject({ input_tokens: 268, output_tokens: 1385, total_tokens: 1653 });
    const [call] = gateway?.calls ?? [];
    expect(call?.path).toBe("/models/gemini-2.5-flash-image:generateContent");
    expect(call?.losses.map(({ isHarmless }) => isHarmless)).toEqual([true, true]);
  });

  test("edits pictures with Gemini", async () => {
    const client = clientOf(gemini, sample("gemini.json"));
    const answer = await client.images.edit({
      model: "paint",
      prompt: "Add a hat",
      image: [await png(), await png()],
    });
    expect(answer.data?.[0]?.b64_json).toBe(base64);
    const [call] = gateway?.calls ?? [];
    const body = call && jsonOf(call);
    expect(JSON.stringify(body).split(base64)).toHaveLength(3);
  });

  test("gets a stream of Gemini, which has none", async () => {
    const client = clientOf(gemini, sample("gemini.json"));
    const types: string[] = [];
    for await (const event of await client.images.generate({
      model: "paint",
      prompt: "x",
      stream: true,
      partial_images: 2,
    })) {
      types.push(event.type);
      if (event.type === "image_generation.completed") expect(event.usage.output_tokens).toBe(1385);
    }
    expect(types).toEqual(["image_generation.completed"]);
  });

  test("gets the stream of a vendor that has OpenAI's shape with quirks", async () => {
    const target = { egress: "openai", traits: { quirks: { lacks: "style" } } };
    const client = clientOf(target, sample("openai-edit.sse"));
    const stream = await client.images.edit({
      model: "paint",
      prompt: "x",
      image: await png(),
      stream: true,
    });
    const events = [];
    for await (const event of stream) events.push(event);
    expect(events).toMatchObject([
      { type: "image_edit.partial_image", partial_image_index: 0, b64_json: "AAAA", size: "1024x1024" },
      { type: "image_edit.completed", b64_json: base64, usage: { total_tokens: 100 } },
    ]);
  });

  test("is told by name what cannot be asked", async () => {
    const client = clientOf(gemini, sample("gemini.json"));
    const error: unknown = await client.images
      .generate({ model: "paint", prompt: "x", background: "transparent" })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 400, code: "LK-2110", param: "background" });
    expect(gateway?.calls).toEqual([]);
  });

  test("is told why there is no picture", async () => {
    const client = clientOf(gemini, sample("gemini-blocked.json"));
    const error: unknown = await client.images
      .generate({ model: "paint", prompt: "x" })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      status: 400,
      type: "invalid_request_error",
      message: expect.stringContaining("PROHIBITED_CONTENT"),
    });
  });

  test("passes through: edits as a form, with the model replaced and the picture as it was", async () => {
    const client = clientOf({}, sample("openai.json"));
    const answer = await client.images.edit({ model: "paint", prompt: "x", image: await png() });
    expect(answer.data).toHaveLength(2);
    const [call] = gateway?.calls ?? [];
    if (call === undefined) throw new Error("nothing was sent");
    const { parts } = parseMultipart(call.body, call.contentType);
    const model = parts.find(({ name }) => name === "model");
    const image = parts.find(({ name }) => name.startsWith("image"));
    expect(model && partText(call.body, model)).toBe("upstream-model");
    expect(
      image && Buffer.from(call.body.subarray(image.span.start, image.span.end)).toString("base64"),
    ).toBe(base64);
  });

  test("passes through: a stream", async () => {
    const client = clientOf({}, sample("openai.sse"));
    const types: string[] = [];
    for await (const event of await client.images.generate({ model: "paint", prompt: "x", stream: true }))
      types.push(event.type);
    expect(types).toEqual(["image_generation.partial_image", "image_generation.completed"]);
  });
});
