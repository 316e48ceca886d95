import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import type { TargetTraits } from "../../../src/dialects/dialect.ts";
import type { StreamTap } from "../../../src/dialects/passthrough.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { messagesSample, messagesSampleNames } from "../../support/anthropic-samples.ts";

const { passthrough, ingress } = anthropicMessages;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (given: Uint8Array | undefined): string => new TextDecoder().decode(given);
const rewrite = { modelJson: bytes('"claude-x"'), askForUsage: true };
const forward = (body: string): string =>
  text(passthrough.rewrite(passthrough.readEnvelope(bytes(body), {}), rewrite));
const refusal = (body: string): LatchkeyError => {
  try {
    passthrough.readEnvelope(bytes(body), {});
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return thrown;
    throw thrown;
  }
  throw new Error("it was taken");
};

describe("a request that is passed on", () => {
  test("is read for its model and whether it streams", () => {
    const envelope = passthrough.readEnvelope(
      bytes('{"stream":true,"messages":[],"model":"f\\u0061st"}'),
      {},
    );
    expect(envelope).toMatchObject({ model: "fast", stream: true });
    expect(passthrough.readEnvelope(bytes('{"messages":[],"model":"fast","stream":null}'), {}).stream).toBe(
      false,
    );
  });

  test("is the same byte by byte but for the model's name", () => {
    const body = (model: string): string =>
      `{ "x-new" : 1.0e2,\r\n "model":${model} ,"messages":[{"role":"user","content":"\\u00e9 é \\"model\\":\\"a\\""}] , "max_tokens": 1 }\n`;
    expect(forward(body('"fast"'))).toBe(body('"claude-x"'));
  });

  test("is the same for whatever else it holds", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((name) => !NAMES.has(name)),
          fc.jsonValue(),
        ),
        fc.string(),
        (rest, content) => {
          const body = (model: string): string =>
            `{"messages":${JSON.stringify([{ role: "user", content }])},"model":${model},"rest":${JSON.stringify(rest)}}`;
          expect(forward(body('"fast"'))).toBe(body('"claude-x"'));
        },
      ),
    );
  });

  test.each([
    ["", "LK-2101", undefined],
    ["{", "LK-2101", undefined],
    ["[]", "LK-2101", undefined],
    ['{"messages":[]}', "LK-2102", "model"],
    ['{"model":"","messages":[]}', "LK-2102", "model"],
    ['{"model":7,"messages":[]}', "LK-2102", "model"],
    ['{"model":"a"}', "LK-2102", "messages"],
    ['{"model":"a","messages":{}}', "LK-2102", "messages"],
    ['{"model":"a","messages":[],"stream":1}', "LK-2102", "stream"],
    ['{"model":"a","model":"b","messages":[]}', "LK-2103", "model"],
  ])("is refused where it is %p", (body, code, param) => {
    expect(refusal(body)).toMatchObject({ code, param });
  });

  test("is translated where it holds thinking of other vendors, which Anthropic would refuse", () => {
    const content = [
      { type: "reasoning", text: "Theirs.", signature: { dialect: "gemini", value: "s" } },
      { type: "reasoning", text: "", redacted: { dialect: "bedrock-converse", value: "r" } },
      { type: "reasoning", text: "Nobody's." },
      { type: "text", text: "Hi", citations: [{ url: "https://x.example/" }] },
      { type: "text", text: "Hi", signature: { dialect: "gemini", value: "s" } },
    ] as const;
    const context = {
      request: { model: "fast", messages: [], stream: false },
      model: "fast",
      requestId: "req_1",
      nowS: 0,
    };
    for (const part of content) {
      const choices = [{ index: 0, content: [part], finishReason: "stop" }] as const;
      const told = JSON.stringify(ingress.renderResponse({ id: "x", model: "m", choices }, context));
      expect(isForeign({ upstreamModel: "claude-opus-4-8" }, told)).toBe(true);
    }
    const own = { type: "thinking", thinking: "Own.", signature: "sig" };
    expect(isForeign({ upstreamModel: "claude-opus-4-8" }, JSON.stringify(own))).toBe(false);
  });

  test.each([
    ["claude-opus-4-8", { temperature: 0.2 }, true],
    ["claude-opus-4-8", { top_p: 0.9 }, true],
    ["claude-opus-4-8", { temperature: 1 }, false],
    ["claude-opus-4-8", { thinking: { type: "enabled", budget_tokens: 2000 } }, true],
    ["claude-opus-4-8", { thinking: { type: "adaptive" } }, false],
    [
      "claude-opus-4-8",
      { tools: [{ input_schema: { properties: { temperature: { type: "number" } } } }] },
      false,
    ],
    ["claude-sonnet-4-5", { thinking: { type: "adaptive" } }, true],
    ["claude-sonnet-4-5", { temperature: 0.2, thinking: { type: "enabled", budget_tokens: 2000 } }, false],
    ["claude-sonnet-4-5", { output_config: { format: { type: "json_schema", schema: {} } } }, false],
    ["claude-sonnet-4-20250514", { output_config: { format: { type: "json_schema", schema: {} } } }, true],
    ["claude-sonnet-4-20250514", { tools: [{ name: "x", strict: true }] }, true],
  ] as const)(
    "for %s is translated where it could not be taken as it is: %j",
    (upstreamModel, body, foreign) => {
      expect(isForeign({ upstreamModel }, JSON.stringify(body))).toBe(foreign);
      expect(isForeign({ upstreamModel }, JSON.stringify(body, undefined, 1))).toBe(foreign);
    },
  );

  test("is always translated for Vertex AI, which names the model in the path", () => {
    expect(passthrough.foreignTexts?.({ upstreamModel: "claude-x", quirks: { host: "vertex" } })).toBe("all");
  });
});

