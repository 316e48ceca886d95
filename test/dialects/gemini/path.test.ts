import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readPath, requestPath } from "../../../src/dialects/gemini/path.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";

describe("a path of Gemini's", () => {
  test.each([
    ["/v1beta/models/fast:generateContent", "fast", "generateContent"],
    ["/v1/models/fast:generateContent", "fast", "generateContent"],
    ["/v1alpha/models/fast:streamGenerateContent", "fast", "streamGenerateContent"],
    ["/models/fast:countTokens", "fast", "countTokens"],
    ["/v1beta/tunedModels/mine:generateContent", "mine", "generateContent"],
    ["/v1beta/models/team/fast:generateContent", "team/fast", "generateContent"],
    ["/v1beta/models/team%2Ffast%20one:embedContent".replace("%20", "-"), "team/fast-one", "embedContent"],
    ["/v1beta/models/qwen3:8b:generateContent", "qwen3:8b", "generateContent"],
    ["/v1beta/models/qwen3%3Alatest%3AcountTokens", "qwen3:latest", "countTokens"],
    ["/v1beta/models/qwen3:latest", "qwen3:latest", undefined],
    ["/v1beta/models/fast", "fast", undefined],
    ["/v1beta/models/gr%C3%BCn:generateContent", "grün", "generateContent"],
    [
      "/v1beta1/projects/p/locations/l/publishers/google/models/fast:generateContent",
      "fast",
      "generateContent",
    ],
    ["/v1beta1/publishers/google/models/fast:generateContent", "fast", "generateContent"],
    ["/v1/projects/p/locations/l/endpoints/12:generateContent", "12", "generateContent"],
  ])("%s names %s and %s", (path, model, method) => {
    expect(readPath(path)).toEqual({ model, ...(method !== undefined && { method }) });
  });

  test.each([
    "/v1beta/models",
    "/v1beta/models/",
    "/v1/chat/completions",
    "/",
    "",
    "/v1beta/files/x",
    "/x/v1beta/models/y:z",
  ])("%p is none", (path) => {
    expect(readPath(path)).toBeUndefined();
  });

  test.each([
    "/v1beta/models/../secrets:generateContent",
    "/v1beta/models/%2e%2e/x:generateContent",
    "/v1beta/models/a%2F..%2Fb:generateContent",
    "/v1beta/models/a//b:generateContent",
    "/v1beta/models/./a:generateContent",
    "/v1beta/models/a%5Cb:generateContent",
    "/v1beta/models/a%00:generateContent",
    "/v1beta/models/a%20b:generateContent",
    "/v1beta/models/a%3Fb:generateContent",
    "/v1beta/models/a%252e:generateContent",
    "/v1beta/models/%ZZ:generateContent",
    "/v1beta/models/:generateContent",
  ])("%p is refused", (path) => {
    expect(() => readPath(path)).toThrow(expect.objectContaining({ code: "LK-2107" }));
  });

  test("with any name is read back, or refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
        const model = name.toWellFormed();
        try {
          expect(readPath(`/v1beta/models/${encodeURIComponent(model)}:generateContent`)?.model).toBe(model);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(LatchkeyError);
          expect(/[\0-\x20\x7f\\?#%]|(^|\/)\.{0,2}(\/|$)/.test(model)).toBe(true);
        }
      }),
    );
  });

  test("says with its query whether a stream is wanted, and in which form", () => {
    const stream = { model: "m", method: "streamGenerateContent" };
    expect(requestPath({ model: "m", method: "generateContent" }, "sse")).toEqual({
      model: "m",
      stream: false,
      asArray: false,
    });
    expect(requestPath(stream, "sse")).toEqual({ model: "m", stream: true, asArray: false });
    expect(requestPath(stream, null)).toEqual({ model: "m", stream: true, asArray: true });
    expect(requestPath(stream, "json")).toEqual({ model: "m", stream: true, asArray: true });
  });
});
