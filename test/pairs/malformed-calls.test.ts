import { describe, expect, test } from "bun:test";
import type { ChatDialectName } from "../../src/canonical/content.ts";
import type { StreamEvent } from "../../src/canonical/stream-event.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import { streamBytes, wholeText } from "./support/exact-answers.ts";
import { decodePieces, vendors } from "./support/translate.ts";
import { framed, traitsOf } from "./support/vendor-answers.ts";

/** A call's members on the wire: what is damaged, and how. */
type Damage = readonly [from: string, to: string];

const NAME: Damage = ['"name":"look"', '"name":5'];
const NAMELESS: Damage = ['"name":"look",', ""];
const NUMBER_ARGS: Damage = ['{"a":1}', "5"];

/** Ways in which a call of each vendor's can be damaged; the last one of some is the whole call's. */
const DAMAGES: Readonly<Record<ChatDialectName, readonly Damage[]>> = {
  "openai-chat": [
    NAME,
    NAMELESS,
    ['"name":"look"', '"name":null'],
    ['{"name":"look","arguments":"{\\"a\\":1}"}', "null"],
    ['"arguments":"{\\"a\\":1}"', '"arguments":[1]'],
  ],
  "openai-responses": [
    NAME,
    NAMELESS,
    ['"call_id":"c1",', ""],
    ['"arguments":"{\\"a\\":1}"', '"arguments":7'],
  ],
  "anthropic-messages": [NAME, NAMELESS, ['"id":"c1",', ""], NUMBER_ARGS],
  gemini: [
    NAME,
    NAMELESS,
    NUMBER_ARGS,
    ['{"name":"look","args":{"a":1}}', "5"],
    ['"name":"look"', '"name":[]'],
  ],
  "bedrock-converse": [NAME, ['"toolUseId":"c1",', ""], ['{"toolUseId":"c1","name":"look"', '{"x":1']],
  "cohere-chat": [NAME, NAMELESS, ['{"name":"look","arguments":"{\\"a\\":1}"}', "null"]],
  "ollama-chat": [NAME, NAMELESS, NUMBER_ARGS, ['{"name":"look","arguments":{"a":1}}', "[]"]],
};

const cases = vendors.flatMap(({ name, egress }) =>
  DAMAGES[name].map((damage) => [name, ...damage, egress] as const),
);

function ends(events: readonly StreamEvent[]): readonly string[] {
  return events.map(({ type }) => type).filter((type) => type === "end" || type === "error");
}

describe("a call of a tool", () => {
  test.each(cases)("of %s with %s as %s is no answer", (name, from, to, egress) => {
    const good = wholeText(name, '{"a":1}');
    const traits = traitsOf(name);
    expect(egress.parseResponse(JSON.parse(good) as JsonObject, traits)).toBeDefined();
    expect(good).toContain(from);
    const bad = JSON.parse(good.replace(from, to)) as JsonObject;
    expect(egress.parseResponse(bad, traits)).toBeUndefined();
  });

  test.each(cases)("of %s with %s as %s is no end of a stream", (name, from, to) => {
    if (name === "bedrock-converse") return expectBedrock(from, to);
    const answer = { dialect: name, traits: traitsOf(name) };
    const good = Buffer.from(streamBytes(name, '{"a":1}')).toString();
    expect(ends(decodePieces(answer, [Buffer.from(good)]))).toEqual(["end"]);
    expect(good).toContain(from);
    expect(ends(decodePieces(answer, [Buffer.from(good.replace(from, to))]))).toEqual(["error"]);
  });
});

const METADATA = '{"metadata":{"usage":{"inputTokens":1,"outputTokens":1}}}';

/** Frames have lengths and checks of their own. */
function expectBedrock(from: string, to: string): void {
  const start =
    '{"contentBlockStart":{"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"c1","name":"look"}}}}';
  const stop = [
    '{"contentBlockStop":{"contentBlockIndex":0}}',
    '{"messageStop":{"stopReason":"tool_use"}}',
    METADATA,
  ];
  const answer = { dialect: "bedrock-converse", traits: traitsOf("bedrock-converse") } as const;
  expect(ends(decodePieces(answer, [framed("bedrock-converse", [start, ...stop])]))).toEqual(["end"]);
  expect(start).toContain(from);
  const bad = framed("bedrock-converse", [start.replace(from, to), ...stop]);
  expect(ends(decodePieces(answer, [bad]))).toEqual(["error"]);
}

