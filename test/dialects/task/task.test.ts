import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseTaskError, renderTaskError } from "../../../src/dialects/task/error.ts";
import { EventLines, maxTaskLineBytes } from "../../../src/dialects/task/event-lines.ts";
import { fillPath } from "../../../src/dialects/task/path.ts";
import { TypedEventDecoder } from "../../../src/dialects/task/stream-decoder.ts";
import { TaskStreamTap } from "../../../src/dialects/task/stream-tap.ts";
import { readTaskUsage, usageInTail } from "../../../src/dialects/task/usage.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("an error of a vendor", () => {
  test.each([
    [
      "OpenAI",
      400,
      { error: { message: "Bad.", type: "invalid_request_error", param: "n", code: "x" } },
      { kind: "invalid-request", message: "Bad.", code: "x", param: "n" },
    ],
    [
      "OpenAI, filtered",
      400,
      { error: { message: "No.", code: "moderation_blocked" } },
      { kind: "content-policy", message: "No.", code: "moderation_blocked" },
    ],
    [
      "OpenAI, filtered in words",
      400,
      { error: { message: "Rejected by our safety system." } },
      { kind: "content-policy", message: "Rejected by our safety system." },
    ],
    [
      "OpenAI, out of money",
      429,
      { error: { message: "Pay.", code: "insufficient_quota" } },
      { kind: "quota", message: "Pay.", code: "insufficient_quota" },
    ],
    [
      "Azure",
      429,
      { error: { code: "429", message: "Slow." } },
      { kind: "rate-limit", message: "Slow.", code: "429" },
    ],
    [
      "Google",
      404,
      { error: { code: 404, message: "No model.", status: "NOT_FOUND" } },
      { kind: "not-found", message: "No model.", code: "NOT_FOUND" },
    ],
    [
      "Mistral",
      401,
      { object: "error", message: "Unauthorized", type: "x", param: null },
      { kind: "authentication", message: "Unauthorized", code: "x" },
    ],
    [
      "FastAPI",
      422,
      { detail: [{ loc: ["body", "n"], msg: "wrong" }] },
      { kind: "invalid-request", message: `[{"loc":["body","n"],"msg":"wrong"}]` },
    ],
    ["DeepInfra", 500, { detail: { error: "Boom" } }, { kind: "server", message: "Boom" }],
    ["Hugging Face", 503, { error: "Model is loading" }, { kind: "overloaded", message: "Model is loading" }],
    ["Cohere", 403, { message: "Not allowed" }, { kind: "permission", message: "Not allowed" }],
    ["nobody", 413, {}, { kind: "too-large", message: "{}" }],
  ] as const)("is read in the shape of %s", (_vendor, status, body, expected) => {
    expect(parseTaskError(status, encode(JSON.stringify(body)))).toEqual(expected);
  });

  test("may be no JSON, or nothing", () => {
    expect(parseTaskError(502, encode("<html>"))).toEqual({ kind: "server", message: "<html>" });
    expect(parseTaskError(408, new Uint8Array())).toEqual({ kind: "timeout", message: "no message" });
    expect(parseTaskError(500, encode("x".repeat(9_000))).message).toHaveLength(500);
  });

  test("never makes the reader throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ error: fc.jsonValue(), detail: fc.jsonValue() })),
        fc.nat(600),
        (value, status) => {
          expect(parseTaskError(status, encode(JSON.stringify(value))).message).not.toBe("");
        },
      ),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseTaskError(400, bytes)));
  });

  test.each([
    [401, "authentication_error"],
    [403, "permission_error"],
    [429, "rate_limit_error"],
    [400, "invalid_request_error"],
    [502, "server_error"],
  ])("of the status %d has OpenAI's type for callers", (status, type) => {
    expect(renderTaskError({ status, code: "LK-1", message: "m", kind: "server" })).toEqual({
      error: { message: "m", type, param: null, code: "LK-1" },
    });
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
