import { expect, test } from "bun:test";
import type { ChatDialectName } from "../../src/canonical/content.ts";
import type { CallerDialectName, TargetTraits } from "../../src/dialects/dialect.ts";
import { callerDialects, chatDialects } from "../../src/dialects/registry.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import type { JudgedLosses } from "../../src/runtime/exchange/judge-losses.ts";
import { Translation } from "../../src/runtime/exchange/translation.ts";
import { traitsOf } from "./support/vendor-answers.ts";

/** A target: its dialect, and the provider where it has departures of its own. */
type Target = readonly [dialect: ChatDialectName, provider?: string];

interface Told extends JudgedLosses {
  readonly body: JsonObject;
  readonly isEmulated: boolean;
}

const chat = { messages: [{ role: "user", content: "x" }] };
const claude = { ...chat, max_tokens: 3_000 };

/** What becomes of a caller's request. @throws LatchkeyError where it is refused */
function tell(
  caller: CallerDialectName,
  body: JsonObject,
  [name, provider]: Target,
  traits: Partial<TargetTraits> = {},
): Told {
  const read = () => ({ body: { model: "fast", ...body }, model: "fast" });
  const translation = new Translation(callerDialects[caller], read);
  const dialect = chatDialects[name];
  if (dialect === undefined) throw new Error(`${name} is not spoken`);
  const way = { dialect, traits: { ...traitsOf(name, provider), ...traits } };
  const { body: bytes, lost, change } = translation.render("p/m", way as never);
  return { body: JSON.parse(Buffer.from(bytes).toString()), ...lost, isEmulated: change !== undefined };
}

test("a limit that is too low for OpenAI's Responses API is the lowest that it takes, and named", () => {
  const told = tell("openai-chat", { ...chat, max_tokens: 5 }, ["openai-responses"]);
  expect(told).toMatchObject({ body: { max_output_tokens: 16 }, changed: ["max_tokens"] });
  const enough = tell("openai-chat", { ...chat, max_tokens: 16 }, ["openai-responses"]);
  expect(enough).toMatchObject({ body: { max_output_tokens: 16 }, changed: [] });
});

test("a limit beyond what Claude writes is named as changed", () => {
  const asked = { ...chat, max_completion_tokens: 1_000_000 };
  const told = tell("openai-chat", asked, ["anthropic-messages"], { maxOutputTokens: 64_000 });
  expect(told).toMatchObject({ body: { max_tokens: 64_000 }, changed: ["max_completion_tokens"] });
});

test.each<[Target, number, (body: JsonObject) => unknown]>([
  [["openai-chat"], 4, ({ stop }) => stop],
  [["openai-chat", "groq"], 4, ({ stop }) => stop],
  [["openai-chat", "deepseek"], 16, ({ stop }) => stop],
  [["gemini"], 5, ({ generationConfig }) => (generationConfig as JsonObject)["stopSequences"]],
  [["cohere-chat"], 5, ({ stop_sequences }) => stop_sequences],
])(
  "%j is told as many stop texts as it takes, and the gateway looks for the rest",
  (target, most, stopsIn) => {
    const stops = Array.from({ length: most + 1 }, (_, index) => `<${index}>`);
    const asked = (stop_sequences: string[]) =>
      tell("anthropic-messages", { ...claude, stop_sequences }, target);
    const more = asked(stops);
    expect([stopsIn(more.body), more.isEmulated, more.dropped]).toEqual([stops.slice(0, most), true, []]);
    const enough = asked(stops.slice(0, most));
    expect([stopsIn(enough.body), enough.isEmulated]).toEqual([stops.slice(0, most), false]);
  },
);

test.each<[Target]>([[["gemini"]], [["bedrock-converse"]], [["anthropic-messages"]]])(
  "instructions in the middle of a conversation that move to the beginning for %j are named",
  (target) => {
    const [user, assistant] = [
      { role: "user", content: "x" },
      { role: "assistant", content: "y" },
    ];
    const late = { role: "system", content: "Be brief." };
    const first = { role: "system", content: "Be kind." };
    const { changed } = tell("openai-chat", { messages: [first, user, assistant, user, late, user] }, target);
    expect(changed).toEqual(["messages[4]"]);
    expect(tell("openai-chat", { messages: [first, late, user] }, target).changed).toEqual([]);
  },
);

