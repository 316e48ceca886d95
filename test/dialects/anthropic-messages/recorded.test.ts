import { describe, expect, test } from "bun:test";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import { tokenCounting } from "../../../src/dialects/anthropic-messages/token-counting.ts";
import type { AnswerContext } from "../../../src/dialects/dialect.ts";
import { isJsonObject, type JsonObject } from "../../../src/kernel/json.ts";
import { claude, decodeMessages } from "../../support/anthropic-samples.ts";
import { collectStream } from "../../support/collect-stream.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";

const { egress, ingress, passthrough } = anthropicMessages;
const context: AnswerContext = {
  request: { model: "fast", stream: false, messages: [] },
  model: "fast",
  requestId: "req_1",
  nowS: 0,
};

const exchanges = recordedExchanges("messages").filter(({ url }) => url?.includes("count_tokens") !== true);
const textOf = ({ body }: RecordedExchange): string => Buffer.from(body).toString();
const jsonOf = (exchange: RecordedExchange): JsonObject | undefined => {
  if (exchange.lines !== undefined || !textOf(exchange).startsWith("{")) return undefined;
  return JSON.parse(textOf(exchange)) as JsonObject;
};
/** A stream's bytes; those that were kept line by line get their frames back. */
const streamOf = (exchange: RecordedExchange): Uint8Array | undefined => {
  const { lines, body } = exchange;
  if (lines === undefined) return textOf(exchange).startsWith("event:") ? body : undefined;
  const frames = lines.map((line) => `event: ${(JSON.parse(line) as JsonObject)["type"]}\ndata: ${line}\n\n`);
  return Buffer.from(frames.join(""));
};
const named = <T>(read: (exchange: RecordedExchange) => T | undefined) =>
  exchanges.flatMap((exchange) => {
    const value = read(exchange);
    return value === undefined ? [] : [[exchange.name, value] as const];
  });
/** What has to survive every translation. */
const essence = ({ choices, usage }: ChatResponse) => ({ choices, usage });
const blocksOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonObject[]).filter(isJsonObject) : [];

describe("recorded whole answers", () => {
  const answers = named((exchange) => {
    const value = jsonOf(exchange);
    return value?.["type"] === "message" ? value : undefined;
  });
  test.each(answers)("%s", (_name, answer) => {
    const response = egress.parseResponse(answer, claude);
    if (response === undefined) throw new Error("it was not understood");
    const [choice] = response.choices;
    const usage = answer["usage"] as Record<string, number | null>;
    const cached = (usage["cache_read_input_tokens"] ?? 0) + (usage["cache_creation_input_tokens"] ?? 0);
    expect(response.usage).toMatchObject({
      input: (usage["input_tokens"] ?? 0) + cached,
      output: usage["output_tokens"] as number,
    });
    const blocks = blocksOf(answer["content"]);
    expect(choice?.content.filter(({ type }) => type !== "refusal")).toHaveLength(blocks.length);
    // A caller is told what the vendor has said, block by block.
    const told = ingress.renderResponse(response, context);
    for (const [index, block] of blocksOf(told["content"]).entries())
      if (blocks[index] !== undefined) expect(block).toMatchObject(withoutNulls(blocks[index]));
    if (blocks.length > 0) expect(told["stop_reason"]).toBe(answer["stop_reason"]);
    const again = egress.parseResponse(told, claude);
    expect(essence(again as ChatResponse).usage).toEqual(response.usage);
    // What the model has said goes back to it as it came.
    const messages = [
      { role: "user", content: [{ type: "text", text: "Hi" }] },
      { role: "assistant", content: choice?.content ?? [] },
      { role: "user", content: [{ type: "text", text: "Go on" }] },
    ] as const;
    const sent = egress.renderRequest({ model: "fast", stream: false, messages }, claude);
    const returned = blocksOf(blocksOf(sent.body["messages"])[1]?.["content"]);
    const sayable = blocks.filter(({ type, text }) => type !== "text" || String(text).trim() !== "");
    if (blocks.length > 0) expect(returned.map(withoutNulls)).toEqual(sayable.map(withoutNulls));
    expect(passthrough.readAnswer(Buffer.from(JSON.stringify(answer)))).toEqual({
      ok: true,
      usage: response.usage,
    });
  });
});

/** Members without those that say nothing: null, no citations, a tool called by the model itself. */
function withoutNulls(block: JsonObject): JsonObject {
  const entries = Object.entries(block).filter(
    ([name, value]) =>
      value !== null &&
      !(name === "citations" && Array.isArray(value) && value.length === 0) &&
      !(name === "caller" && block["type"] === "tool_use" && (value as JsonObject)["type"] === "direct"),
  );
  return Object.fromEntries(entries) as JsonObject;
}