function isForeign(traits: TargetTraits, body: string): boolean {
  const texts = passthrough.foreignTexts?.(traits) ?? [];
  return texts === "all" || texts.some((given) => body.includes(given));
}

const NAMES: ReadonlySet<string> = new Set(["model", "messages", "stream"]);

describe("a whole answer that is passed on", () => {
  const whole = messagesSampleNames(".json");
  test.each(whole.filter((name) => !name.startsWith("error-")))("is tapped for usage: %s", (name) => {
    const body = messagesSample(`${name}.json`);
    const answer = passthrough.readAnswer(body);
    const parsed = anthropicMessages.egress.parseResponse(JSON.parse(text(body)), { upstreamModel: "m" });
    expect(answer).toEqual({ ok: true, usage: parsed?.usage });
    expect(passthrough.readTail(body.subarray(10))).toEqual(parsed?.usage);
  });

  test.each([
    ...whole.filter((name) => name.startsWith("error-")).map((name) => text(messagesSample(`${name}.json`))),
    "",
    "<html>",
    "[]",
    '{"type":"message"}',
    '{"type":"message","content":[],"usage":',
    '{"content":[],"usage":{"input_tokens":1}}',
  ])("is none where it is %p", (body) => {
    expect(passthrough.readAnswer(bytes(body))).toEqual({ ok: false });
  });

  test("may lack usage, or be cut where it stood", () => {
    expect(passthrough.readAnswer(bytes('{"type":"message","content":[]}'))).toEqual({
      ok: true,
      usage: undefined,
    });
    expect(passthrough.readTail(bytes('"usage":{"input_tok'))).toBeUndefined();
    expect(passthrough.readTail(bytes('tail without it"}'))).toBeUndefined();
  });

  test("never makes the tap throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (body) => {
        passthrough.readAnswer(body);
        passthrough.readTail(body);
      }),
    );
  });
});

const envelope = passthrough.readEnvelope(bytes('{"model":"a","messages":[],"stream":true}'), {});
const tapOf = (pieces: readonly Uint8Array[]): { readonly tap: StreamTap; readonly passed: string } => {
  const tap = passthrough.createTap(envelope);
  const passed = pieces.map((piece) => tap.feed(piece));
  passed.push(tap.end());
  return { tap, passed: text(Buffer.concat(passed.filter((piece) => piece !== undefined))) };
};

/** Half an event at the end is not passed, its name included. */
const wholeEvents = (stream: string): string => stream.replace(/(?:event: \w+\n)?data: [^\n]*[^}\n]$/, "");