describe("a stream", () => {
  const sse = (...events: readonly string[]): Uint8Array =>
    Buffer.from(events.map((event) => `data: ${event}\n\n`).join(""));
  const chat = (delta: string, reason = "null"): string =>
    `{"choices":[{"index":0,"delta":${delta},"finish_reason":${reason}}]}`;
  const CHAT_END = [chat("{}", '"tool_calls"'), "[DONE]"];

  test.each<[string, ChatDialectName, Uint8Array]>([
    [
      "whose tool call gets arguments and never a name",
      "openai-chat",
      sse(chat('{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}'), ...CHAT_END),
    ],
    ["whose tool calls are a text", "openai-chat", sse(chat('{"tool_calls":"look()"}'), ...CHAT_END)],
    ["whose tool call is a number", "openai-chat", sse(chat('{"tool_calls":[5]}'), ...CHAT_END)],
    [
      "whose call was begun without a name and not ended",
      "openai-responses",
      sse(
        '{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","call_id":"c1"}}',
        '{"type":"response.completed","response":{"status":"completed","output":[]}}',
      ),
    ],
    [
      "whose arguments belong to no call",
      "openai-responses",
      sse(
        '{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{}"}',
        '{"type":"response.completed","response":{"status":"completed","output":[]}}',
      ),
    ],
    [
      "whose pieces of arguments belong to no call",
      "gemini",
      sse('{"candidates":[{"content":{"parts":[{"functionCall":{"args":{"a":1}}}]},"finishReason":"STOP"}]}'),
    ],
    [
      "whose arguments belong to no call",
      "cohere-chat",
      sse(
        '{"type":"message-start","id":"a1"}',
        '{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{}"}}}}}',
        '{"type":"message-end","delta":{"finish_reason":"TOOL_CALL"}}',
      ),
    ],
    [
      "whose input belongs to no call",
      "bedrock-converse",
      framed("bedrock-converse", [
        '{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"toolUse":{"input":"{}"}}}}',
        '{"messageStop":{"stopReason":"tool_use"}}',
      ]),
    ],
  ])("%s fails (%s)", (_what, dialect, bytes) => {
    expect(ends(decodePieces({ dialect, traits: traitsOf(dialect) }, [bytes]))).toEqual(["error"]);
  });

  test.each<[string, ChatDialectName, Uint8Array]>([
    [
      "with an empty list of calls, an empty object in its place, or a piece that says nothing",
      "openai-chat",
      sse(
        chat('{"content":"a","tool_calls":[]}'),
        chat('{"content":"b","tool_calls":{}}'),
        chat('{"content":"c","tool_calls":null}'),
        chat('{"tool_calls":[{"index":0,"function":{"arguments":""}}]}'),
        chat("{}", '"stop"'),
        "[DONE]",
      ),
    ],
    [
      "with an empty call after the end of one",
      "gemini",
      sse(
        '{"candidates":[{"content":{"parts":[{"functionCall":{"name":"look","args":{}}}]}}]}',
        '{"candidates":[{"content":{"parts":[{"functionCall":{}}]},"finishReason":"STOP"}]}',
      ),
    ],
    [
      "whose tool the vendor uses itself",
      "bedrock-converse",
      framed("bedrock-converse", [
        '{"contentBlockStart":{"contentBlockIndex":0,"start":{"toolUse":{"type":"server_tool_use"}}}}',
        '{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"toolUse":{"input":"{}"}}}}',
        '{"contentBlockDelta":{"contentBlockIndex":1,"delta":{"text":"Hi"}}}',
        '{"messageStop":{"stopReason":"end_turn"}}',
        METADATA,
      ]),
    ],
  ])("%s ends (%s)", (_what, dialect, bytes) => {
    expect(ends(decodePieces({ dialect, traits: traitsOf(dialect) }, [bytes]))).toEqual(["end"]);
  });
});