test.each<[Target]>([[["openai-chat", "groq"]], [["openai-chat", "openai-compatible"]], [["ollama-chat"]]])(
  "a number of tokens for thinking that %j is not told is named",
  (target) => {
    const asked = (thinking: JsonObject) =>
      tell("anthropic-messages", { ...claude, thinking }, target).changed;
    expect(asked({ type: "enabled", budget_tokens: 2_000 })).toEqual(["thinking"]);
    expect(asked({ type: "disabled" })).toEqual([]);
  },
);

test("a number of tokens for thinking that is told is no change", () => {
  const thinking = { type: "enabled", budget_tokens: 2_000 };
  const { body, changed } = tell("anthropic-messages", { ...claude, thinking }, ["openai-chat", "alibaba"]);
  expect([body["thinking_budget"], changed]).toEqual([2_000, []]);
});

const user = { role: "user", content: "x" };
const marked = { cache_control: { type: "ephemeral" } };

test.each<[Target]>([
  [["openai-chat"]],
  [["openai-responses"]],
  [["gemini"]],
  [["cohere-chat"]],
  [["ollama-chat"]],
])("marks of what is to be cached are named themselves where %j cannot be told them", (target) => {
  const system = [{ type: "text", text: "s", ...marked }];
  const tools = [{ name: "f", input_schema: { type: "object" }, ...marked }];
  const asked = tell("anthropic-messages", { ...claude, system, tools }, target);
  expect(asked.dropped.toSorted()).toEqual(["system[0].cache_control", "tools[0].cache_control"]);
});

const redacted = { type: "redacted_thinking", data: "RED" };
test.each<[Target]>([
  [["openai-chat"]],
  [["openai-chat", "mistral"]],
  [["openai-chat", "openai-compatible"]],
  [["openai-responses"]],
  [["gemini"]],
  [["cohere-chat"]],
  [["ollama-chat"]],
])("sealed thinking of another vendor is named by its own place (%j)", (target) => {
  const messages = [user, { role: "assistant", content: [redacted, { type: "text", text: "a" }] }, user];
  expect(tell("anthropic-messages", { ...claude, messages }, target).dropped).toEqual([
    "messages[1].content[0]",
  ]);
});

test.each<[Target]>([[["openai-chat"]], [["gemini"]], [["bedrock-converse"]], [["ollama-chat"]]])(
  "citations of an earlier text that %j is not told are named",
  (target) => {
    const citations = [
      { type: "char_location", cited_text: "z", document_index: 0, start_char_index: 0, end_char_index: 1 },
    ];
    const messages = [user, { role: "assistant", content: [{ type: "text", text: "a", citations }] }, user];
    const { dropped } = tell("anthropic-messages", { ...claude, messages }, target);
    expect(dropped).toEqual(["messages[1].content[0].citations"]);
  },
);

test.each<[Target]>([
  [["anthropic-messages"]],
  [["gemini"]],
  [["bedrock-converse"]],
  [["cohere-chat"]],
  [["ollama-chat"]],
  [["openai-responses"]],
])("members that ask for nothing are nothing to %j", (target) => {
  const nothing = {
    logit_bias: {},
    metadata: {},
    stop: null,
    tools: null,
    logprobs: false,
    stream_options: null,
  };
  expect(tell("openai-chat", { ...chat, ...nothing }, target)).toMatchObject({ dropped: [], changed: [] });
});

test.each<[Target]>([[["anthropic-messages"]], [["gemini"]], [["bedrock-converse"]]])(
  "messages without words are left out for %j, and named",
  (target) => {
    const messages = [user, { role: "assistant", content: "" }, user, { role: "user", content: "" }];
    const { dropped, changed } = tell("openai-chat", { messages }, target);
    expect([...dropped, ...changed].toSorted()).toEqual(["messages[1]", "messages[3]"]);
  },
);

