import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { Json } from "../../../src/kernel/json.ts";
import { jsonSample, sample, wireEvents } from "./support/responses.ts";

const { passthrough } = openaiResponses;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const words = (value: Uint8Array): string => new TextDecoder().decode(value);
const toOther = { modelJson: bytes(`"gpt-5.6-mini"`), askForUsage: true };

describe("the envelope of a request", () => {
  const read = (text: string) => passthrough.readEnvelope(bytes(text), {});

  test("says what routing and state need", () => {
    expect(read(`{"model":"fast","input":"Hi"}`)).toMatchObject({
      model: "fast",
      stream: false,
      store: true,
      previousResponseId: undefined,
      hasOwnItems: false,
      mayName: false,
    });
    expect(
      read(`{ "stream" : true, "store":false, "mod\\u0065l":"fast", "previous_response_id" : "resp_1" }`),
    ).toMatchObject({ model: "fast", stream: true, store: false, previousResponseId: "resp_1" });
    expect(read(`{"model":"m","stream":null,"store":null,"previous_response_id":null}`)).toMatchObject({
      stream: false,
      store: true,
      previousResponseId: undefined,
    });
    expect(read(`{"model":"m","input":[{"type":"item_reference","id":"msg_lk_1_0"}]}`)).toMatchObject({
      hasOwnItems: true,
      mayName: true,
    });
  });

  test.each([
    ["", "LK-2101", undefined],
    ["[]", "LK-2101", undefined],
    [`{"model":"m"`, "LK-2101", undefined],
    [`{"input":"x"}`, "LK-2102", "model"],
    [`{"model":1}`, "LK-2102", "model"],
    [`{"model":""}`, "LK-2102", "model"],
    [`{"model":"m","stream":"yes"}`, "LK-2102", "stream"],
    [`{"model":"m","store":1}`, "LK-2102", "store"],
    [`{"model":"m","previous_response_id":1}`, "LK-2102", "previous_response_id"],
    [`{"model":"m","model":"n"}`, "LK-2103", "model"],
  ] as const)("refuses %p", (text, code, param) => {
    expect(() => read(text)).toThrow(LatchkeyError);
    try {
      read(text);
    } catch (error) {
      expect(error).toMatchObject({ code, param });
    }
  });

  test("is read or refused whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.json().map(bytes)), (body) => {
        try {
          expect(passthrough.readEnvelope(body, {}).model).not.toBe("");
        } catch (error) {
          expect(error).toBeInstanceOf(LatchkeyError);
        }
      }),
    );
  });
});

describe("a request that is passed on", () => {
  const rewrite = (body: string): string =>
    words(passthrough.rewrite(passthrough.readEnvelope(bytes(body), {}), toOther));

  test("differs in the model's name and in nothing else", () => {
    const before = `{ "new_member" : [1.0, {"a":null}],\n  "model"  :"fast", "stream":true, "input": "Grüße \\u00fc" }`;
    expect(rewrite(before)).toBe(before.replace(`"fast"`, `"gpt-5.6-mini"`));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
        const { model: _, stream: _s, store: _t, previous_response_id: _p, ...rest } = members;
        const body = JSON.stringify({ ...rest, model: "fast", input: "x" });
        expect(rewrite(body)).toBe(JSON.stringify({ ...rest, model: "gpt-5.6-mini", input: "x" }));
      }),
    );
  });

  test("has no items that the gateway has made of another vendor's answer", () => {
    const items: readonly Json[] = [
      { role: "user", content: "Say rs_lk_ and lk1." },
      { type: "reasoning", id: "rs_lk_1_0", summary: [], encrypted_content: "lk1.s.gemini.x" },
      { type: "reasoning", id: "rs_lk_1_1", summary: [{ type: "summary_text", text: "Hm" }] },
      { type: "reasoning", id: "rs_vendor", summary: [], encrypted_content: "gAAAA" },
      {
        type: "message",
        id: "msg_lk_1_2",
        role: "assistant",
        content: [{ type: "output_text", text: "Hi" }],
      },
      { type: "function_call", id: "fc_lk_1_3", call_id: "c", name: "f", arguments: "{}" },
      { type: "image_generation_call", id: "ig_lk_1_4", result: "iVBORw==" },
      { type: "item_reference", id: "msg_lk_9_9" },
    ];
    expect(JSON.parse(rewrite(JSON.stringify({ model: "fast", input: items, top_p: 1 })))).toEqual({
      model: "gpt-5.6-mini",
      input: [
        { role: "user", content: "Say rs_lk_ and lk1." },
        { type: "reasoning", id: "rs_vendor", summary: [], encrypted_content: "gAAAA" },
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hi" }] },
        { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
        { type: "item_reference", id: "msg_lk_9_9" },
      ],
      top_p: 1,
    });
  });

  test("that only speaks of such things is passed on byte for byte", () => {
    const body = `{"model":"fast", "input" : [ {"role":"user","content":"what is rs_lk_1?"} ]}`;
    expect(rewrite(body)).toBe(body.replace(`"fast"`, `"gpt-5.6-mini"`));
  });
});

