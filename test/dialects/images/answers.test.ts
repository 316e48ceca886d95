import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type {
  ImageRequest,
  ImageResponse,
  ImageStreamEvent,
} from "../../../src/canonical/image-generation.ts";
import { images } from "../../../src/dialects/images/index.ts";
import { recordedExchanges } from "../../support/recorded-exchanges.ts";
import { hasRecordings } from "../../support/recordings.ts";
import { jsonInput, jsonOf, taskSample } from "../../support/task-samples.ts";

const base64 = "iVBORw0KGgoAAAANSUhEUgAAAAE=";
const request: ImageRequest = { model: "paint", prompt: "An otter", stream: false };
const traits = { path: "/x", upstreamModel: "m" };
const context = { request, model: "paint", requestId: "req_1", nowS: 1_700_000_000 };

function read(shape: string, file: string, upstreamModel = "m", asked = request) {
  const answer = images.egress[shape]?.parseResponse(taskSample(`images/${file}`), asked, {
    ...traits,
    upstreamModel,
  });
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

function whole(shape: string, file: string, upstreamModel?: string): ImageResponse {
  const answer = read(shape, file, upstreamModel);
  if ("failure" in answer) throw new Error(answer.failure.message);
  return answer;
}

function decode(
  pieces: readonly Uint8Array[],
  asked: ImageRequest = { ...request, stream: true },
): readonly ImageStreamEvent[] {
  const events: ImageStreamEvent[] = [];
  const decoder = images.egress["openai"]?.decodeStream?.(asked, traits, (event) => events.push(event));
  for (const piece of pieces) decoder?.push(piece);
  decoder?.close();
  return events;
}

describe("a whole answer with pictures", () => {
  test("of OpenAI has facts and tokens", () => {
    expect(whole("openai", "openai.json")).toEqual({
      createdS: 1713833628,
      images: [{ source: { kind: "base64", data: base64 } }, { source: { kind: "base64", data: base64 } }],
      background: "opaque",
      outputFormat: "png",
      quality: "high",
      size: "1024x1024",
      usage: {
        input: 50,
        output: 8320,
        cacheRead: 0,
        cacheWrite: 0,
        reasoning: 0,
        imageInput: 40,
        images: 2,
        imageSize: "1024x1024",
        imageQuality: "high",
      },
    });
  });

  test("of an older model has a URL and is counted in pictures", () => {
    const asked = { ...request, size: { width: 512, height: 512 }, quality: "hd" };
    expect(read("openai", "openai-dall-e.json", "dall-e-3", asked)).toMatchObject({
      images: [
        {
          source: { kind: "url", url: "https://images.example/one.png" },
          revisedPrompt: "A very cute baby sea otter",
        },
      ],
      usage: { unitsOnly: true, images: 1, imageSize: "512x512", imageQuality: "hd" },
    });
  });

  test.each([
    ["openai", "together.json", "m"],
    ["openai", "xai.json", "m"],
    ["gemini", "gemini.json", "gemini-2.5-flash-image"],
    ["gemini", "imagen.json", "imagen-4.0-generate-001"],
    ["bedrock", "bedrock-stability.json", "stability.sd3-5-large-v1:0"],
    ["bedrock", "bedrock-titan.json", "amazon.titan-image-generator-v2:0"],
  ])("of the shape %s holds the picture: %s", (shape, file, model) => {
    const answer = whole(shape, file, model);
    expect(answer.images[0]?.source).toEqual({ kind: "base64", data: base64 });
    expect(answer.usage.images).toBe(answer.images.length);
    const rendered = jsonOf(images.ingress.renderResponse(answer, context));
    expect(rendered["created"]).toBe(1_700_000_000);
    expect(rendered["data"]).toMatchObject(answer.images.map(() => ({ b64_json: base64 })));
  });

  test("of Gemini has no thoughts and counts them", () => {
    const answer = whole("gemini", "gemini.json");
    expect(answer.images).toHaveLength(1);
    expect(answer.usage).toEqual({
      input: 268,
      output: 1385,
      cacheRead: 0,
      cacheWrite: 0,
      reasoning: 90,
      imageInput: 258,
      imageOutput: 1290,
      images: 1,
    });
    expect(jsonOf(images.ingress.renderResponse(answer, context))["usage"]).toEqual({
      input_tokens: 268,
      input_tokens_details: { image_tokens: 258, text_tokens: 10 },
      output_tokens: 1385,
      output_tokens_details: { image_tokens: 1290, text_tokens: 95 },
      total_tokens: 1653,
    });
  });

  test.each([
    ["gemini", "gemini-blocked.json", "gemini-2.5-flash-image", "content-policy", /PROHIBITED_CONTENT/],
    ["gemini", "gemini-words.json", "gemini-2.5-flash-image", "invalid-request", /Which otter/],
    ["gemini", "imagen-filtered.json", "imagen-4.0", "content-policy", /39322892/],
    [
      "bedrock",
      "bedrock-titan-blocked.json",
      "amazon.titan-image-generator-v2:0",
      "content-policy",
      /blocked/,
    ],
    ["bedrock", "bedrock-stability-filtered.json", "stability.sd3", "content-policy", /prompt/],
  ])("of the shape %s that is none is told as what it is: %s", (shape, file, model, kind, message) => {
    const answer = read(shape, file, model);
    expect(answer).toMatchObject({ failure: { kind, message: expect.stringMatching(message) } });
  });

  test.each(["fireworks", "huggingface"])("of the shape %s is the picture itself", (shape) => {
    const body = new Uint8Array(Buffer.from(base64, "base64"));
    const egress = images.egress[shape];
    expect(egress?.parseResponse({ body, contentType: "image/png" }, request, traits)).toMatchObject({
      images: [{ source: { kind: "base64", data: base64 }, mediaType: "image/png" }],
      outputFormat: "png",
      usage: { images: 1, unitsOnly: true },
    });
    expect(egress?.parseResponse(taskSample("images/openai.json"), request, traits)).toBeUndefined();
  });

  test("becomes a `data:` URL where a URL is wanted and the vendor has bytes only", () => {
    const answer = whole("gemini", "gemini.json");
    const wanted = { ...context, request: { ...request, answerAs: "url" as const } };
    expect(jsonOf(images.ingress.renderResponse(answer, wanted))["data"]).toEqual([
      { url: `data:image/png;base64,${base64}` },
    ]);
    expect(jsonOf(images.ingress.renderResponse(whole("openai", "openai-dall-e.json"), context))).toEqual({
      created: 1589478378,
      data: [{ url: "https://images.example/one.png", revised_prompt: "A very cute baby sea otter" }],
    });
  });

  test("never makes a reader throw, whatever it is", () => {
    const values = fc.oneof(
      fc.jsonValue(),
      fc.record({
        data: fc.jsonValue(),
        candidates: fc.jsonValue(),
        predictions: fc.jsonValue(),
        images: fc.jsonValue(),
        usage: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          values.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        fc.constantFrom("m", "imagen-4", "stability.x"),
        (text, upstreamModel) => {
          const answer = { body: new TextEncoder().encode(text), contentType: "application/json" };
          for (const egress of Object.values(images.egress)) {
            const found = egress.parseResponse(answer, request, { ...traits, upstreamModel });
            if (found !== undefined && !("failure" in found)) expect(found.images.length).toBeGreaterThan(0);
            expect(egress.parseError(500, answer.body).message).not.toBe("");
          }
        },
      ),
    );
  });
});

describe("pictures as they come", () => {
  test.each(["openai.sse", "openai-edit.sse"])("are read wherever the stream is cut: %s", (file) => {
    const { body } = taskSample(`images/${file}`);
    const events = decode([body]);
    expect(events).toMatchObject([
      { type: "preview", index: 0, data: "AAAA", size: "1024x1024", quality: "high" },
      {
        type: "image",
        image: { source: { kind: "base64", data: base64 } },
        usage: {
          input: 50,
          output: 50,
          imageInput: 40,
          images: 1,
          imageSize: "1024x1024",
          imageQuality: "high",
        },
      },
      { type: "end" },
    ]);
    for (let at = 0; at <= body.length; at++)
      expect(decode([body.subarray(0, at), body.subarray(at)])).toEqual(events);
    expect(decode(Array.from(body, (byte) => Uint8Array.of(byte)))).toEqual(events);
  });

  test("never end where they were cut, nor before all that were asked for", () => {
    const { body } = taskSample("images/openai.sse");
    const last = body.length - 4;
    for (let at = 0; at < last; at++) {
      expect(decode([body.subarray(0, at)]).filter(({ type }) => type === "end")).toEqual([]);
    }
    expect(decode([body], { ...request, stream: true, count: 2 }).at(-1)?.type).toBe("image");
  });

  test("tell the vendor's failure", () => {
    const text = `event: error\ndata: {"type":"error","error":{"type":"image_generation_user_error","code":"moderation_blocked","message":"Rejected."}}\n\n`;
    expect(decode([new TextEncoder().encode(text)])).toEqual([
      { type: "error", error: { kind: "content-policy", message: "Rejected.", code: "moderation_blocked" } },
    ]);
    expect(decode([new TextEncoder().encode("data: <html>\n\n")])).toMatchObject([{ type: "error" }]);
  });

  test("are written for OpenAI's clients", () => {
    const events = decode([taskSample("images/openai.sse").body]);
    const encoder = images.ingress.encodeStream({ ...context, request: { ...request, stream: true } });
    const text = events.map((event) => encoder.encode(event)).join("");
    expect(decode([new TextEncoder().encode(text)])).toEqual(events);
    const edit = images.ingress.encodeStream({ ...context, request: { ...request, images: [] } });
    expect(events[1] && edit.encode(events[1])).toStartWith("event: image_edit.completed\ndata: ");
    expect(encoder.fail({ status: 502, code: "LK-3008", message: "Cut.", kind: "server" })).toBe(
      `event: error\ndata: {"type":"error","error":{"message":"Cut.","type":"server_error","param":null,"code":"LK-3008"}}\n\n`,
    );
  });

  test("are made of a whole answer with its usage once", () => {
    const events = images.ingress.eventsOf(whole("openai", "openai.json"), context);
    expect(events.map(({ type }) => type)).toEqual(["image", "image", "end"]);
    expect(events.map((event) => "usage" in event && event.usage?.output)).toEqual([false, 8320, false]);
  });

  test("never make the reader throw", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), fc.jsonValue(), (pieces, value) => {
        decode(pieces);
        decode([
          new TextEncoder().encode(
            `data: ${JSON.stringify(value)}\n\ndata: {"type":"image_generation.completed","b64_json":${JSON.stringify(value)}}\n\n`,
          ),
        ]);
      }),
    );
  });
});

