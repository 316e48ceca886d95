import { describe, expect, test } from "bun:test";
import type { ImageRequest } from "../../../src/canonical/image-generation.ts";
import { images } from "../../../src/dialects/images/index.ts";
import { parseMultipart, partText } from "../../../src/dialects/multipart/parse.ts";
import { jsonOf } from "../../support/task-samples.ts";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAE=", "base64");
const picture = { kind: "bytes", bytes: png, mediaType: "image/png", name: "otter.png" } as const;
const ask = (changes: Partial<ImageRequest> = {}): ImageRequest => ({
  model: "paint",
  prompt: "An otter",
  stream: false,
  ...changes,
});

function render(shape: string, request: ImageRequest, path: string, upstreamModel: string, quirks = {}) {
  const egress = images.egress[shape];
  if (egress === undefined) throw new Error(`no shape ${shape}`);
  return egress.renderRequest(request, { path, upstreamModel, quirks });
}

/** Losses as `name of the caller's member: harmless?`. */
const named = (losses: ReturnType<typeof render>["losses"]) =>
  losses.map(({ path, isHarmless }) => [
    typeof path === "string" ? path : images.ingress.fieldName(path.field),
    isHarmless,
  ]);

const everything = ask({
  count: 2,
  size: { width: 1536, height: 1024 },
  quality: "high",
  style: "vivid",
  background: "transparent",
  outputFormat: "webp",
  outputCompression: 80,
  moderation: "low",
  inputFidelity: "high",
  answerAs: "base64",
  endUser: "u1",
  partialImages: 2,
});

