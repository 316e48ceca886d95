import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import type { ToolChoice } from "../../../src/canonical/tool.ts";
import { changedDialect } from "../../../src/dialects/emulation/changed-dialect.ts";
import { ollamaChat } from "../../../src/dialects/ollama-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { collectStream } from "../../support/collect-stream.ts";

const traits = { upstreamModel: "qwen3:8b" };
const folder = resolve(import.meta.dir, "../../wire/ollama-chat");
const weather = {
  type: "function",
  name: "weather",
  description: "Tells the weather",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
} as const;
const clock = { type: "function", name: "clock" } as const;
const noArguments = { type: "object", properties: {} };
const required: ToolChoice = { type: "required" };

function render(changes: Partial<ChatRequest>) {
  const messages = [{ role: "user", content: [{ type: "text", text: "Hello" }] }] as const;
  return ollamaChat.egress.renderRequest({ model: "fast", stream: false, messages, ...changes }, traits);
}

/** Ollama's dialect with the answers to a request that forces one of these tools. */
function answersTo(tools: ChatRequest["tools"]) {
  const { change } = render({ ...(tools && { tools }), toolChoice: required });
  if (change === undefined) throw new Error("nothing is forced");
  return changedDialect(ollamaChat, change, () => {}).egress;
}

function whole(tools: ChatRequest["tools"], body: JsonObject): ChatResponse | undefined {
  return answersTo(tools).parseResponse(body, traits);
}

function streamed(tools: ChatRequest["tools"], pieces: readonly Uint8Array[]): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = answersTo(tools).decodeStream(traits, (event) => events.push(event));
  for (const piece of pieces) decoder.push(piece);
  decoder.close();
  return events;
}

const sample = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(resolve(folder, name)));
const jsonSample = (name: string): JsonObject =>
  JSON.parse(new TextDecoder().decode(sample(name))) as JsonObject;
const lines = (...chunks: readonly JsonObject[]): Uint8Array =>
  Buffer.from(chunks.map((chunk) => `${JSON.stringify(chunk)}\n`).join(""));
const says = (content: string): JsonObject => ({ message: { role: "assistant", content }, done: false });
const done = (reason = "stop"): JsonObject => ({ message: { content: "" }, done: true, done_reason: reason });

describe("a tool that has to be used", () => {
  test("is asked for by the form of its arguments, and it alone is offered", () => {
    const { body, losses } = render({
      tools: [clock, weather],
      toolChoice: { type: "tool", name: "weather" },
      parallelToolCalls: false,
      stop: ["}"],
      responseFormat: { type: "json-schema", schema: { type: "object" } },
    });
    expect(losses).toEqual([]);
    const { name, description, parameters } = weather;
    expect(body).toMatchObject({
      tools: [{ type: "function", function: { name, description, parameters } }],
      format: parameters,
    });
    expect(body).not.toHaveProperty("options");
    expect(render({ tools: [clock], toolChoice: required }).body["format"]).toEqual(noArguments);
  });

  test("is one of several by its name", () => {
    const { body, losses } = render({ tools: [weather, clock], toolChoice: required });
    expect(losses).toEqual([]);
    const call = (name: string, parameters: JsonObject): JsonObject => ({
      type: "object",
      properties: { name: { const: name }, arguments: parameters },
      required: ["name", "arguments"],
      additionalProperties: false,
    });
    expect(body["format"]).toEqual({
      anyOf: [call("weather", weather.parameters), call("clock", noArguments)],
    });
    expect(body["tools"]).toHaveLength(2);
    const narrowed = render({
      tools: [weather, clock],
      toolChoice: { type: "required", allowed: ["clock"] },
    });
    expect(narrowed.body["format"]).toEqual(noArguments);
  });

  test("is refused where Ollama cannot be told which one is meant", () => {
    const tree = { ...clock, name: "tree", parameters: { $ref: "#/$defs/node", $defs: { node: {} } } };
    const refused = (changes: Partial<ChatRequest>) =>
      render(changes).losses.map(({ path, isHarmless }) => [path, isHarmless]);
    const choice = [[{ field: "toolChoice" }, false]];
    expect(refused({ tools: [weather, tree], toolChoice: required })).toEqual(choice as never);
    expect(refused({ tools: [tree], toolChoice: required })).toEqual([]);
    expect(refused({ tools: [weather], toolChoice: { type: "tool", name: "clock" } })).toEqual(
      choice as never,
    );
    expect(refused({ tools: [weather], toolChoice: { type: "required", allowed: [] } })).toEqual(
      choice as never,
    );
  });
});