describe("recorded requests for pictures", () => {
  const asked = recordedExchanges("images").filter(({ request: body }) => body !== undefined);

  test("survive being understood and written for OpenAI", () => {
    expect(asked.length > 0).toBe(hasRecordings);
    for (const { request: body, url = "", provider } of asked) {
      if (provider !== "openai") continue;
      const operation = url.endsWith("/edits") ? "edit" : "generate";
      const { request: parsed, losses } = images.ingress.parseRequest(jsonInput(body, operation));
      const rendered = images.egress["openai"]?.renderRequest(parsed, {
        path: "/x",
        upstreamModel: parsed.model,
      });
      expect(rendered && jsonOf(rendered)).toEqual(jsonOf(jsonInput(body)));
      expect([losses, rendered?.losses]).toEqual([[], []]);
    }
  });
});

describe("recorded pictures", () => {
  const exchanges = recordedExchanges("images").filter(({ contentType }) =>
    contentType.startsWith("application/json"),
  );

  test("survive being read and written again", () => {
    expect(exchanges.length > 0).toBe(hasRecordings);
    for (const { status, body, contentType } of exchanges) {
      if (status >= 400) {
        const error = images.egress["openai"]?.parseError(status, body);
        expect(error).toMatchObject({ kind: "invalid-request", param: expect.any(String) });
        continue;
      }
      const answer = images.egress["openai"]?.parseResponse({ body, contentType }, request, traits);
      if (answer === undefined || "failure" in answer) throw new Error("no answer");
      const before = jsonOf({ body, contentType });
      const after = jsonOf(images.ingress.renderResponse(answer, context));
      const pick = (list: unknown) =>
        (list as readonly Record<string, unknown>[]).map(({ url, b64_json }) => ({ url, b64_json }));
      expect(pick(after["data"])).toEqual(pick(before["data"]));
      for (const member of ["quality", "size", "background", "output_format"])
        expect(after[member]).toEqual(before[member]);
    }
  });
});
