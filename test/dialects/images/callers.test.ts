import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ImageRequest } from "../../../src/canonical/image-generation.ts";
import { images } from "../../../src/dialects/images/index.ts";
import { parseMultipart, partText } from "../../../src/dialects/multipart/parse.ts";
import { writeMultipart } from "../../../src/dialects/multipart/write.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { jsonInput, jsonOf, taskSample } from "../../support/task-samples.ts";

const { ingress, passthrough } = images;
const rewrite = { modelJson: new TextEncoder().encode(`"up/stream-ü"`), askForUsage: false };
const minimal = { model: "paint", prompt: "An otter" };

function refusal(work: () => unknown): { code: string; param: string | undefined } {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return { code: thrown.code, param: thrown.param };
    throw thrown;
  }
  throw new Error("nothing was refused");
}

describe("a caller's request for pictures", () => {
  test("is understood with all of its members", () => {
    const body = {
      ...minimal,
      n: 2,
      size: "1536x1024",
      quality: "high",
      style: "natural",
      background: "transparent",
      output_format: "webp",
      output_compression: 50,
      moderation: "low",
      response_format: "url",
      user: "u1",
      stream: true,
      partial_images: 3,
      seed: 1,
      negative_prompt: "cats",
    };
    expect(ingress.parseRequest(jsonInput(body, "generate"))).toEqual({
      request: {
        model: "paint",
        prompt: "An otter",
        count: 2,
        size: { width: 1536, height: 1024 },
        quality: "high",
        style: "natural",
        background: "transparent",
        outputFormat: "webp",
        outputCompression: 50,
        moderation: "low",
        answerAs: "url",
        endUser: "u1",
        stream: true,
        partialImages: 3,
        seed: 1,
        negativePrompt: "cats",
      },
      losses: [],
    });
  });

  test("says nothing by `auto` and null", () => {
    const body = {
      ...minimal,
      size: "auto",
      quality: "auto",
      background: "auto",
      moderation: "auto",
      n: null,
      stream: null,
    };
    expect(ingress.parseRequest(jsonInput(body)).request).toEqual({ ...minimal, stream: false });
    expect(ingress.parseRequest(jsonInput({ ...minimal, aspect_ratio: "16:9" })).request.aspectRatio).toBe(
      "16:9",
    );
    expect(
      ingress.parseRequest(jsonInput({ ...minimal, size: "1x1", aspect_ratio: "16:9" })).request,
    ).not.toHaveProperty("aspectRatio");
  });

  test("keeps members that are none of OpenAI's for vendors with its shape, and for no others", () => {
    const text = `{"model":"paint","prompt":"x","steps":4,"__proto__":{"n":3},"image":"x","null":null}`;
    const input = {
      body: new TextEncoder().encode(text),
      contentType: "application/json",
      operation: "generate",
    };
    const { request, losses } = ingress.parseRequest(input);
    expect([losses, Object.keys(request.extras ?? {})]).toEqual([[], ["steps", "__proto__", "image"]]);
    expect(request.count).toBeUndefined();
    const same = images.egress["openai"]?.renderRequest(request, { path: "/x", upstreamModel: "flux" });
    expect(same && new TextDecoder().decode(same.body)).toBe(
      `{"steps":4,"__proto__":{"n":3},"image":"x","model":"flux","prompt":"x"}`,
    );
    const other = images.egress["gemini"]?.renderRequest(request, { path: "/x", upstreamModel: "gemini" });
    expect(other?.losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
      ["steps", false],
      ["__proto__", false],
      ["image", false],
    ]);
  });

  test.each([
    [{ prompt: "x" }, "model"],
    [{ model: "", prompt: "x" }, "model"],
    [{ model: ["a"], prompt: "x" }, "model"],
    [{ model: "m" }, "prompt"],
    [{ model: "m", prompt: 5 }, "prompt"],
    [{ ...minimal, n: 0 }, "n"],
    [{ ...minimal, n: 11 }, "n"],
    [{ ...minimal, n: 1.5 }, "n"],
    [{ ...minimal, n: "2" }, "n"],
    [{ ...minimal, size: "big" }, "size"],
    [{ ...minimal, size: "0x10" }, "size"],
    [{ ...minimal, quality: 1 }, "quality"],
    [{ ...minimal, background: "blue" }, "background"],
    [{ ...minimal, output_format: "gif" }, "output_format"],
    [{ ...minimal, output_compression: 101 }, "output_compression"],
    [{ ...minimal, response_format: "b64" }, "response_format"],
    [{ ...minimal, stream: "true" }, "stream"],
    [{ ...minimal, partial_images: 4 }, "partial_images"],
    [{ ...minimal, aspect_ratio: "wide" }, "aspect_ratio"],
    [{ ...minimal, seed: "a" }, "seed"],
  ])("is refused with the member at fault: %j", (body, param) => {
    expect(refusal(() => ingress.parseRequest(jsonInput(body)))).toEqual({ code: "LK-2102", param });
  });

  test.each(["", "[]", "{", `"x"`, "null"])("is refused where it is no JSON object: %s", (text) => {
    const input = { body: new TextEncoder().encode(text), contentType: "application/json" };
    expect(refusal(() => ingress.parseRequest(input)).code).toBe("LK-2101");
    expect(refusal(() => passthrough.readEnvelope(input)).code).toBe("LK-2101");
  });

  test("to edit is a form with files", () => {
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAE=", "base64");
    const input = writeMultipart([
      { name: "image[]", bytes: png, filename: "a.png", contentType: "image/png" },
      { name: "image[]", bytes: png, filename: "b", contentType: "application/octet-stream" },
      { name: "mask", bytes: png, filename: "m.png", contentType: "" },
      { name: "model", text: "paint" },
      { name: "prompt", text: "An otter" },
      { name: "n", text: "3" },
      { name: "stream", text: "true" },
      { name: "input_fidelity", text: "high" },
      { name: "extra[a]", text: "x" },
    ]);
    const { request, losses } = ingress.parseRequest({ ...input, operation: "edit" });
    expect(request).toMatchObject({
      model: "paint",
      count: 3,
      stream: true,
      inputFidelity: "high",
      images: [
        { kind: "bytes", mediaType: "image/png", name: "a.png" },
        { kind: "bytes", mediaType: "image/png", name: "b" },
      ],
      mask: { kind: "bytes", mediaType: "image/png" },
    });
    const [first] = request.images ?? [];
    expect(first?.kind === "bytes" && Buffer.from(first.bytes).equals(png)).toBe(true);
    expect([losses, request.extras]).toEqual([[], { "extra[a]": "x" }]);
  });

  test("to edit may be JSON with URLs and ids", () => {
    const body = {
      ...minimal,
      images: [
        { image_url: "https://x.example/a.png" },
        { file_id: "file-1" },
        { image_url: "data:image/png;base64,AAAA" },
      ],
      mask: { file_id: "file-2" },
    };
    const { request } = ingress.parseRequest(jsonInput(body, "edit"));
    expect(request.images).toMatchObject([
      { kind: "url", url: "https://x.example/a.png" },
      { kind: "file-id", id: "file-1" },
      { kind: "bytes", mediaType: "image/png" },
    ]);
    expect(request.mask).toEqual({ kind: "file-id", id: "file-2" });
  });

  test.each([
    [{ ...minimal }, "image"],
    [{ ...minimal, images: "x" }, "images"],
    [{ ...minimal, images: [] }, "image"],
    [{ ...minimal, images: Array.from({ length: 17 }, () => ({ file_id: "f" })) }, "image"],
    [{ ...minimal, images: [{ file_id: "f" }, { url: "x" }] }, "images[1]"],
    [{ ...minimal, images: [null] }, "images[0]"],
    [{ ...minimal, images: [{ image_url: "data:text/html;base64,AAAA" }] }, "images[0].image_url"],
    [{ ...minimal, images: [{ file_id: "f" }], mask: 3 }, "mask"],
  ])("to edit is refused without a picture that can be read: %j", (body, param) => {
    expect(refusal(() => ingress.parseRequest(jsonInput(body, "edit")))).toEqual({ code: "LK-2102", param });
  });

  test("survives being understood and written for OpenAI", () => {
    const members = fc.record(
      {
        n: fc.integer({ min: 1, max: 10 }),
        size: fc.constantFrom("1024x1024", "1536x1024"),
        quality: fc.constantFrom("low", "high", "hd"),
        style: fc.constantFrom("vivid", "natural"),
        background: fc.constantFrom("transparent", "opaque"),
        output_format: fc.constantFrom("png", "jpeg", "webp"),
        output_compression: fc.nat(100),
        moderation: fc.constant("low"),
        response_format: fc.constantFrom("url", "b64_json"),
        user: fc.string(),
        partial_images: fc.nat(3),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(members, fc.string({ minLength: 1 }), (rest, prompt) => {
        const body = { model: "paint", prompt, stream: true, ...rest };
        const { request } = ingress.parseRequest(jsonInput(body));
        const rendered = images.egress["openai"]?.renderRequest(request, {
          path: "/x",
          upstreamModel: "paint",
        });
        if (rendered === undefined) throw new Error("no shape");
        expect(jsonOf(rendered)).toEqual(body);
        expect(rendered.losses).toEqual([]);
      }),
    );
  });

  test("to edit loses files that nobody has asked for, by name", () => {
    const input = writeMultipart([
      { name: "image", bytes: Uint8Array.of(1), filename: "a.png", contentType: "image/png" },
      { name: "second", bytes: Uint8Array.of(1), filename: "b.png", contentType: "image/png" },
      { name: "tags[]", text: "a" },
      { name: "model", text: "m" },
      { name: "prompt", text: "x" },
    ]);
    const { request, losses } = ingress.parseRequest({ ...input, operation: "edit" });
    expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([["second", false]]);
    expect(request.extras).toEqual({ "tags[]": ["a"] });
  });

  test("to edit survives being understood and written for OpenAI", () => {
    const file = fc.record({
      bytes: fc.uint8Array({ maxLength: 50 }),
      filename: fc.constantFrom("a.png", "ü.png"),
    });
    fc.assert(
      fc.property(
        fc.array(file, { minLength: 1, maxLength: 16 }),
        fc.string({ minLength: 1 }),
        (files, prompt) => {
          const input = writeMultipart([
            ...files.map((part) => ({ name: "image[]", contentType: "image/png", ...part })),
            { name: "model", text: "paint" },
            { name: "prompt", text: prompt },
          ]);
          const read = (request: ImageRequest) => [
            request.prompt,
            request.images?.map(
              (image) => image.kind === "bytes" && [[...image.bytes], image.name, image.mediaType],
            ),
          ];
          const { request } = ingress.parseRequest({ ...input, operation: "edit" });
          const rendered = images.egress["openai"]?.renderRequest(request, {
            path: "/x",
            upstreamModel: "paint",
          });
          if (rendered === undefined) throw new Error("no shape");
          expect(read(ingress.parseRequest({ ...rendered, operation: "edit" }).request)).toEqual(
            read(request),
          );
        },
      ),
    );
  });
});