describe("a request that a server would not take as it is", () => {
  const texts = (traits: object) => passthrough.foreignTexts?.({ upstreamModel: "m", ...traits });

  test("is found by its texts", () => {
    expect(texts({})).toEqual([]);
    expect(texts({ lacks: ["json-schema"] })).toEqual(['"json_schema"']);
    const quirks = { less: "verbosity endUser maxOutputTokens", endUser: "user", developerRole: false };
    expect(texts({ quirks })).toEqual([
      '"verbosity":',
      '"safety_identifier":',
      '"max_output_tokens":',
      '"user":',
      '"role":"developer"',
      '"role": "developer"',
    ]);
  });
});

describe("a whole answer that is passed on", () => {
  const usage = { input: 25, output: 9, cacheRead: 16, cacheWrite: 0, reasoning: 0 };
  test.each([
    ["as OpenAI writes it", JSON.stringify(jsonSample("text.json"))],
    ["with spaces", words(sample("text.json"))],
    ["with its usage first", JSON.stringify({ usage: jsonSample("text.json")["usage"], output: [] })],
    [
      "with another thing of that name after it",
      JSON.stringify({ ...jsonSample("text.json"), metadata: { usage: "none" } }),
    ],
  ])("%s tells its usage", (_name, body) => {
    expect(passthrough.readAnswer(bytes(body))).toEqual({ ok: true, usage });
  });

  test("may have none", () => {
    expect(passthrough.readAnswer(bytes(`{"output":[],"usage":null}`))).toEqual({
      ok: true,
      usage: undefined,
    });
  });

  test.each(["", "<html>", "[]", `{"output":"x"}`, `{"error":{"message":"no"}}`, `{"output":[`])(
    "is not %p",
    (body) => {
      expect(passthrough.readAnswer(bytes(body))).toEqual({ ok: false });
    },
  );

  test("tells its usage at its end, where it is too large to be held", () => {
    const body = sample("text.json");
    expect(passthrough.readTail(body.subarray(-400))).toEqual(usage);
    expect(passthrough.readTail(body.subarray(-20))).toBeUndefined();
  });

  test("of any bytes never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (body) => {
        expect(passthrough.readAnswer(body)).toEqual({ ok: false });
        expect(passthrough.readTail(body)).toBeUndefined();
      }),
    );
  });
});

