import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { CallerDialectName } from "../../src/dialects/dialect.ts";
import { geminiIngress } from "../../src/dialects/embeddings/index.ts";
import { callerDialects } from "../../src/dialects/registry.ts";
import { standardBase64 } from "../../src/kernel/base64.ts";
import { LatchkeyError } from "../../src/kernel/error.ts";
import type { JsonObject } from "../../src/kernel/json.ts";

/** A place of a request where a file's bytes stand. */
interface Place {
  readonly dialect: CallerDialectName;
  readonly param: string;
  readonly body: (data: string) => JsonObject;
  /** Whether letters of URLs stand for the same. */
  readonly takesUrlLetters?: true;
}

const chat = (part: JsonObject): JsonObject => ({
  model: "m",
  messages: [{ role: "user", content: [{ type: "text", text: "Look." }, part] }],
});
const responses = (part: JsonObject): JsonObject => ({
  model: "m",
  input: [{ role: "user", content: [part] }],
});
const messages = (block: JsonObject): JsonObject => ({
  model: "m",
  max_tokens: 10,
  messages: [{ role: "user", content: [block] }],
});
const gemini = (part: JsonObject): JsonObject => ({ contents: [{ role: "user", parts: [part] }] });
const png = (data: string): string => `data:image/png;base64,${data}`;
const anthropicImage = (data: string): JsonObject => ({
  type: "image",
  source: { type: "base64", media_type: "image/png", data },
});

const places: readonly Place[] = [
  {
    dialect: "openai-chat",
    param: "messages[0].content[1].image_url.url",
    body: (data) => chat({ type: "image_url", image_url: { url: png(data) } }),
  },
  {
    dialect: "openai-chat",
    param: "messages[0].content[1].input_audio.data",
    body: (data) => chat({ type: "input_audio", input_audio: { data, format: "wav" } }),
  },
  {
    dialect: "openai-chat",
    param: "messages[0].content[1].file.file_data",
    body: (data) =>
      chat({ type: "file", file: { filename: "a.pdf", file_data: `data:application/pdf;base64,${data}` } }),
  },
  {
    dialect: "openai-responses",
    param: "input[0].content[0].image_url",
    body: (data) => responses({ type: "input_image", image_url: png(data) }),
  },
  {
    dialect: "openai-responses",
    param: "input[0].content[0].file_data",
    body: (data) =>
      responses({ type: "input_file", filename: "a.pdf", file_data: `data:application/pdf;base64,${data}` }),
  },
  {
    dialect: "openai-responses",
    param: "input[0].content[0].file_data",
    body: (data) => responses({ type: "input_file", filename: "a.pdf", file_data: ` ${data}`.slice(1) }),
  },
  {
    dialect: "openai-responses",
    param: "input[0].content[0].input_audio.data",
    body: (data) => responses({ type: "input_audio", input_audio: { data, format: "mp3" } }),
  },
  {
    dialect: "openai-responses",
    param: "input[1].output[0].image_url",
    body: (data) => ({
      model: "m",
      input: [
        { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
        {
          type: "function_call_output",
          call_id: "c",
          output: [{ type: "input_image", image_url: png(data) }],
        },
      ],
    }),
  },
  {
    dialect: "anthropic-messages",
    param: "messages[0].content[0].source.data",
    body: (data) => messages(anthropicImage(data)),
  },
  {
    dialect: "anthropic-messages",
    param: "messages[0].content[0].source.data",
    body: (data) =>
      messages({ type: "document", source: { type: "base64", media_type: "application/pdf", data } }),
  },
  {
    dialect: "anthropic-messages",
    param: "messages[1].content[0].content[0].source.data",
    body: (data) => ({
      model: "m",
      max_tokens: 10,
      messages: [
        { role: "assistant", content: [{ type: "tool_use", id: "t", name: "f", input: {} }] },
        {
          role: "user",
          content: [{ type: "tool_result", tool_use_id: "t", content: [anthropicImage(data)] }],
        },
      ],
    }),
  },
  {
    dialect: "gemini",
    param: "contents[0].parts[0].inlineData.data",
    body: (data) => gemini({ inlineData: { mimeType: "image/png", data } }),
    takesUrlLetters: true,
  },
  {
    dialect: "gemini",
    param: "contents[0].parts[0].inline_data.data",
    body: (data) => gemini({ inline_data: { mime_type: "application/pdf", data } }),
    takesUrlLetters: true,
  },
  {
    dialect: "gemini",
    param: "contents[0].parts[0].inlineData.data",
    body: (data) => gemini({ inlineData: { mimeType: "audio/wav", data } }),
    takesUrlLetters: true,
  },
];

const named = places.map((place) => [`${place.dialect} ${place.param}`, place] as const);

function sourceIn({ dialect, body }: Place, data: string): string {
  const { request } = callerDialects[dialect].ingress.parseRequest({ body: body(data), model: "m" });
  for (const { content } of request.messages)
    for (const part of content)
      if ("source" in part && part.source.kind === "base64") return part.source.data;
  throw new Error("no file");
}

function faultOf(place: Place, data: string): LatchkeyError {
  try {
    sourceIn(place, data);
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return thrown;
    throw thrown;
  }
  throw new Error("nothing is wrong");
}

describe("a file's bytes", () => {
  test.each(named)("%s: what is no base64 is refused and named", (_name, place) => {
    for (const data of ["not base64!", "A", "AAAA\nA", "AA=A", "%%%", "blob:sha256:1f"]) {
      const { code, param, message } = faultOf(place, data);
      expect({ code, param }).toEqual({ code: "LK-2102", param: place.param });
      expect(message).toContain("base64");
      // A file's bytes are nobody else's business.
      expect(message).not.toContain(data.length > 1 ? data : "\0");
    }
  });

  test.each(named)("%s: any text is refused, or is base64 as every vendor wants it", (_name, place) => {
    const any = fc.oneof(
      fc.base64String({ minLength: 4, maxLength: 40 }),
      fc.string({ unit: fc.constantFrom("A", "b", "+", "/", "-", "_", "="), minLength: 1, maxLength: 12 }),
      fc.string({ minLength: 1, maxLength: 12 }),
    );
    const alphabet = place.takesUrlLetters ? "any" : "standard";
    fc.assert(
      fc.property(any, (data) => {
        const expected = standardBase64(data, alphabet);
        if (expected === undefined) expect(faultOf(place, data).param).toBe(place.param);
        else expect(sourceIn(place, data)).toBe(expected);
      }),
    );
  });

  test.each(named)("%s: lines that a tool has wrapped are put together", (_name, place) => {
    expect(sourceIn(place, "AAAA\nAAAA\r\n")).toBe("AAAAAAAA");
  });

  test("may be written with the letters of URLs where Google's JSON allows it", () => {
    for (const place of places) {
      if (place.takesUrlLetters) expect(sourceIn(place, "-_-_-w")).toBe("+/+/+w==");
      else expect(faultOf(place, "-_-_-w").param).toBe(place.param);
    }
  });

  test("of a picture to be embedded are looked at as well", () => {
    const parse = (data: string) =>
      geminiIngress.parseRequest({
        model: "m",
        body: { content: { parts: [{ inlineData: { mimeType: "image/png", data } }] } },
      });
    expect(parse("-_-_-w").request.inputs).toEqual([
      {
        type: "parts",
        parts: [{ type: "image", source: { kind: "base64", mediaType: "image/png", data: "+/+/+w==" } }],
      },
    ]);
    expect(() => parse("no!")).toThrow("content.parts[0].inlineData.data");
  });
});
