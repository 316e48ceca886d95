import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { GeminiEnvelope } from "../../../src/dialects/gemini/envelope.ts";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import {
  answer,
  context,
  decode,
  flash,
  gather,
  pro3,
  sample,
  sampleNames,
  sse,
  vertex,
} from "./support/samples.ts";

const { passthrough, egress } = gemini;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const path = { model: "fast", stream: true };
const envelope = (asArray: boolean): GeminiEnvelope => ({
  body: bytes("{}"),
  model: "fast",
  stream: true,
  asArray,
});
const error = { status: 502, code: "LK-3008", message: "Cut.", kind: "server" } as const;

describe("a request that is passed on", () => {
  test("keeps its bytes, whatever is in it", () => {
    const body = bytes(` {"contents" : [ {"parts":[{"text":"\\u0048i","new":1}]} ] ,\n"unknownMember":1e2}`);
    const read = passthrough.readEnvelope(body, path);
    expect(read).toMatchObject({ model: "fast", stream: true });
    const rewritten = passthrough.rewrite(read, { modelJson: bytes(`"other"`), askForUsage: true });
    expect(rewritten).toEqual(body);
  });

  test("streams as an array only where it streams", () => {
    const body = bytes(`{"contents":[]}`);
    expect(passthrough.readEnvelope(body, { model: "m", asArray: true })).toMatchObject({
      stream: false,
      asArray: false,
    });
    expect(passthrough.readEnvelope(body, { ...path, asArray: true })).toMatchObject({ asArray: true });
  });

  test.each([
    ["", "LK-2101", undefined],
    ["[]", "LK-2101", undefined],
    [`{"contents":[}`, "LK-2101", undefined],
    [`{"contents":[]`, "LK-2101", undefined],
    ["{}", "LK-2102", "contents"],
    [`{"contents":null}`, "LK-2102", "contents"],
    [`{"contents":"x"}`, "LK-2102", "contents"],
    [`{"contents":[],"contents":[]}`, "LK-2103", "contents"],
  ])("%p is refused with %s", (text, code, param) => {
    expect(() => passthrough.readEnvelope(bytes(text), path)).toThrow(
      expect.objectContaining({ code, param }),
    );
  });

  test("is translated for Vertex AI where it holds ids, which are not known there", () => {
    expect(passthrough.foreignTexts?.(flash)).not.toContain('"id"');
    expect(passthrough.foreignTexts?.(vertex)).toContain('"id"');
    const contents = [
      {
        role: "model",
        parts: [{ functionCall: { id: "x", name: "f", args: { id: 1 } }, thoughtSignature: "AAAA" }],
      },
      { role: "user", parts: [{ functionResponse: { id: "x", name: "f", response: { id: 2 } } }] },
    ];
    const { request } = gemini.ingress.parseRequest({ body: { contents }, model: "fast" });
    expect(egress.renderRequest(request, vertex).body["contents"]).toEqual([
      { role: "model", parts: [{ functionCall: { name: "f", args: { id: 1 } }, thoughtSignature: "AAAA" }] },
      { role: "user", parts: [{ functionResponse: { name: "f", response: { id: 2 } } }] },
    ]);
  });

  test("is translated where another vendor has thought or called, for Gemini to take it", () => {
    const content: AssistantPart[] = [
      { type: "reasoning", text: "hm", signature: { dialect: "anthropic-messages", value: "x" } },
      { type: "tool-call", id: "toolu_1", name: "f", arguments: "{}" },
      { type: "tool-call", id: "toolu_2", name: "f", arguments: "{}" },
    ];
    const texts = passthrough.foreignTexts?.(pro3) as readonly string[];
    for (const parts of [content, content.slice(1)]) {
      const choices = [{ index: 0, content: parts, finishReason: "tool-calls" }] as const;
      const answered = gemini.ingress.renderResponse({ id: "r", model: "m", choices }, context());
      const [candidate] = answered["candidates"] as readonly JsonObject[];
      const body = { contents: [candidate?.["content"] ?? null] };
      expect(texts.some((text) => JSON.stringify(body).includes(text))).toBe(true);
      const { request } = gemini.ingress.parseRequest({ body, model: "fast" });
      expect(request.messages[0]?.content as unknown).toEqual(parts);
      const [turn] = egress.renderRequest(request, pro3).body["contents"] as readonly {
        parts: readonly JsonObject[];
      }[];
      expect(turn?.parts.map((part) => part["thoughtSignature"])).toEqual([
        "skip_thought_signature_validator",
        undefined,
      ]);
    }
  });

  test("has its model in the path", () => {
    expect(() => passthrough.readEnvelope(bytes(`{"contents":[]}`), {})).toThrow(
      expect.objectContaining({ code: "LK-2102", param: "model" }),
    );
  });
});