test("a turn of the user's without words is told to Bedrock as that", () => {
  const messages = [user, { role: "assistant", content: "a" }, { role: "user", content: "" }];
  const { body, changed } = tell("openai-chat", { messages }, ["bedrock-converse"]);
  expect((body["messages"] as JsonObject[]).at(-1)).toEqual({
    role: "user",
    content: [{ text: "(The user says nothing.)" }],
  });
  expect(changed).toEqual(["messages[2]"]);
});

test("members inside of a request of Messages that nobody knows are named, and others are not", () => {
  const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" } };
  const told = { id: "msg_1", type: "message", model: "m", stop_reason: "end_turn", usage: {} };
  const asked = (foo: JsonObject) =>
    tell(
      "anthropic-messages",
      {
        ...claude,
        system: [{ type: "text", text: "s", ...foo }],
        messages: [
          { ...user, ...foo },
          { role: "assistant", content: [{ type: "text", text: "a", citations: null, ...foo }], ...told },
          {
            role: "user",
            content: [
              { type: "text", text: "x" },
              { ...image, ...foo },
            ],
          },
        ],
        tools: [{ name: "f", input_schema: { type: "object" }, defer_loading: false, ...foo }],
        thinking: { type: "disabled", block_binding: null, ...foo },
      },
      ["openai-chat"],
    ).dropped.toSorted();
  expect(asked({ foo: 1 })).toEqual([
    "messages[0].foo",
    "messages[1].content[0].foo",
    "messages[2].content[1].foo",
    "system[0].foo",
    "thinking.foo",
    "tools[0].foo",
  ]);
  expect(asked({ foo: null })).toEqual([]);
});

test("members inside of a request of Responses that nobody knows are named, and others are not", () => {
  const asked = (foo: JsonObject) =>
    tell(
      "openai-responses",
      {
        input: [
          { role: "user", content: [{ type: "input_text", text: "x", ...foo }], ...foo },
          {
            type: "message",
            id: "msg_1",
            status: "completed",
            role: "assistant",
            content: [{ type: "output_text", text: "a", annotations: [], logprobs: [], ...foo }],
          },
          { type: "function_call", call_id: "c", name: "f", arguments: "{}", status: "completed", ...foo },
          { type: "function_call_output", call_id: "c", output: "r", ...foo },
        ],
        tools: [{ type: "function", name: "f", parameters: { type: "object" }, ...foo }],
      },
      ["anthropic-messages"],
    ).dropped.toSorted();
  expect(asked({ foo: 1 })).toEqual([
    "input[0].content[0].foo",
    "input[0].foo",
    "input[1].content[0].foo",
    "input[2].foo",
    "input[3].foo",
    "tools[0].foo",
  ]);
  expect(asked({})).toEqual([]);
});

test("members of a Chat Completions function that nobody knows are named", () => {
  const tools = [{ type: "function", function: { name: "f", strict: null, bar: 1 } }];
  const { dropped } = tell("openai-chat", { ...chat, tools }, ["anthropic-messages"]);
  expect(dropped).toEqual(["tools[0].function.bar"]);
});

test("Gemini's thought signatures go to Google's own Chat Completions alone", () => {
  const part = { functionCall: { name: "f", args: {} }, thoughtSignature: "U0lH" };
  const contents = [
    { role: "user", parts: [{ text: "x" }] },
    { role: "model", parts: [part] },
    { role: "user", parts: [{ functionResponse: { name: "f", response: { r: 1 } } }] },
  ];
  const told = (traits: Partial<TargetTraits>) =>
    JSON.stringify(tell("gemini", { contents }, ["openai-chat", "openai-compatible"], traits).body);
  expect(told({})).not.toContain("U0lH");
  expect(told({ quirks: { extraContent: true } })).toContain("U0lH");
});