describe("the answer that is the call", () => {
  test("whole, of one tool", () => {
    const response = whole([weather], jsonSample("forced-tool.json"));
    expect(response?.choices[0]).toEqual({
      index: 0,
      content: [
        {
          type: "tool-call",
          id: `${response?.id}_0`,
          name: "weather",
          arguments: '{"city": "Zürich", "days": 2}',
        },
      ],
      finishReason: "tool-calls",
    });
    expect(response?.usage).toMatchObject({ input: 120, output: 14 });
  });

  test("whole, of one of several", () => {
    const response = whole([weather, clock], jsonSample("forced-one-of-tools.json"));
    expect(response?.choices[0]).toMatchObject({
      content: [{ type: "tool-call", name: "clock", arguments: '{"zone":"CET"}' }],
      finishReason: "tool-calls",
    });
  });

  test.each([
    ["forced-tool.jsonl", [weather], ["reasoning", "tool-call"], '{"city": "Zürich"}'],
    ["forced-one-of-tools.jsonl", [weather, clock], ["tool-call"], '{"zone":"CET"}'],
  ] as const)("streamed in %s, wherever it is cut", (name, tools, kinds, given) => {
    const bytes = sample(name);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { id, choices, usage } = collectStream(
        streamed(tools, [bytes.subarray(0, cut), bytes.subarray(cut)]),
      );
      const [choice] = choices;
      expect(choice?.content.map(({ type }) => type)).toEqual([...kinds]);
      expect(choice?.content.at(-1)).toMatchObject({ id: `${id}_0`, arguments: given });
      expect(choice?.finishReason).toBe("tool-calls");
      expect(usage?.output).toBe(tools.length === 1 ? 14 : 18);
    }
  });

  test("of one tool comes piece by piece", () => {
    const deltas = streamed([weather], [sample("forced-tool.jsonl")]).filter(({ type }) => type === "delta");
    expect(deltas.length).toBe(4);
  });

  test("may be cut by the limit of tokens: then it is what was written", () => {
    const cutShort = { message: { content: '{"city": "Zü' }, done: true, done_reason: "length" };
    expect(whole([weather], cutShort)?.choices[0]).toMatchObject({
      content: [{ type: "tool-call", name: "weather", arguments: '{"city": "Zü' }],
      finishReason: "length",
    });
    expect(
      collectStream(streamed([weather], [lines(says('{"city": "Zü'), done("length"))])).choices[0],
    ).toMatchObject({
      content: [{ type: "tool-call", name: "weather", arguments: '{"city": "Zü' }],
      finishReason: "length",
    });
    // Nobody can tell which tool it would have been.
    const unclear = { message: { content: '{"name": "wea' }, done: true, done_reason: "length" };
    expect(whole([weather, clock], unclear)?.choices[0]).toMatchObject({
      content: [],
      finishReason: "length",
    });
    expect(
      collectStream(streamed([weather, clock], [lines(says('{"name": "wea'), done("length"))])).choices[0],
    ).toMatchObject({ content: [], finishReason: "length" });
  });

  test("stays what it is where the server has called the tool itself, or has not kept the form", () => {
    const call = { function: { name: "weather", arguments: { city: "Bern" } } };
    const called = { message: { role: "assistant", content: "", tool_calls: [call] } };
    const expected = { content: [{ type: "tool-call", name: "weather", arguments: '{"city":"Bern"}' }] };
    expect(whole([weather], { ...called, done: true })?.choices[0]).toMatchObject(expected);
    // White space before a call is nothing.
    const mixed = lines(says("  "), { ...called, done: false }, says("Done."), done());
    expect(collectStream(streamed([weather], [mixed])).choices[0]).toMatchObject({
      content: [...expected.content, { type: "text", text: "Done." }],
      finishReason: "tool-calls",
    });
    expect(whole([weather], { message: { content: "I won't." }, done: true })?.choices[0]).toEqual({
      index: 0,
      content: [{ type: "text", text: "I won't." }],
      finishReason: "stop",
    });
    const text = collectStream(streamed([weather], [lines(says(" I"), says(" won't."), done())]));
    expect(text.choices[0]).toMatchObject({
      content: [{ type: "text", text: " I won't." }],
      finishReason: "stop",
    });
  });

  test("that breaks off has no end", () => {
    const events = streamed([weather, clock], [lines(says('{"name": "weather", "arguments": {}}'))]);
    expect(events.map(({ type }) => type)).toEqual(["start"]);
  });
});