describe("a whole answer that is passed on", () => {
  test.each(sampleNames(".json").filter((name) => !/array|error/.test(name)))(
    "%s has its usage tapped",
    (name) => {
      const { usage } = egress.parseResponse(answer(name), flash) ?? {};
      expect(passthrough.readAnswer(sample(name))).toEqual({ ok: true, usage });
      expect(passthrough.readTail(sample(name).slice(-600))).toEqual(usage);
    },
  );

  test.each(["error-429.json", "error-400.json"])("%s is none", (name) => {
    expect(passthrough.readAnswer(sample(name))).toEqual({ ok: false });
  });

  test("has the usage of the answer, wherever it stands and whatever else is called so", () => {
    const usage = `"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4}`;
    const wrong = `"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":7}`;
    for (const text of [
      `{"candidates":[],${usage}}`,
      `{${usage},"candidates":[]}`,
      ` {"candidates" : [],\n${usage} ,"x":{${wrong}}}`,
      `{"candidates":[{${wrong}}],${usage},"text":"\\"usageMetadata\\":{}"}`,
      `{${usage},"candidates":[{${wrong}}]}`,
      `{"promptFeedback":{},${usage}}`,
    ])
      expect(passthrough.readAnswer(bytes(text))).toMatchObject({ ok: true, usage: { input: 3, output: 4 } });
  });

  test.each([
    "",
    "<html>busy</html>",
    "{}",
    "[]",
    `{"candidates":{}}`,
    `{"candidates":[}`,
    `{"candidates":[]} x`,
  ])("%p is none", (text) => {
    expect(passthrough.readAnswer(bytes(text))).toEqual({ ok: false });
  });

  test("of any bytes never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.jsonValue(), (random, value) => {
        passthrough.readAnswer(random);
        passthrough.readTail(random);
        passthrough.readTail(bytes(`"usageMetadata":${JSON.stringify(value)}}`));
      }),
    );
  });
});

function run(pieces: readonly Uint8Array[], asArray = false) {
  const tap = passthrough.createTap(envelope(asArray));
  const out = [...pieces.map((piece) => tap.feed(piece)), tap.end()].filter((passed) => passed !== undefined);
  return {
    text: Buffer.concat(out).toString() + (tap.missingEnd ?? ""),
    usage: tap.usage,
    complete: tap.complete,
    error: tap.upstreamError,
    overlong: tap.overlong,
  };
}