describe("a request for pictures that is passed on", () => {
  test("changes the model and nothing else", () => {
    const text = `{ "prompt": "é", "size":"512x512" , "quality":"hd","n":3,\n"model" : "paint", "future": [1, {"model":"x"}] }`;
    const input = { body: new TextEncoder().encode(text), contentType: "application/json" };
    const envelope = passthrough.readEnvelope(input);
    expect(envelope).toMatchObject({
      model: "paint",
      stream: false,
      asked: { count: 3, size: "512x512", quality: "hd" },
    });
    expect(new TextDecoder().decode(passthrough.rewrite(envelope, rewrite))).toBe(
      text.replace(`: "paint"`, `: "up/stream-ü"`),
    );
  });

  test("may be a form", () => {
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAE=", "base64");
    const input = writeMultipart([
      { name: "image", bytes: png, filename: "a.png", contentType: "image/png" },
      { name: "model", text: "paint" },
      { name: "prompt", text: "x" },
      { name: "stream", text: "true" },
      { name: "n", text: "2" },
    ]);
    const envelope = passthrough.readEnvelope(input);
    expect(envelope).toMatchObject({ model: "paint", stream: true, asked: { count: 2 } });
    const changed = passthrough.rewrite(envelope, rewrite);
    const texts = (bytes: Uint8Array) =>
      parseMultipart(bytes, input.contentType).parts.map((part) =>
        part.filename === undefined ? `${part.name}=${partText(bytes, part)}` : part.name,
      );
    expect(texts(changed)).toEqual(["image", "model=up/stream-ü", "prompt=x", "stream=true", "n=2"]);
    expect(changed.length - input.body.length).toBe("up/stream-ü".length + 1 - "paint".length);
  });

  test.each([
    [`{"prompt":"x"}`, "LK-2102", "model"],
    [`{"model":"m"}`, "LK-2102", "prompt"],
    [`{"model":"m","model":"n","prompt":"x"}`, "LK-2103", "model"],
    [`{"model":"m","prompt":"x","n":1,"n":9}`, "LK-2103", "n"],
    [`{"model":"m","prompt":"x","stream":1}`, "LK-2102", "stream"],
  ])("is refused where the gateway could be misled: %s", (text, code, param) => {
    const input = { body: new TextEncoder().encode(text), contentType: "application/json" };
    expect(refusal(() => passthrough.readEnvelope(input))).toEqual({ code, param });
  });

  const file = { bytes: Uint8Array.of(1), filename: "a", contentType: "" };
  const prompt = { name: "prompt", text: "x" };
  test.each([
    [[prompt], "LK-2102", "model"],
    [[{ name: "model", text: "m" }], "LK-2102", "prompt"],
    [[{ name: "model", text: "m" }, prompt, { name: "model", text: "n" }], "LK-2103", "model"],
    [[{ name: "model", text: "m" }, prompt, { name: "model[]", text: "n" }], "LK-2103", "model"],
    [[prompt, { name: "model[0]", text: "n" }], "LK-2103", "model"],
    [[{ name: "model", text: "m" }, prompt, { name: "model", ...file }], "LK-2103", "model"],
    [[{ name: "model", ...file }, prompt], "LK-2102", "model"],
    [
      [{ name: "model", text: "m" }, prompt, { name: "n", text: "1" }, { name: "n", text: "9" }],
      "LK-2103",
      "n",
    ],
  ])("is refused where a form could mislead the gateway: %j", (parts, code, param) => {
    expect(refusal(() => passthrough.readEnvelope(writeMultipart(parts)))).toEqual({ code, param });
    const picture = { name: "image", bytes: Uint8Array.of(1), filename: "a.png", contentType: "" };
    const edit = { ...writeMultipart([...parts, picture]), operation: "edit" };
    expect(refusal(() => ingress.parseRequest(edit)).param).toBe(param);
  });
});