describe("a stream that is passed on", () => {
  const envelope = passthrough.readEnvelope(bytes(`{"model":"m","stream":true}`), {});
  const pass = (pieces: readonly Uint8Array[]) => {
    const tap = passthrough.createTap(envelope);
    const passed = pieces.map((piece) => tap.feed(piece) ?? new Uint8Array());
    return { tap, fed: words(Buffer.concat(passed)), rest: words(tap.end() ?? new Uint8Array()) };
  };
  const names = ["text", "crlf", "tools", "citations", "incomplete", "only-completed"] as const;

  test.each(names)("%s is the same byte for byte wherever it is cut, with its usage", (name) => {
    const stream = sample(`${name}.sse`);
    const { tap: whole } = pass([stream]);
    expect(whole).toMatchObject({
      complete: true,
      upstreamError: undefined,
      missingEnd: undefined,
      overlong: false,
    });
    expect(whole.usage?.input).toBeGreaterThan(0);
    for (let cut = 1; cut < stream.length; cut += 3) {
      const { tap, fed, rest } = pass([stream.subarray(0, cut), stream.subarray(cut)]);
      expect(fed + rest).toBe(words(stream));
      expect(tap.usage).toEqual(whole.usage);
      expect(tap.complete).toBe(true);
    }
    const { tap, fed, rest } = pass([...stream].map((byte) => Uint8Array.of(byte)));
    expect([fed + rest, tap.usage]).toEqual([words(stream), whole.usage]);
  });

  test("passes in whole events, and no half of one at its end", () => {
    const stream = sample("text.sse");
    const cut = stream.subarray(0, stream.length - 700);
    const { fed, rest } = pass([cut]);
    expect(fed.endsWith("\n\n")).toBe(true);
    expect(words(cut)).toStartWith(fed);
    expect([rest, words(cut).slice(fed.length)]).toEqual(["", expect.stringMatching(/^event: .*[^}\n]$/s)]);
  });

  test("is not complete where it was cut", () => {
    const { tap } = pass([sample("cut.sse")]);
    expect(tap).toMatchObject({ complete: false, usage: undefined });
  });

  test.each([
    ["failed.sse", "server", "The server had an error while processing your request."],
    ["error-inside.sse", "rate-limit", "Rate limit reached on tokens per min."],
    ["error-flat.sse", "server", "The server failed."],
  ])("tells of the vendor's failure in %s", (name, kind, message) => {
    const { tap } = pass([sample(name)]);
    expect(tap).toMatchObject({ complete: false, upstreamError: { kind, message } });
  });

  test("is not mistaken where a text speaks of such events", () => {
    const delta = { type: "response.output_text.delta", delta: `{"type":"response.completed"} "error"` };
    const { tap } = pass([bytes(`data: ${JSON.stringify(delta)}\n\n`)]);
    expect(tap).toMatchObject({ complete: false, upstreamError: undefined });
    const nested = { type: "response.output_item.done", item: { type: "error", x: ["response.failed"] } };
    expect(pass([bytes(`data: ${JSON.stringify(nested)}\n\n`)]).tap.upstreamError).toBeUndefined();
  });

  test("ends with an error that has the next number", () => {
    const error = { status: 504, code: "LK-3005", message: "idle", kind: "timeout" } as const;
    const stream = sample("text.sse");
    const { tap, fed } = pass([stream.subarray(0, 2_500)]);
    const numbers = wireEvents(fed).map(({ sequence_number: number }) => Number(number));
    expect(wireEvents(tap.fail(error))).toMatchObject([
      {
        type: "error",
        sequence_number: Math.max(...numbers) + 1,
        code: "LK-3005",
        error: { message: "idle" },
      },
    ]);
    const quiet = passthrough.createTap(envelope);
    quiet.feed(bytes(": ping\n\n"));
    expect(wireEvents(quiet.fail(error))).toMatchObject([{ sequence_number: 0 }]);
  });

  test("keeps the number through comments", () => {
    const tap = passthrough.createTap(envelope);
    tap.feed(bytes(`data: {"type":"response.created","sequence_number":7}\n\n`));
    tap.feed(bytes(": ping\n\n"));
    const text = tap.fail({ status: 502, code: "LK-3008", message: "cut", kind: "server" });
    expect(wireEvents(text)).toMatchObject([{ sequence_number: 8 }]);
  });

  test("whose event never ends is told", () => {
    const tap = passthrough.createTap(envelope);
    const piece = new Uint8Array(1024 * 1024).fill(0x61);
    for (let index = 0; index < 9; index++) tap.feed(piece);
    expect(tap.overlong).toBe(true);
  });
});
