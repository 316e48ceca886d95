import { describe, expect, test } from "bun:test";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import { isJsonObject, type JsonObject } from "../../../src/kernel/json.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";
import { ask, context, decode, encode, flash, gather, pro3, sentParts } from "./support/samples.ts";

const { egress, ingress, passthrough } = gemini;
const all = recordedExchanges("generateContent", "streamGenerateContent");
const named = (list: readonly RecordedExchange[]) =>
  list.map((exchange) => [exchange.name, exchange] as const);
const is = ({ url }: RecordedExchange, method: string): boolean => url?.includes(`:${method}`) === true;

const whole = all.filter(
  (exchange) =>
    exchange.status === 200 &&
    exchange.lines === undefined &&
    (exchange.url === undefined || is(exchange, "generateContent")),
);
const streams = all.filter(
  (exchange) =>
    exchange.lines !== undefined || (exchange.status === 200 && is(exchange, "streamGenerateContent")),
);
const requests = all.filter(
  (exchange) =>
    isJsonObject(exchange.request) &&
    (is(exchange, "generateContent") || is(exchange, "streamGenerateContent")),
);

function bytesOf({ lines, body }: RecordedExchange): Uint8Array {
  return lines === undefined ? body : Buffer.from(lines.map((line) => `data: ${line}\r\n\r\n`).join(""));
}

/** What was said, told from the bytes alone. */
function said(parts: readonly JsonObject[]) {
  const words = (isThought: boolean): string =>
    parts
      .map((part) =>
        typeof part["text"] === "string" && (part["thought"] === true) === isThought ? part["text"] : "",
      )
      .join("");
  const own = parts.filter(
    (part) => part["executableCode"] === undefined && part["codeExecutionResult"] === undefined,
  );
  return {
    text: words(false),
    thoughts: words(true),
    signatures: own.flatMap((part) => part["thoughtSignature"] ?? []) as string[],
    names: parts.flatMap(
      (part) => ((part["functionCall"] as JsonObject | undefined)?.["name"] as string | undefined) ?? [],
    ),
  };
}

describe("recorded answers", () => {
  test.each(named(whole))("%s", (_name, { body }) => {
    const value: JsonObject = JSON.parse(Buffer.from(body).toString());
    const response = egress.parseResponse(value, flash);
    if (response === undefined) throw new Error("no answer");
    const [choice] = response.choices;
    const parts = sentParts(value);
    const expected = said(parts);
    const content = choice?.content ?? [];
    expect(content.map((part) => (part.type === "text" ? part.text : "")).join("")).toBe(expected.text);
    expect(content.map((part) => (part.type === "reasoning" ? part.text : "")).join("")).toBe(
      expected.thoughts,
    );
    const calls = content.flatMap((part) => (part.type === "tool-call" ? [part] : []));
    expect(calls.map(({ name }) => name)).toEqual(expected.names);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
    if (calls.length > 0 && choice?.finishReason !== "length")
      expect(choice?.finishReason).toBe("tool-calls");
    const usage = (value["usageMetadata"] ?? {}) as Readonly<Record<string, number>>;
    const { totalTokenCount = 0 } = usage;
    expect((response.usage?.input ?? 0) + (response.usage?.output ?? 0)).toBe(totalTokenCount);
    expect(passthrough.readAnswer(body)).toEqual({ ok: true, usage: response.usage });
    // What the model has said goes back as it came.
    const back = egress.renderRequest(ask({ messages: [{ role: "assistant", content }] }), flash).body;
    const [turn] = back["contents"] as readonly { parts: readonly JsonObject[] }[];
    const returned = turn?.parts ?? [];
    for (const part of parts.filter((sent) => sent["thoughtSignature"] !== undefined)) {
      const { functionCall, ...others } = part;
      const { id: _, ...called } = (functionCall ?? {}) as JsonObject;
      expect(returned).toContainEqual(
        functionCall === undefined ? others : { ...others, functionCall: called },
      );
    }
    // And to a caller of the same dialect.
    const again = egress.parseResponse(
      ingress.renderResponse(response, context({ model: response.model })),
      flash,
    );
    expect(again?.choices).toEqual(response.choices);
    expect(again?.usage?.output).toBe(response.usage?.output as number);
    expect(again?.promptBlocked).toBe(response.promptBlocked as string);
  });
});

describe("recorded streams", () => {
  test.each(named(streams))("%s", (_name, exchange) => {
    const bytes = bytesOf(exchange);
    const chunks: readonly JsonObject[] = Buffer.from(bytes)
      .toString()
      .split(/\r?\n/)
      .flatMap((line) => (line.startsWith("data:") ? [JSON.parse(line.slice(5))] : []));
    const expected = said(chunks.flatMap(sentParts));
    const events = decode([bytes]);
    const found = gather(events);
    expect(events.at(-1)).toEqual({ type: "end" });
    expect(found.text).toBe(expected.text);
    expect(found.thoughts).toBe(expected.thoughts);
    expect(found.signatures).toEqual(expected.signatures);
    expect(found.calls.map(({ name }) => name)).toEqual(expected.names);
    const usage = events.flatMap((event) => (event.type === "usage" ? [event.usage] : [])).at(-1);
    const last = (chunks.at(-1)?.["usageMetadata"] ?? {}) as Readonly<Record<string, number>>;
    expect((usage?.input ?? 0) + (usage?.output ?? 0)).toBe(last["totalTokenCount"] ?? 0);
    // Wherever it is cut, to a caller, and passed on.
    const step = bytes.length < 4_000 ? 1 : Math.ceil(bytes.length / 50);
    for (let cut = 0; cut < bytes.length; cut += step)
      expect(decode([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(events);
    expect(gather(decode([Buffer.from(encode(events))]))).toEqual(found);
    expect(gather(decode([Buffer.from(encode(events, true))]))).toEqual(found);
    const tap = passthrough.createTap({ body: bytes, model: "m", stream: true });
    const passed = [tap.feed(bytes), tap.end()].filter((piece) => piece !== undefined);
    expect(Buffer.concat(passed).equals(bytes)).toBe(true);
    expect(tap.complete).toBe(true);
    expect(tap.usage).toEqual(usage);
  });
});

describe("recorded requests", () => {
  test.each(named(requests))("%s", (_name, { request }) => {
    const body = request as JsonObject;
    const parsed = ingress.parseRequest({ body, model: "fast", stream: false });
    expect(parsed.request.messages.length).toBeGreaterThan(0);
    passthrough.readEnvelope(Buffer.from(JSON.stringify(body)), { model: "fast" });
    for (const traits of [flash, pro3]) {
      const rendered = egress.renderRequest(parsed.request, traits).body;
      // The tool that stands in for a structured answer is reserved.
      if (JSON.stringify(rendered).includes("latchkey_answer")) continue;
      const again = ingress.parseRequest({ body: rendered, model: "fast", stream: false }).request;
      expect(egress.renderRequest(again, traits).body).toEqual(rendered);
    }
  });
});

describe("recorded errors", () => {
  const errors = all.filter(({ status, url }) => status >= 400 && url?.includes(":") === true);
  test.each(named(errors))("%s", (_name, { status, body }) => {
    const { error } = JSON.parse(
      Buffer.from(body)
        .toString()
        .replace(/^data:/, ""),
    );
    expect(egress.parseError(status, body)).toMatchObject({ message: error.message, code: error.status });
    expect(passthrough.readAnswer(body)).toEqual({ ok: false });
  });
});