describe("a stream that is passed on", () => {
  test.each(messagesSampleNames(".sse"))("is the same byte by byte, wherever it is cut: %s", (name) => {
    const sample = messagesSample(`${name}.sse`);
    const whole = tapOf([sample]).tap;
    for (let cut = 0; cut < sample.length; cut += 3) {
      const { tap, passed } = tapOf([sample.subarray(0, cut), sample.subarray(cut)]);
      expect(passed).toBe(wholeEvents(text(sample)));
      expect([tap.usage, tap.complete, tap.upstreamError]).toEqual([
        whole.usage,
        whole.complete,
        whole.upstreamError,
      ]);
    }
  });

  test.each([
    ["text", { input: 12, output: 9 }, true],
    ["crlf", { input: 12, output: 9 }, true],
    ["cache-usage", { input: 1304, output: 7, cacheRead: 1000, cacheWrite: 300, cacheWriteHour: 200 }, true],
    ["server-tools", { input: 512, output: 60 }, true],
    ["cut-before-stop", { input: 12, output: 9 }, false],
    ["cut-after-text", { input: 12, output: 1 }, false],
    ["cut-in-line", { input: 12, output: 1 }, false],
  ] as const)("tells its usage and whether it is whole: %s", (name, usage, complete) => {
    const { tap } = tapOf([messagesSample(`${name}.sse`)]);
    expect(tap.usage).toMatchObject(usage);
    expect(tap.complete).toBe(complete);
  });

  test("is given no end that it lacks", () => {
    for (const name of ["cut-before-stop", "text", "cut-after-text"])
      expect(tapOf([messagesSample(`${name}.sse`)]).tap.missingEnd).toBeUndefined();
  });

  test("tells the vendor's words where it has failed", () => {
    const { tap } = tapOf([messagesSample("error-inside.sse")]);
    expect(tap).toMatchObject({
      upstreamError: { kind: "overloaded", code: "overloaded_error", message: "Overloaded" },
      complete: false,
      missingEnd: undefined,
    });
    const umlaut = 'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"Übel"}}\n\n';
    expect(tapOf([bytes(umlaut)]).tap.upstreamError?.message).toBe("Übel");
    expect(tapOf([bytes('data: {"type":"error"}\n')]).tap.upstreamError).toMatchObject({
      kind: "server",
      message: "unknown error",
    });
  });

  test("does not take words of the model's for the vendor's", () => {
    const said = JSON.stringify({
      type: "content_block_delta",
      index: 0,
      delta: {
        type: "text_delta",
        text: 'data: {"type":"message_stop"} {"type":"error","error":{"message":"x"}}',
      },
    });
    const { tap } = tapOf([
      messagesSample("cut-in-block.sse"),
      bytes(`event: content_block_delta\ndata: ${said}\n\n`),
    ]);
    expect(tap).toMatchObject({ complete: false, upstreamError: undefined });
  });

  test("ends in an error of the gateway's that stands as an event of its own", () => {
    const error = { status: 504, code: "LK-3005", message: "It stopped.", kind: "timeout" } as const;
    const event = `event: error\ndata: ${JSON.stringify(ingress.renderError(error))}\n\n`;
    expect(tapOf([messagesSample("cut-in-block.sse")]).tap.fail(error)).toBe(event);
    const half = passthrough.createTap(envelope);
    expect(text(half.feed(bytes("event: ping\ndata: {}\nevent: ")))).toBe("event: ping\ndata: {}\n");
    expect(half.fail(error)).toBe(`\n\n${event}`);
  });

  test("is not held where a line has no end", () => {
    const tap = passthrough.createTap(envelope);
    const piece = new Uint8Array(1024 * 1024).fill(0x61);
    for (let count = 0; count < 9; count++) expect(tap.feed(piece)).toBeUndefined();
    expect(tap.overlong).toBe(true);
  });

  test("never makes the tap throw, and passes whatever lines come", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (pieces) => {
        const end = Buffer.from(":\n");
        const { tap, passed } = tapOf([...pieces, end]);
        expect(passed).toBe(text(Buffer.concat([...pieces, end])));
        expect(tap.complete).toBe(false);
      }),
    );
  });
});
