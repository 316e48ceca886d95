import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { coherePassthrough } from "../../../src/dialects/rerank/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { wireSample } from "./support.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);
const read = (body: string) => coherePassthrough.readEnvelope(bytes(body), {});
const fault = (body: string): unknown => {
  try {
    return read(body);
  } catch (thrown) {
    return thrown instanceof LatchkeyError ? [thrown.code, thrown.param] : thrown;
  }
};
const usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };

describe("a request that is passed on", () => {
  test.each([
    `{"model":"fast","query":"q","documents":["a"]}`,
    `{ "documents" : [ "Grüezi" ], "query": "q", "priority": 1, "model" : "fast" }\n`,
  ])("keeps its bytes but for the model: %s", (body) => {
    const envelope = read(body);
    expect(envelope).toMatchObject({ model: "fast", stream: false });
    expect(coherePassthrough.canPass(envelope)).toBe(true);
    const rewritten = coherePassthrough.rewrite(envelope, { modelJson: bytes(`"x"`), askForUsage: false });
    expect(Buffer.from(rewritten).toString()).toBe(body.replace(`"fast"`, `"x"`));
  });

  test.each([
    `{"model":"m","query":"q","documents":[{"text":"a"}]}`,
    `{"model":"m","query":"q","documents":[ ]}`,
    `{"model":"m","query":"q","documents":["a"],"return_documents":true}`,
    `{"model":"m","query":"q","documents":["a"],"truncation":true}`,
  ])("is not, where version 2 of Cohere's API would refuse it: %s", (body) => {
    expect(coherePassthrough.canPass(read(body))).toBe(false);
  });

  test.each([
    ["", "LK-2101", undefined],
    [`{"query":"q","documents":[]}`, "LK-2102", "model"],
    [`{"model":"m","documents":[]}`, "LK-2102", "query"],
    [`{"model":"m","query":7,"documents":[]}`, "LK-2102", "query"],
    [`{"model":"m","query":"q"}`, "LK-2102", "documents"],
    [`{"model":"m","query":"q","documents":"a"}`, "LK-2102", "documents"],
    [`{"model":"m","query":"q","query":"r","documents":[]}`, "LK-2103", "query"],
  ])("that is %p is refused with %s", (body, code, param) => {
    expect(fault(body)).toEqual([code, param]);
  });
});

describe("an answer that is passed on", () => {
  test.each([
    ["cohere.json", { ...usage, searchUnits: 1 }],
    ["jina.json", { ...usage, input: 50 }],
    ["fireworks.json", { ...usage, input: 50 }],
  ])("tells its usage: %s", (name, expected) => {
    const body = wireSample(name);
    expect(coherePassthrough.readAnswer(body)).toEqual({ ok: true, usage: expected });
    expect(
      coherePassthrough.adaptAnswer(body, read(`{"model":"m","query":"q","documents":["a"]}`)),
    ).toBeUndefined();
  });

  test("tells its usage in its last bytes alone", () => {
    const cohere = wireSample("cohere.json");
    expect(coherePassthrough.readTail(cohere.subarray(40))).toEqual({ ...usage, searchUnits: 1 });
    expect(coherePassthrough.readTail(cohere.subarray(cohere.length - 20))).toBeUndefined();
    expect(coherePassthrough.readTail(wireSample("fireworks.json").subarray(60))).toEqual({
      ...usage,
      input: 50,
    });
  });

  test("may be none", () => {
    for (const body of ["", "[]", "{}", `{"results":7}`, `{"message":"no"}`, "<html>"])
      expect(coherePassthrough.readAnswer(bytes(body))).toEqual({ ok: false });
  });

  test("of random bytes is never thrown at", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), (body) => {
        expect(typeof coherePassthrough.readAnswer(body).ok).toBe("boolean");
        const tail = coherePassthrough.readTail(body);
        expect(tail === undefined || tail.input >= 0).toBe(true);
      }),
    );
  });
});
