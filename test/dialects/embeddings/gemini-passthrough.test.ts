import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { geminiBatchPassthrough, geminiPassthrough } from "../../../src/dialects/embeddings/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";

const bytes = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const textOf = (body: Uint8Array): string => Buffer.from(body).toString();
const sample = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(resolve(import.meta.dir, "../../wire/embeddings", name)));
const path = { model: "fast" };
const rewrite = { modelJson: bytes(`"upstream"`), askForUsage: false };
const kinds = [
  ["embedContent", geminiPassthrough],
  ["batchEmbedContents", geminiBatchPassthrough],
] as const;

describe("a request of Gemini's clients that is passed on", () => {
  test.each([
    `{"content":{"parts":[{"text":"a"}]}}`,
    `{ "model" : "models/fast", "content":{"parts":[{"text":"Grüezi 😀","model":"models/fast"}]},"x":1e400}\n`,
    `{"content":{},"m\\u006fdel":"fast"}`,
  ])("keeps its bytes but for the model: %s", (body) => {
    const envelope = geminiPassthrough.readEnvelope(bytes(body), path);
    expect(envelope).toMatchObject({ model: "fast", stream: false });
    expect(geminiPassthrough.canPass(envelope)).toBe(true);
    const wanted = body
      .replace(` "models/fast"`, ` "models/upstream"`)
      .replace(`:"fast"`, `:"models/upstream"`);
    expect(textOf(geminiPassthrough.rewrite(envelope, rewrite))).toBe(wanted);
  });

  test("as a batch names the model in each of its requests", () => {
    const of = (model: string): string =>
      `{"requests" :[ {"content":{"parts":[{"text":"a"}]},"model": ${model} } , {"model":${model},"content":{}, "new":[]}],"model":${model}, "y":{}}`;
    const envelope = geminiBatchPassthrough.readEnvelope(bytes(of(`"models/fast"`)), path);
    expect(geminiBatchPassthrough.canPass(envelope)).toBe(true);
    for (const upstream of [`"upstream"`, `"models/upstream"`])
      expect(
        textOf(geminiBatchPassthrough.rewrite(envelope, { ...rewrite, modelJson: bytes(upstream) })),
      ).toBe(of(`"models/upstream"`));
  });

  test("has to be put into words where a request of a batch names no model", () => {
    const body = { requests: [{ model: "models/fast", content: {} }, { content: {} }] };
    expect(geminiBatchPassthrough.canPass(geminiBatchPassthrough.readEnvelope(bytes(body), path))).toBe(
      false,
    );
  });

  const fault = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (thrown) {
      return thrown instanceof LatchkeyError ? [thrown.code, thrown.param] : thrown;
    }
  };

  test.each([
    ["", "LK-2101", undefined],
    ["[]", "LK-2101", undefined],
    [`{"content":{}`, "LK-2101", undefined],
    ["{}", "LK-2102", "content"],
    [`{"content":"a"}`, "LK-2102", "content"],
    [`{"content":{},"model":7}`, "LK-2102", "model"],
    [`{"content":{},"model":"models/other"}`, "LK-2102", "model"],
    [`{"content":{},"content":{}}`, "LK-2103", "content"],
  ])("that is %p is refused with %s", (body, code, param) => {
    expect(fault(() => geminiPassthrough.readEnvelope(bytes(body), path))).toEqual([code, param]);
  });

  test.each([
    ["[]", "LK-2101", undefined],
    ["{}", "LK-2102", "requests"],
    [`{"requests":{}}`, "LK-2102", "requests"],
    [`{"requests":[]}`, "LK-2102", "requests"],
    [`{"requests":[7]}`, "LK-2102", "requests[0]"],
    [`{"requests":[{"content":{}},{}]}`, "LK-2102", "requests[1].content"],
    [`{"requests":[{"content":{},"model":"x"}]}`, "LK-2102", "requests[0].model"],
    [`{"requests":[{"content":{},"model":"fast","model":"x"}]}`, "LK-2103", "requests[0].model"],
    [`{"requests":[{"content":{}}],"requests":[]}`, "LK-2103", "requests"],
    [`{"requests":[{"content":{}}],"model":"x"}`, "LK-2102", "model"],
  ])("that is the batch %p is refused with %s", (body, code, param) => {
    expect(fault(() => geminiBatchPassthrough.readEnvelope(bytes(body), path))).toEqual([code, param]);
  });

  test("needs a model in its path", () => {
    for (const [, { readEnvelope }] of kinds)
      for (const model of ["", "models/"])
        expect(fault(() => readEnvelope(bytes(`{"content":{}}`), { model }))).toEqual(["LK-2102", "model"]);
  });

  test("of random bytes is read or refused with a code, and only its model is changed", () => {
    const member = fc.constantFrom("content", "requests", "model", "parts");
    const value = fc.oneof(fc.jsonValue(), fc.constant("models/fast"), fc.dictionary(member, fc.jsonValue()));
    const body = fc.oneof(
      fc.uint8Array(),
      fc
        .dictionary(member, fc.oneof(value, fc.array(fc.dictionary(member, value), { maxLength: 3 })))
        .map(bytes),
    );
    fc.assert(
      fc.property(body, (one) => {
        for (const [, passing] of kinds) {
          const read = fault(() => {
            const envelope = passing.readEnvelope(one, path);
            const same = { ...rewrite, modelJson: bytes(`"fast"`) };
            const again = JSON.parse(textOf(passing.rewrite(envelope, same)));
            expect(again).toEqual(JSON.parse(textOf(one).replaceAll(`"fast"`, `"models/fast"`)));
            return ["fine"];
          });
          expect(["fine", "LK-2101", "LK-2102"]).toContain((read as readonly [string])[0]);
        }
      }),
    );
  });
});

describe("an answer to Gemini's clients that is passed on", () => {
  const usage = { input: 7, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0, imageInput: 3 };

  test("tells its usage where it has any", () => {
    expect(geminiBatchPassthrough.readAnswer(sample("gemini.json"))).toEqual({ ok: true, usage });
    expect(geminiPassthrough.readAnswer(sample("gemini-single.json"))).toEqual({
      ok: true,
      usage: undefined,
    });
    expect(geminiBatchPassthrough.readTail(sample("gemini.json").subarray(40))).toEqual(usage);
    expect(geminiPassthrough.readTail(sample("gemini-single.json"))).toBeUndefined();
  });

  test("is none without vectors, or where it is cut", () => {
    const none = ["", "[]", "{}", `{"error":{}}`, `{"embedding":[],"embeddings":{}}`, "<html>"];
    for (const [name, { readAnswer }] of kinds) {
      for (const body of none) expect([name, readAnswer(bytes(body))]).toEqual([name, { ok: false }]);
      const whole = sample(name === "embedContent" ? "gemini-single.json" : "gemini.json");
      expect(readAnswer(whole).ok).toBe(true);
      const text = textOf(whole).trimEnd();
      for (let cut = 0; cut < text.length; cut++)
        expect(readAnswer(bytes(text.slice(0, cut))).ok).toBe(false);
    }
  });
});