describe("pictures that are passed on", () => {
  const envelope = passthrough.readEnvelope(jsonInput({ ...minimal, n: 2, size: "512x512" }));

  test("are counted, with the tokens that were told", () => {
    expect(passthrough.readAnswer(taskSample("images/openai.json"), envelope)).toEqual({
      ok: true,
      usage: expect.objectContaining({
        input: 50,
        output: 8320,
        images: 2,
        imageSize: "1024x1024",
        imageQuality: "high",
      }),
    });
    expect(passthrough.readAnswer(taskSample("images/openai-dall-e.json"), envelope)).toMatchObject({
      usage: { unitsOnly: true, images: 1, imageSize: "512x512" },
    });
    for (const text of ["", "[]", `{"error":{}}`, `{"data":{}}`]) {
      const answer = { body: new TextEncoder().encode(text), contentType: "application/json" };
      expect(passthrough.readAnswer(answer, envelope)).toEqual({ ok: false });
    }
  });

  test("that are too large to hold are counted by their end and by what was asked for", () => {
    const { body } = taskSample("images/openai.json");
    expect(passthrough.readTail(body.subarray(-220), envelope)).toMatchObject({ output: 8320, images: 2 });
    expect(passthrough.readTail(body.subarray(0, 40), envelope)).toMatchObject({
      unitsOnly: true,
      images: 2,
      imageSize: "512x512",
    });
  });

  test("that come as a stream pass byte by byte and are counted", () => {
    const { body } = taskSample("images/openai.sse");
    const one = passthrough.readEnvelope(jsonInput({ ...minimal, stream: true, quality: "high" }));
    for (let at = 0; at <= body.length; at++) {
      const tap = passthrough.createTap(one);
      const passed = [body.subarray(0, at), body.subarray(at)].map(
        (piece) => tap.feed(piece) ?? new Uint8Array(),
      );
      tap.end();
      expect(Buffer.concat(passed).equals(Buffer.from(body))).toBe(true);
      expect([tap.complete, tap.overlong, tap.missingEnd, tap.upstreamError]).toEqual([
        true,
        false,
        undefined,
        undefined,
      ]);
      expect(tap.usage).toMatchObject({ input: 50, output: 50, images: 1, imageQuality: "high" });
    }
    const tap = passthrough.createTap(one);
    tap.feed(body.subarray(0, 300));
    tap.end();
    expect([tap.complete, tap.usage]).toEqual([false, undefined]);
  });

  test("that come as a stream are not whole before all have come", () => {
    const { body } = taskSample("images/openai.sse");
    const tap = passthrough.createTap(
      passthrough.readEnvelope(jsonInput({ ...minimal, n: 2, stream: true })),
    );
    tap.feed(body);
    expect(tap.complete).toBe(false);
    tap.feed(body);
    expect([tap.complete, tap.usage?.images, tap.usage?.output]).toEqual([true, 2, 100]);
  });

  test("that come as a stream tell a failure", () => {
    const tap = passthrough.createTap(envelope);
    tap.feed(new TextEncoder().encode(`data: {"error":{"message":"Rejected."}}\n\n`));
    expect([tap.upstreamError?.message, tap.complete]).toEqual(["Rejected.", false]);
    expect(tap.fail({ status: 502, code: "LK-3008", message: "Cut.", kind: "server" })).toContain("LK-3008");
  });

  test("of 20 MB in one line are read in small pieces in one pass", () => {
    const line = `data: {"type":"image_generation.completed","b64_json":"${"A".repeat(20_000_000)}","usage":{"input_tokens":1,"output_tokens":2}}\n\n`;
    const bytes = new TextEncoder().encode(line);
    const tap = passthrough.createTap(passthrough.readEnvelope(jsonInput({ ...minimal, stream: true })));
    for (let at = 0; at < bytes.length; at += 4_096) tap.feed(bytes.subarray(at, at + 4_096));
    expect([tap.complete, tap.usage?.output]).toEqual([true, 2]);
  });

  test("never make the tap throw", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (pieces) => {
        const tap = passthrough.createTap(envelope);
        for (const piece of pieces) tap.feed(piece);
        tap.end();
        expect(tap.complete).toBe(false);
      }),
    );
  });
});