describe("recorded streams", () => {
  const streams = named(streamOf);
  /** One is made of two, the first of which was cut. */
  const isBroken = (name: string): boolean => name.includes("spliced");

  test.each(streams.filter(([name]) => !isBroken(name)))("%s", (_name, bytes) => {
    const events = decodeMessages(bytes);
    const response = collectStream(events);
    expect(response.usage?.output).toBeGreaterThan(0);
    const half = bytes.length >> 1;
    expect(decodeMessages(bytes.subarray(0, half), bytes.subarray(half))).toEqual(events as never);
    const encoder = ingress.encodeStream(context);
    const told = events.map((event) => encoder.encode(event)).join("");
    if (!events.some((event) => event.type === "part-start" && event.content.type === "refusal"))
      expect(essence(collectStream(decodeMessages(told)))).toEqual(essence(response));
    const envelope = passthrough.readEnvelope(Buffer.from('{"model":"a","messages":[]}'), {});
    const tap = passthrough.createTap(envelope);
    const passed = [tap.feed(bytes.subarray(0, half)), tap.feed(bytes.subarray(half)), tap.end()];
    expect(Buffer.concat(passed.filter((piece) => piece !== undefined))).toEqual(Buffer.from(bytes));
    expect([tap.complete, tap.usage, tap.upstreamError]).toEqual([true, response.usage, undefined]);
  });

  test.each(streams.filter(([, bytes]) => bytes.length < 6000))(
    "%s is the same wherever it is cut",
    (_name, bytes) => {
      const whole = JSON.stringify(decodeMessages(bytes));
      for (let cut = 1; cut < bytes.length; cut++)
        expect(JSON.stringify(decodeMessages(bytes.subarray(0, cut), bytes.subarray(cut)))).toBe(whole);
    },
  );

  test.each(streams.filter(([name]) => isBroken(name)))("%s is not taken for whole", (_name, bytes) => {
    expect(decodeMessages(bytes).at(-1)).toMatchObject({ type: "error" });
  });
});

describe("recorded requests", () => {
  const requests = named(({ request }) => {
    if (!isJsonObject(request) || request["max_tokens"] === undefined) return undefined;
    return Array.isArray(request["messages"]) ? (request as JsonObject) : undefined;
  });
  test.each(requests)("%s", (_name, body) => {
    const { request, losses } = ingress.parseRequest({ body });
    const rendered = egress.renderRequest(request, { upstreamModel: String(body["model"]) });
    // Nothing is lost without a word: what is not told is named.
    const lost = [...losses, ...rendered.losses].filter(({ isHarmless }) => !isHarmless);
    const unknown = ["container", "mcp_servers", "context_management"].filter((name) => name in body);
    expect(lost.map(({ path }) => path).filter((path) => !unknown.includes(String(path)))).toEqual([]);
    const blocks = (value: unknown): readonly JsonObject[] =>
      blocksOf(value).flatMap(({ content }): readonly JsonObject[] =>
        typeof content === "string" ? [{ type: "text", text: content }] : blocksOf(content),
      );
    const kinds = (list: readonly JsonObject[]) =>
      list
        .filter(({ type, text }) => type !== "text" || String(text).trim() !== "")
        .map(({ type, id, tool_use_id, name, text, thinking, data, signature }) => ({
          ...{ type, id, tool_use_id, name, thinking, data, signature },
          text: typeof text === "string" ? text.trimEnd() : undefined,
        }));
    const hasMoved = rendered.losses.some(({ reason }) => reason.startsWith("moves"));
    if (!hasMoved) expect(kinds(blocks(rendered.body["messages"]))).toEqual(kinds(blocks(body["messages"])));
    expect(blocksOf(rendered.body["tools"]).map(({ name, type }) => name ?? type)).toEqual(
      blocksOf(body["tools"]).map(({ name, type }) => name ?? type),
    );
  });
});

describe("recorded errors", () => {
  const errors = exchanges.filter(({ status }) => status >= 400);
  test.each(errors.map((exchange) => [exchange.name, exchange] as const))("%s", (_name, { status, body }) => {
    const error = egress.parseError(status, body);
    expect(error.message.length).toBeGreaterThan(3);
    const kinds = { 400: "invalid-request", 401: "authentication", 404: "not-found" };
    expect(error.kind).toBe(kinds[status as keyof typeof kinds] as never);
  });
});

describe("recorded counts", () => {
  const counts = recordedExchanges("messages.count_tokens").filter(
    ({ url, status }) => status === 200 && url?.includes("count_tokens") === true,
  );
  test.each(counts.map((exchange) => [exchange.name, exchange] as const))("%s", (_name, exchange) => {
    expect(tokenCounting.parseResponse(jsonOf(exchange) ?? {})).toBeGreaterThan(0);
    const { request } = tokenCounting.parseRequest({ body: exchange.request as JsonObject });
    expect(request.messages.length).toBeGreaterThan(0);
  });
});