describe("pictures in OpenAI's shape", () => {
  test("have OpenAI's members", () => {
    const rendered = render("openai", { ...everything, stream: true }, "/images/generations", "gpt-image-1");
    expect(rendered).toMatchObject({
      path: "/images/generations",
      contentType: "application/json",
      streams: true,
    });
    expect(jsonOf(rendered)).toEqual({
      model: "gpt-image-1",
      prompt: "An otter",
      n: 2,
      size: "1536x1024",
      quality: "high",
      style: "vivid",
      background: "transparent",
      output_format: "webp",
      output_compression: 80,
      moderation: "low",
      input_fidelity: "high",
      response_format: "b64_json",
      user: "u1",
      partial_images: 2,
      stream: true,
    });
    expect(rendered.losses).toEqual([]);
    const extra = ask({ seed: 1, negativePrompt: "cats", aspectRatio: "16:9" });
    expect(named(render("openai", extra, "/x", "m").losses)).toEqual([
      ["aspect_ratio", false],
      ["negative_prompt", false],
      ["seed", false],
    ]);
  });

  test("go with their files as a form, and as JSON where one is a URL or an id", () => {
    const request = ask({ images: [picture, { ...picture, name: "two.png" }], mask: picture, count: 1 });
    const rendered = render("openai", request, "/images/edits", "gpt-image-1");
    const { parts } = parseMultipart(rendered.body, rendered.contentType);
    expect(parts.map(({ name, filename, contentType }) => [name, filename ?? "", contentType])).toEqual([
      ["model", "", ""],
      ["prompt", "", ""],
      ["n", "", ""],
      ["image[]", "otter.png", "image/png"],
      ["image[]", "two.png", "image/png"],
      ["mask", "otter.png", "image/png"],
    ]);
    const [model, , , image] = parts;
    expect(model && partText(rendered.body, model)).toBe("gpt-image-1");
    expect(image && rendered.body.subarray(image.span.start, image.span.end)).toEqual(new Uint8Array(png));
    const mixed = ask({
      images: [picture, { kind: "url", url: "https://x.example/a.png" }, { kind: "file-id", id: "f1" }],
    });
    expect(jsonOf(render("openai", mixed, "/images/edits", "gpt-image-1"))["images"]).toEqual([
      { image_url: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAE=" },
      { image_url: "https://x.example/a.png" },
      { file_id: "f1" },
    ]);
  });

  test("tell size, bytes and format as a vendor's quirks say", () => {
    const quirks = {
      size: "width-height",
      base64: "base64",
      inputs: "image-url",
      lacks: "quality style background moderation outputCompression inputFidelity endUser partialImages mask",
      knows: "seed negativePrompt",
    };
    const request = { ...everything, outputFormat: "jpeg", seed: 7, images: [picture] } as const;
    const rendered = render("openai", request, "/images/generations", "flux", quirks);
    expect(jsonOf(rendered)).toEqual({
      model: "flux",
      prompt: "An otter",
      n: 2,
      width: 1536,
      height: 1024,
      output_format: "jpeg",
      response_format: "base64",
      seed: 7,
      image_url: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAE=",
    });
    expect(named(rendered.losses)).toEqual([
      ["background", false],
      ["quality", true],
      ["style", true],
      ["input_fidelity", true],
      ["moderation", true],
      ["output_compression", true],
      ["partial_images", true],
      ["user", true],
    ]);
    const two = render("openai", ask({ images: [picture, picture] }), "/x", "flux", quirks);
    expect(named(two.losses)).toEqual([["image", false]]);
  });

  test("tell a ratio where there are no pixels, and pictures as objects", () => {
    const quirks = {
      size: "aspect-ratio",
      inputs: "objects",
      format: "response_extension",
      lacks: "mask partialImages",
    };
    const size = { width: 1792, height: 1024 };
    const one = render(
      "openai",
      ask({ size, outputFormat: "png", images: [picture] }),
      "/images/edits",
      "grok",
      quirks,
    );
    const url = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAE=";
    expect(jsonOf(one)).toEqual({
      model: "grok",
      prompt: "An otter",
      aspect_ratio: "16:9",
      response_extension: "png",
      image: { type: "image_url", url },
    });
    expect(one.losses).toMatchObject([{ path: { field: "size" }, isHarmless: true }]);
    const two = render(
      "openai",
      ask({ images: [picture, { kind: "file-id", id: "f" }, picture] }),
      "/x",
      "grok",
      quirks,
    );
    expect(jsonOf(two)["images"]).toEqual([
      { type: "image_url", url },
      { type: "image_url", url },
    ]);
    expect(named(two.losses)).toEqual([["image", false]]);
    const odd = render("openai", ask({ size: { width: 1000, height: 100 } }), "/x", "grok", quirks);
    expect(named(odd.losses)).toEqual([["size", false]]);
    // A stream is made of a whole answer, which has to hold the bytes then.
    const stream = render("openai", ask({ stream: true }), "/x", "grok", quirks);
    expect(stream.streams).toBe(false);
    expect(jsonOf(stream)).toMatchObject({ response_format: "b64_json" });
  });
});

describe("further quirks of OpenAI's shape", () => {
  test("are references, another word for JPEG, and URLs that cannot be helped", () => {
    const references = { size: "aspect-ratio", inputs: "references", knows: "aspectRatio" };
    const asked = ask({
      images: [picture, { kind: "url", url: "https://x.example/a.png" }],
      aspectRatio: "19.5:9",
    });
    const rendered = render("openai", asked, "/images", "m", references);
    expect(jsonOf(rendered)).toEqual({
      model: "m",
      prompt: "An otter",
      aspect_ratio: "19.5:9",
      input_references: [
        { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAE=" } },
        { type: "image_url", image_url: { url: "https://x.example/a.png" } },
      ],
    });
    expect(rendered.losses).toEqual([]);
    const jpeg = render("openai", ask({ outputFormat: "jpeg" }), "/x", "m", {
      format: "response_extension",
      jpeg: "jpg",
    });
    expect(jsonOf(jpeg)["response_extension"]).toBe("jpg");
    const urls = { gives: "url", lacks: "answerAs" };
    expect(named(render("openai", ask({ answerAs: "base64" }), "/x", "m", urls).losses)).toEqual([
      ["response_format", false],
    ]);
    expect(render("openai", ask({ answerAs: "url" }), "/x", "m", urls).losses).toEqual([]);
    expect(render("openai", ask({ answerAs: "base64" }), "/x", "m", { lacks: "answerAs" }).losses).toEqual(
      [],
    );
  });
});

describe("pictures of Gemini", () => {
  test("are asked of a conversation", () => {
    const request = ask({ images: [picture], size: { width: 2048, height: 2048 }, seed: 3 });
    const rendered = render("gemini", request, "/models/{model}", "gemini-3-pro-image");
    expect(rendered.path).toBe("/models/gemini-3-pro-image:generateContent");
    expect(jsonOf(rendered)).toEqual({
      contents: [
        {
          role: "user",
          parts: [
            { text: "An otter" },
            { inlineData: { mimeType: "image/png", data: "iVBORw0KGgoAAAANSUhEUgAAAAE=" } },
          ],
        },
      ],
      generationConfig: {
        responseModalities: ["TEXT", "IMAGE"],
        imageConfig: { aspectRatio: "1:1", imageSize: "2K" },
        seed: 3,
      },
    });
    expect(named(rendered.losses)).toEqual([["size", true]]);
  });

  test("refuse what cannot be told", () => {
    const request = {
      ...everything,
      mask: picture,
      images: [{ kind: "url", url: "https://x.example/" }],
    } as const;
    const losses = named(render("gemini", request, "/models/{model}", "gemini-2.5-flash-image").losses);
    expect(losses.filter(([, isHarmless]) => isHarmless === false).map(([name]) => name)).toEqual([
      "mask",
      "n",
      "background",
      "output_format",
      "image",
    ]);
    expect(losses.filter(([, isHarmless]) => isHarmless === true).map(([name]) => name)).toEqual([
      "quality",
      "style",
      "input_fidelity",
      "moderation",
      "output_compression",
      "partial_images",
      "user",
      "size",
    ]);
    const plain = ask({ count: 1, background: "opaque", answerAs: "url" });
    expect(render("gemini", plain, "/models/{model}", "gemini-2.5-flash-image").losses).toEqual([]);
  });

  test("are asked of Imagen by its own method, one unless more are wanted", () => {
    const path = "/publishers/google/models/{model}";
    const rendered = render(
      "gemini",
      ask({ outputFormat: "jpeg", outputCompression: 70 }),
      path,
      "imagen-4.0-generate-001",
    );
    expect(rendered.path).toBe("/publishers/google/models/imagen-4.0-generate-001:predict");
    expect(jsonOf(rendered)).toEqual({
      instances: [{ prompt: "An otter" }],
      parameters: {
        sampleCount: 1,
        outputOptions: { mimeType: "image/jpeg", compressionQuality: 70 },
        includeRaiReason: true,
      },
    });
    const large = ask({ count: 3, size: { width: 2048, height: 2048 } });
    expect(jsonOf(render("gemini", large, path, "imagen-4.0-ultra"))["parameters"]).toMatchObject({
      sampleCount: 3,
      aspectRatio: "1:1",
      sampleImageSize: "2K",
    });
    const bad = ask({
      size: { width: 1536, height: 1024 },
      seed: 1,
      outputFormat: "webp",
      images: [picture],
    });
    expect(named(render("gemini", bad, path, "imagen-4.0").losses)).toEqual([
      ["image", false],
      ["seed", false],
      ["output_format", false],
      ["size", false],
    ]);
  });
});

describe("pictures of others", () => {
  const arn = "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.amazon.nova-canvas-v1:0";

  test("are asked of Amazon's models", () => {
    const request = ask({
      count: 2,
      size: { width: 1024, height: 512 },
      quality: "hd",
      seed: 5,
      negativePrompt: "cats",
    });
    const rendered = render("bedrock", request, "/model/{model}/invoke", arn);
    expect(rendered.path).toBe(`/model/${encodeURIComponent(arn)}/invoke`);
    expect(jsonOf(rendered)).toEqual({
      taskType: "TEXT_IMAGE",
      textToImageParams: { text: "An otter", negativeText: "cats" },
      imageGenerationConfig: { numberOfImages: 2, width: 1024, height: 512, quality: "premium", seed: 5 },
    });
    expect(rendered.losses).toEqual([]);
    const low = render(
      "bedrock",
      ask({ quality: "low" }),
      "/model/{model}/invoke",
      "amazon.titan-image-generator-v2:0",
    );
    expect(jsonOf(low)["imageGenerationConfig"]).toEqual({ numberOfImages: 1, quality: "standard" });
    expect(named(render("bedrock", ask({ images: [picture] }), "/m", arn).losses)).toEqual([
      ["image", false],
    ]);
  });

  test("are asked of Stability's models", () => {
    const request = ask({
      aspectRatio: "21:9",
      outputFormat: "png",
      seed: 5,
      negativePrompt: "cats",
      count: 2,
    });
    const rendered = render(
      "bedrock",
      request,
      "/model/{model}/invoke",
      "us.stability.stable-image-ultra-v1:1",
    );
    expect(jsonOf(rendered)).toEqual({
      prompt: "An otter",
      aspect_ratio: "21:9",
      output_format: "png",
      negative_prompt: "cats",
      seed: 5,
    });
    expect(named(rendered.losses)).toEqual([["n", false]]);
  });

  test("are asked of Fireworks and Hugging Face, whose ids have slashes", () => {
    const model = "accounts/fireworks/models/flux-1-schnell-fp8";
    const rendered = render(
      "fireworks",
      ask({ aspectRatio: "3:2", outputFormat: "jpeg" }),
      "/workflows/{model}/text_to_image",
      model,
    );
    expect(rendered).toMatchObject({
      path: `/workflows/${model}/text_to_image`,
      headers: [["accept", "image/jpeg"]],
      losses: [],
    });
    expect(jsonOf(rendered)).toEqual({ prompt: "An otter", aspect_ratio: "3:2" });
    expect(named(render("fireworks", ask({ outputFormat: "webp", count: 2 }), "/x", model).losses)).toEqual([
      ["n", false],
      ["output_format", false],
    ]);
    const hugging = render(
      "huggingface",
      ask({ size: { width: 512, height: 256 }, seed: 1, negativePrompt: "cats" }),
      "/models/{model}",
      "org/flux?x",
    );
    expect(hugging.path).toBe("/models/org/flux%3Fx");
    expect(jsonOf(hugging)).toEqual({
      inputs: "An otter",
      parameters: { width: 512, height: 256, negative_prompt: "cats", seed: 1 },
    });
    expect(jsonOf(render("huggingface", ask(), "/models/{model}", "org/flux"))).toEqual({
      inputs: "An otter",
    });
  });
});
