import { describe, expect, test } from "bun:test";
import { images } from "../../../src/dialects/images/index.ts";
import { moderations } from "../../../src/dialects/moderations/index.ts";
import type { parseError } from "../../../src/dialects/openai-chat/error.ts";
import { speech } from "../../../src/dialects/speech/index.ts";
import { EventLines, maxTaskLineBytes } from "../../../src/dialects/task/event-lines.ts";
import { fillPath } from "../../../src/dialects/task/path.ts";
import { TypedEventDecoder } from "../../../src/dialects/task/stream-decoder.ts";
import { TaskStreamTap } from "../../../src/dialects/task/stream-tap.ts";
import { readTaskUsage, usageInTail } from "../../../src/dialects/task/usage.ts";
import { transcription } from "../../../src/dialects/transcription/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("an error of a vendor", () => {
  test.each([
    [
      "OpenAI",
      400,
      { error: { message: "Bad.", type: "invalid_request_error", param: "n" } },
      "invalid-request",
      "Bad.",
    ],
    [
      "OpenAI, filtered",
      400,
      { error: { message: "No.", code: "moderation_blocked" } },
      "content-policy",
      "No.",
    ],
    [
      "Google",
      404,
      { error: { code: 404, message: "No model.", status: "NOT_FOUND" } },
      "not-found",
      "No model.",
    ],
    [
      "Mistral",
      401,
      { object: "error", message: "Unauthorized", param: null },
      "authentication",
      "Unauthorized",
    ],
    ["FastAPI", 422, { detail: [{ loc: ["body", "n"], msg: "wrong" }] }, "invalid-request", "wrong"],
    ["Hugging Face", 503, { error: "Model is loading" }, "overloaded", "Model is loading"],
    ["Cohere", 403, { message: "Not allowed" }, "permission", "Not allowed"],
  ] as const)("is read in the shape of %s by each API", (vendor, status, body, kind, message) => {
    const bytes = encode(JSON.stringify(body));
    for (const dialect of [images, speech, transcription, moderations]) {
      const egress: Readonly<Record<string, { parseError: typeof parseError }>> = dialect.egress;
      for (const [name, shape] of Object.entries(egress)) {
        // These read what their own vendor sends, which has one shape.
        if (name === "bedrock" || (name === "gemini" && vendor !== "Google")) continue;
        if (name === "cohere" && vendor !== "Cohere") continue;
        expect(shape.parseError(status, bytes)).toMatchObject({ kind, message });
        expect(shape.parseError(502, new Uint8Array())).toEqual({ kind: "server", message: "no message" });
      }
    }
  });

  test("is told to callers in OpenAI's shape by each API", () => {
    for (const { ingress } of [images, speech, transcription, moderations]) {
      expect(
        ingress.renderError({ status: 429, code: "LK-3011", message: "m", kind: "rate-limit", param: "n" }),
      ).toEqual({
        error: { message: "m", type: "rate_limit_error", param: "n", code: "LK-3011" },
      });
    }
  });
});

describe("usage", () => {
  test("is tokens, seconds or both, with the parts that are priced apart", () => {
    expect(readTaskUsage({ type: "duration", seconds: 2.5 })).toMatchObject({
      unitsOnly: true,
      audioSeconds: 2.5,
    });
    expect(readTaskUsage({ prompt_tokens: 3, prompt_audio_seconds: 4 })).toMatchObject({
      input: 3,
      output: 0,
      audioSeconds: 4,
    });
    expect(
      readTaskUsage({
        input_tokens: 10,
        output_tokens: 20,
        input_tokens_details: { cached_tokens: 4, image_tokens: 5, audio_tokens: 1 },
        output_tokens_details: { reasoning_tokens: 2, image_tokens: 15, audio_tokens: 3 },
      }),
    ).toEqual({
      input: 10,
      output: 20,
      cacheRead: 4,
      cacheWrite: 0,
      reasoning: 2,
      imageInput: 5,
      audioInput: 1,
      imageOutput: 15,
      audioOutput: 3,
    });
  });

  test("is unknown where nothing is told", () => {
    const values = [undefined, null, 5, [], {}, { cost: 1 }, { input_tokens: -1 }, { seconds: "2" }];
    for (const value of [...values, { input_tokens: 1e300 }, { input_tokens: 1.5 }]) {
      expect(readTaskUsage(value)).toBeUndefined();
    }
  });

  test("is found in the last bytes of an answer only where it is a member of the answer", () => {
    expect(usageInTail(encode(`xyz","usage":{"seconds":1}}`))).toEqual({ seconds: 1 });
    for (const text of [`{"a":{"usage":{"seconds":1}}}`, `"usage":`, "", `{"data":[{"usage":{}}],"x":1}`]) {
      expect(usageInTail(encode(text))).toBeUndefined();
    }
  });
});

describe("a path", () => {
  test("has the model's id in its place, whatever is in it", () => {
    expect(fillPath("/m/{model}/invoke", "a/b:0")).toBe("/m/a%2Fb%3A0/invoke");
    expect(fillPath("/m/{model}", "a/../b?c#d", true)).toBe("/m/a/../b%3Fc%23d");
    expect(fillPath("/x", "m")).toBe("/x");
    expect(fillPath("/{model}", "$&")).toBe("/%24%26");
  });
});

describe("lines of events", () => {
  const read = (pieces: readonly Uint8Array[]): readonly string[] => {
    const found: string[] = [];
    const lines = new EventLines((data) => found.push(new TextDecoder().decode(data)));
    for (const piece of pieces) lines.push(piece);
    lines.close();
    return found;
  };

  test("are found wherever they are cut", () => {
    const bytes = encode(": ping\r\nevent: x\r\ndata: {é}\r\n\r\ndata:2\n\n\ndatax\ndata: 3");
    const whole = read([bytes]);
    expect(whole).toEqual(["{é}\r", "2", "3"]);
    for (let at = 0; at <= bytes.length; at++)
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
  });

  test("keep what they need when their chunk is written over", () => {
    const chunk = encode("data: ab");
    const found: string[] = [];
    const lines = new EventLines((data) => found.push(new TextDecoder().decode(data)));
    lines.push(chunk);
    chunk.fill(0x7a);
    lines.push(encode("c\n"));
    expect(found).toEqual(["abc"]);
  });

  test("that never end are given up", () => {
    const block = new Uint8Array(1024 * 1024).fill(0x61);
    const tap = new TaskStreamTap({ done: ["x"], needed: 1, readUsage: () => undefined });
    const failures: string[] = [];
    const decoder = new TypedEventDecoder({
      event: () => {},
      fail: ({ message }) => failures.push(message),
      close: () => failures.push("closed"),
    });
    for (let sent = 0; sent <= maxTaskLineBytes; sent += block.length) {
      tap.feed(block);
      decoder.push(block);
    }
    decoder.close();
    expect([tap.overlong, tap.complete]).toEqual([true, false]);
    expect(failures).toEqual(["a line of the stream is too long"]);
  });

  test("are handed on by their type until the end marker", () => {
    const seen: (string | boolean)[] = [];
    const decoder = new TypedEventDecoder({
      event: (type: string, _members: JsonObject) => seen.push(type),
      fail: ({ message }) => seen.push(message),
      close: (hasEndMarker) => seen.push(hasEndMarker),
    });
    decoder.push(
      encode(`data: {"type":"a"}\n\ndata: {"x":1}\n\ndata:\n\ndata: [DONE]\n\ndata: {"type":"b"}\n\n`),
    );
    decoder.close();
    expect(seen).toEqual(["a", true]);
  });
});
