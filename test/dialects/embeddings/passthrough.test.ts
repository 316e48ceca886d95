import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { decodeFloats } from "../../../src/dialects/embeddings/float32.ts";
import { openaiPassthrough } from "../../../src/dialects/embeddings/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";

const bytes = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const textOf = (body: Uint8Array): string => Buffer.from(body).toString();
const sample = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(resolve(import.meta.dir, "../../wire/embeddings", name)));
const read = (body: string) => openaiPassthrough.readEnvelope(bytes(body), {});
const fault = (body: string): unknown => {
  try {
    return read(body);
  } catch (thrown) {
    return thrown instanceof LatchkeyError ? [thrown.code, thrown.param] : thrown;
  }
};
const usage = { input: 7, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
const rewrite = { modelJson: bytes(`"up/stream"`), askForUsage: true };

describe("a request that is passed on", () => {
  test.each([
    `{"model":"fast","input":"a"}`,
    `{ "input" : ["Grüezi", "😀"], "unknown": {"model": "inner"}, "model" : "fast" }`,
    `{"input":[1,2],"m\\u006fdel":"fast","encoding_format":"base64"}\n`,
  ])("keeps its bytes but for the model: %s", (body) => {
    const envelope = read(body);
    expect(envelope).toMatchObject({ model: "fast", stream: false });
    expect(openaiPassthrough.canPass(envelope)).toBe(true);
    expect(textOf(openaiPassthrough.rewrite(envelope, rewrite))).toBe(body.replace(`"fast"`, `"up/stream"`));
  });

  test("tells how the vectors are wanted", () => {
    expect(read(`{"model":"m","input":"a","encoding_format":"base64"}`).encoding).toBe("base64");
    expect(read(`{"model":"m","input":"a","encoding_format":"float"}`).encoding).toBe("float");
    expect(read(`{"model":"m","input":"a","encoding_format":null}`).encoding).toBe("float");
  });

  test.each([
    ["", "LK-2101", undefined],
    ["[]", "LK-2101", undefined],
    [`{"model":"m"`, "LK-2101", undefined],
    [`{"input":"a"}`, "LK-2102", "model"],
    [`{"model":7,"input":"a"}`, "LK-2102", "model"],
    [`{"model":"m"}`, "LK-2102", "input"],
    [`{"model":"m","input":7}`, "LK-2102", "input"],
    [`{"model":"m","input":"a","model":"n"}`, "LK-2103", "model"],
  ])("that is %p is refused with %s", (body, code, param) => {
    expect(fault(body)).toEqual([code, param]);
  });
});

describe("an answer that is passed on", () => {
  test.each(["openai.json", "openai-base64.json", "mistral.json", "jina.json"])(
    "tells its usage: %s",
    (name) => {
      expect(openaiPassthrough.readAnswer(sample(name))).toEqual({ ok: true, usage });
    },
  );

  test.each([
    `{"data":[1],"usage":{"prompt_tokens":7},"provider":"x"}`,
    `{"usage":{"prompt_tokens":7,"x":{"usage":1}},"data":[ 1]}`,
    ` {"usage":{"total_tokens":7},"data":[{"usage":{"prompt_tokens":9}}]}`,
  ])("tells its usage wherever it stands: %s", (body) => {
    expect(openaiPassthrough.readAnswer(bytes(body))).toEqual({ ok: true, usage });
  });

  test("may have none, or be no answer at all", () => {
    expect(openaiPassthrough.readAnswer(bytes(`{"data":[1]}`))).toEqual({ ok: true, usage: undefined });
    // Nothing was asked for that has no vector.
    const empty = [`{"data":[]}`, `{"data":[ ],"usage":{"prompt_tokens":7}}`, `{"usage":{},"data":[\n]}`];
    for (const body of empty) expect(openaiPassthrough.readAnswer(bytes(body))).toEqual({ ok: false });
    for (const body of ["", "[]", `{"data":{}}`, `{"error":"no"}`, `{"data":[}`, "<html>"])
      expect(openaiPassthrough.readAnswer(bytes(body))).toEqual({ ok: false });
  });

  test("tells its usage in its last bytes alone", () => {
    const whole = sample("openai.json");
    expect(openaiPassthrough.readTail(whole.subarray(whole.length - 60))).toEqual(usage);
    expect(openaiPassthrough.readTail(whole.subarray(whole.length - 20))).toBeUndefined();
  });

  test("goes as it is where its vectors are as they were asked for", () => {
    expect(
      openaiPassthrough.adaptAnswer(sample("openai.json"), read(`{"model":"m","input":"a"}`)),
    ).toBeUndefined();
    const wanted = read(`{"model":"m","input":"a","encoding_format":"base64"}`);
    expect(openaiPassthrough.adaptAnswer(sample("openai-base64.json"), wanted)).toBeUndefined();
    for (const body of [
      "{}",
      `{"data":[{"object":"embedding"}]}`,
      `{"embedding"`,
      `{"embedding": [1], "data": 7}`,
    ])
      expect(openaiPassthrough.adaptAnswer(bytes(body), wanted)).toBeUndefined();
  });

  test("becomes base64 for a client that has asked for it, where the vendor has not minded", () => {
    const wanted = read(`{"model":"m","input":"a","encoding_format":"base64"}`);
    const adapted = openaiPassthrough.adaptAnswer(
      bytes(
        `{"object":"list","data":[{"object":"embedding","index":0,"embedding" : [1,-2],"more":1}],"x":null}`,
      ),
      wanted,
    );
    expect(JSON.parse(textOf(adapted ?? bytes("")))).toEqual({
      object: "list",
      data: [{ object: "embedding", index: 0, embedding: "AACAPwAAAMA=", more: 1 }],
      x: null,
    });
  });

  test("becomes numbers for a client that has asked for them, where the vendor sends base64", () => {
    const adapted = openaiPassthrough.adaptAnswer(
      sample("openai-base64.json"),
      read(`{"model":"m","input":"a"}`),
    );
    const { data } = JSON.parse(textOf(adapted ?? bytes(""))) as { data: readonly { embedding: unknown }[] };
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [0.25, -0.5],
      [1.5, 2],
    ]);
    expect(decodeFloats("AACAPwAAAMA=")).toEqual([1, -2]);
  });

  test("of random bytes is never thrown at", () => {
    const names = fc.constantFrom("data", "usage", "embedding");
    const body = fc.oneof(
      fc.uint8Array(),
      fc
        .dictionary(names, fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(names, fc.jsonValue()))))
        .map(bytes),
    );
    fc.assert(
      fc.property(body, fc.constantFrom("float", "base64"), (value, encoding) => {
        openaiPassthrough.readTail(value);
        const envelope = read(`{"model":"m","input":"a","encoding_format":"${encoding}"}`);
        const adapted = openaiPassthrough.adaptAnswer(value, envelope);
        const { ok } = openaiPassthrough.readAnswer(value);
        if (adapted !== undefined && ok) expect(openaiPassthrough.readAnswer(adapted).ok).toBe(true);
        expect(typeof ok).toBe("boolean");
      }),
    );
  });
});