describe("a stream that is passed on", () => {
  const streams = [
    ...sampleNames(".sse").map((name) => [name, false] as const),
    ...sampleNames(".array.json").map((name) => [name, true] as const),
  ];

  test.each(streams)("%s passes byte for byte and is understood as its translation is", (name, asArray) => {
    const body = sample(name);
    const events = decode([body]);
    const whole = run([body], asArray);
    const isComplete = events.at(-1)?.type === "end";
    const text = Buffer.from(body).toString();
    // Half an event is not passed.
    const passes = name === "cut-in-event.sse" ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
    if (!asArray || isComplete) expect(whole.text).toBe(passes);
    expect(whole.complete).toBe(isComplete);
    const usage = events.flatMap((event) => (event.type === "usage" ? [event.usage] : [])).at(-1);
    if (isComplete) expect(whole.usage).toEqual(usage);
    const failure = events.flatMap((event) => (event.type === "error" ? [event.error] : []))[0];
    expect(whole.error).toEqual(failure);
  });

  test.each(streams)("%s means the same wherever it is cut", (name, asArray) => {
    const body = sample(name);
    const whole = run([body], asArray);
    for (let cut = 0; cut <= body.length; cut++)
      expect(run([body.slice(0, cut), body.slice(cut)], asArray)).toEqual(whole);
    const single = Array.from(body, (byte) => Uint8Array.of(byte));
    expect(run(single, asArray)).toEqual(whole);
  });

  test.each(sampleNames(".sse").filter((name) => !/cut|error/.test(name)))(
    "%s becomes an array where the caller wants one and the vendor sends events",
    (name) => {
      const body = sample(name);
      const half = body.length >> 1;
      const { text, complete } = run([body.slice(0, half), body.slice(half)], true);
      expect(complete).toBe(true);
      const chunks = Buffer.from(body)
        .toString()
        .split("\r\n")
        .filter((line) => line.startsWith("data:"));
      expect(JSON.parse(text)).toEqual(chunks.map((line) => JSON.parse(line.slice(5))));
    },
  );

  test("tells usage as far as it has come", () => {
    const tap = passthrough.createTap(envelope(false));
    const chunk = (count: number): Uint8Array =>
      sse({
        candidates: [{ content: { parts: [{ text: "x" }] } }],
        usageMetadata: { promptTokenCount: 1, candidatesTokenCount: count },
      });
    tap.feed(chunk(1));
    tap.feed(chunk(2));
    expect(tap.usage?.output).toBe(2);
    tap.feed(bytes("\r\n"));
    tap.feed(sse({ usageMetadata: { trafficType: "ON_DEMAND" } }));
    expect(tap.usage?.output).toBe(2);
    tap.feed(Buffer.concat([chunk(3), chunk(4)]));
    expect(tap.usage?.output).toBe(4);
  });

  test("takes words in the text for nothing else", () => {
    const text = '"finishReason":"STOP" "error": {"message":"no"} "usageMetadata":{"promptTokenCount":9}';
    const chunk = { candidates: [{ content: { parts: [{ text }] }, index: 0 }] };
    expect(run([sse(chunk)])).toMatchObject({ complete: false, usage: undefined, error: undefined });
    const call = {
      candidates: [
        {
          content: {
            parts: [
              { functionCall: { name: "f", args: { error: { message: "no" }, finishReason: "STOP" } } },
            ],
          },
        },
      ],
    };
    expect(run([sse(call)])).toMatchObject({ complete: false, error: undefined });
  });

  test.each([
    ["text.sse", false],
    ["text.array.json", true],
    ["text.sse", true],
  ] as const)("of %s may fail anywhere, in its own form", (name, asArray) => {
    const body = sample(name);
    for (let cut = 0; cut < body.length; cut++) {
      const tap = passthrough.createTap(envelope(asArray));
      const passed = Buffer.from(tap.feed(body.slice(0, cut)) ?? new Uint8Array()).toString();
      const failed = passed + tap.fail(error);
      // Nothing can follow an array that has ended.
      if (asArray && passed.trimEnd().endsWith("]")) {
        expect(failed).toBe(passed);
        continue;
      }
      const last = asArray ? (JSON.parse(failed) as readonly JsonObject[]).at(-1) : lastEvent(failed);
      expect(last).toMatchObject({ error: { code: 502, status: "UNAVAILABLE", message: "Cut." } });
      expect(decode([Buffer.from(failed)]).at(-1)?.type).toBe("error");
    }
  });

  test("has a line without end noticed before it fills the memory", () => {
    const piece = new Uint8Array(8 * 1024 * 1024).fill(97);
    for (const asArray of [false, true]) {
      const tap = passthrough.createTap(envelope(asArray));
      tap.feed(bytes(asArray ? `[{"a":"` : "data: "));
      for (let index = 0; index < 7; index++) tap.feed(piece);
      expect(tap.overlong).toBe(false);
      tap.feed(piece);
      tap.feed(piece);
      expect(tap.overlong).toBe(true);
    }
  });

  test("of any lines passes as it is", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1 })), (pieces) => {
        const lines = [...pieces, bytes("\n")];
        const { text, complete } = run(lines);
        expect(text).toBe(Buffer.concat(lines).toString());
        expect(complete).toBe(false);
        expect(run(pieces, true).complete).toBe(false);
      }),
    );
  });

  test("has the text that its translation has", () => {
    expect(gather(decode([bytes(run([sample("text.sse")], true).text)])).text).toBe(
      'Grüße 👋🏽 from "Bern"\n',
    );
  });
});

function lastEvent(text: string): unknown {
  const event =
    text
      .trimEnd()
      .split(/\r\n\r\n/)
      .at(-1) ?? "";
  expect(event.startsWith("data: ")).toBe(true);
  return JSON.parse(event.slice(6));
}
