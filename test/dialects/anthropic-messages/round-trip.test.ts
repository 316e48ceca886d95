import { expect, test } from "bun:test";
import fc from "fast-check";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const { egress, ingress } = anthropicMessages;
/** Takes instructions in the middle, has structured outputs and adaptive thinking. */
const newest = { upstreamModel: "claude-opus-4-8" };
/** Takes a budget, sampling parameters and a beginning of the answer. */
const older = { upstreamModel: "claude-sonnet-4-5", quirks: { effort: true } };

const words = fc.string({ minLength: 1, maxLength: 12 }).map((text) => `w${text}w`);
const id = fc.stringMatching(/^toolu_[A-Za-z0-9]{1,8}$/);
const base64 = fc
  .uint8Array({ minLength: 1, maxLength: 9 })
  .map((bytes) => Buffer.from(bytes).toString("base64"));
const cache_control = fc.constantFrom(
  { type: "ephemeral" },
  { type: "ephemeral", ttl: "5m" },
  { type: "ephemeral", ttl: "1h" },
);
/** An object with the given members, and perhaps with those that may be left out. */
const some = (
  required: object,
  perhaps: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<JsonObject> =>
  fc.record(perhaps, { requiredKeys: [] }).map((given) => ({ ...required, ...given }) as JsonObject);
const with_ = (
  members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  perhaps: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
) => fc.record(members).chain((required) => some(required, perhaps));

const text = with_({ type: fc.constant("text"), text: words }, { cache_control });
const imageSource = fc.oneof(
  fc.record({
    type: fc.constant("base64"),
    media_type: fc.constantFrom("image/png", "image/webp"),
    data: base64,
  }),
  fc.record({ type: fc.constant("url"), url: fc.webUrl() }),
  fc.record({ type: fc.constant("file"), file_id: words }),
);
const image = with_({ type: fc.constant("image"), source: imageSource }, { cache_control });
const documentSource = fc.oneof(
  fc.record({ type: fc.constant("base64"), media_type: fc.constant("application/pdf"), data: base64 }),
  fc.record({ type: fc.constant("text"), media_type: fc.constant("text/plain"), data: words }),
  fc.record({ type: fc.constant("url"), url: fc.webUrl() }),
  fc.record({
    type: fc.constant("content"),
    content: fc.array(fc.record({ type: fc.constant("text"), text: words }), { minLength: 1, maxLength: 3 }),
  }),
);
const document = with_(
  { type: fc.constant("document"), source: documentSource },
  { title: words, context: words, citations: fc.record({ enabled: fc.boolean() }), cache_control },
);
const searchResult = with_({
  type: fc.constant("search_result"),
  source: words,
  title: words,
  content: fc.array(fc.record({ type: fc.constant("text"), text: words }), { maxLength: 2 }),
});
const result = with_(
  { type: fc.constant("tool_result"), tool_use_id: id },
  {
    content: fc.array(fc.oneof(text, image, document, searchResult), { minLength: 1, maxLength: 3 }),
    is_error: fc.boolean(),
    cache_control,
  },
);
const citation = fc.record({
  type: fc.constant("char_location"),
  cited_text: words,
  document_index: fc.nat(3),
  document_title: fc.option(words),
  start_char_index: fc.nat(9),
  end_char_index: fc.nat(9),
});
const answerBlock = fc.oneof(
  with_(
    { type: fc.constant("text"), text: words },
    { citations: fc.array(citation, { minLength: 1, maxLength: 2 }), cache_control },
  ),
  fc.record({ type: fc.constant("thinking"), thinking: fc.string(), signature: base64 }),
  fc.record({ type: fc.constant("redacted_thinking"), data: base64 }),
  with_(
    { type: fc.constant("tool_use"), id, name: words, input: fc.dictionary(words, fc.jsonValue()) },
    { cache_control },
  ),
  fc.record({
    type: fc.constant("server_tool_use"),
    id: words,
    name: fc.constant("web_search"),
    input: fc.dictionary(words, words),
  }),
);
/** Results first, as Anthropic wants them. */
const userTurn = fc
  .tuple(
    fc.array(result, { maxLength: 2 }),
    fc.array(fc.oneof(text, image, document, searchResult), { minLength: 1, maxLength: 3 }),
  )
  .map(([results, others]) => ({ role: "user", content: [...results, ...others] }));
const systemTurn = fc
  .array(text, { minLength: 1, maxLength: 2 })
  .map((content) => ({ role: "system", content }));
const assistantTurn = fc
  .array(answerBlock, { minLength: 1, maxLength: 4 })
  .map((content) => ({ role: "assistant", content }));
const exchange = (hasSystem: boolean) =>
  fc
    .tuple(userTurn, fc.option(systemTurn), assistantTurn)
    .map(([user, system, answer]) =>
      hasSystem && system !== null ? [user, system, answer] : [user, answer],
    );
const conversation = (hasSystem: boolean) =>
  fc
    .tuple(fc.array(exchange(hasSystem), { maxLength: 3 }), userTurn)
    .map(([exchanges, last]) => [...exchanges.flat(), last]);

const schema = fc.constantFrom(
  { type: "object", properties: {}, additionalProperties: false },
  {
    type: "object",
    properties: { a: { type: "string", enum: ["x"] } },
    required: ["a"],
    additionalProperties: false,
  },
);
const tool = fc.oneof(
  with_({ name: words, input_schema: schema }, { description: words, strict: fc.boolean(), cache_control }),
  fc.record({
    type: fc.constant("web_search_20250305"),
    name: fc.constant("web_search"),
    max_uses: fc.nat(5),
  }),
);
const single = { disable_parallel_tool_use: fc.constant(true) };
const toolChoice = fc.oneof(some({ type: "auto" }, single), fc.constant({ type: "none" }));
const forcedChoice = fc.oneof(some({ type: "any" }, single), some({ type: "tool", name: "x" }, single));
const format = schema.map((value) => ({ type: "json_schema", schema: value }));
const common = {
  system: fc.array(text, { minLength: 1, maxLength: 2 }),
  stop_sequences: fc.array(words, { minLength: 1, maxLength: 2 }),
  metadata: fc.record({ user_id: words }),
  service_tier: fc.constantFrom("auto", "standard_only"),
  stream: fc.constant(true),
};
const tools = fc.array(tool, { minLength: 1, maxLength: 3 });
const effort = fc.constantFrom("low", "medium", "high", "xhigh", "max");

const newestBody = with_(
  {
    model: fc.constant(newest.upstreamModel),
    max_tokens: fc.integer({ min: 1, max: 9999 }),
    messages: conversation(true),
  },
  {
    ...common,
    thinking: fc.oneof(
      fc.constant({ type: "disabled" }),
      some({ type: "adaptive" }, { display: fc.constantFrom("summarized", "omitted") }),
    ),
    output_config: fc.oneof(fc.record({ effort }), fc.record({ format }), fc.record({ effort, format })),
  },
);
const olderBody = with_(
  {
    model: fc.constant(older.upstreamModel),
    max_tokens: fc.integer({ min: 4000, max: 9999 }),
    messages: conversation(false),
  },
  {
    ...common,
    top_k: fc.nat(50),
    temperature: fc.double({ min: 0, max: 1, noNaN: true }),
    output_config: fc.record({ format }),
  },
);

function roundTrip(body: JsonObject, traits: typeof older | typeof newest): JsonObject {
  const { request, losses } = ingress.parseRequest({ body });
  const rendered = egress.renderRequest(request, traits);
  expect([...losses, ...rendered.losses]).toEqual([]);
  return JSON.parse(JSON.stringify(rendered.body)) as JsonObject;
}
/** What JSON makes of a value: `-0` is none, for one. */
const plain = (value: JsonObject): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

test("a request that is understood and told to a newer model is the same, member by member", () => {
  fc.assert(fc.property(newestBody, (body) => expect(roundTrip(plain(body), newest)).toEqual(plain(body))));
});

test("a request that is understood and told to an older model is the same, member by member", () => {
  fc.assert(fc.property(olderBody, (body) => expect(roundTrip(plain(body), older)).toEqual(plain(body))));
});

test("tools and how to use them are the same", () => {
  fc.assert(
    fc.property(olderBody, tools, fc.oneof(toolChoice, forcedChoice), (given, list, tool_choice) => {
      const body = plain({ ...given, tools: list as readonly JsonObject[], tool_choice });
      expect(roundTrip(body, older)).toEqual(body);
    }),
  );
});

test("a budget for thinking is the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1024, max: 3999 }), words, (budget_tokens, content) => {
      const body = {
        model: older.upstreamModel,
        max_tokens: 4000,
        messages: [{ role: "user", content: [{ type: "text", text: content }] }],
        thinking: { type: "enabled", budget_tokens },
      };
      expect(roundTrip(body, older)).toEqual(body);
    }),
  );
});

test("what is written in another way means the same when it has gone there and back", () => {
  const body = {
    model: older.upstreamModel,
    max_tokens: 4000,
    system: "Be brief.",
    messages: [
      { role: "user", content: "Hi" },
      { role: "user", content: "there" },
      { role: "assistant", content: "Hello " },
    ],
    output_format: {
      type: "json_schema",
      schema: { type: "object", properties: {}, additionalProperties: false },
    },
  };
  const first = ingress.parseRequest({ body }).request;
  const sent = egress.renderRequest(first, older).body;
  expect(sent["messages"]).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "Hi" },
        { type: "text", text: "there" },
      ],
    },
    { role: "assistant", content: [{ type: "text", text: "Hello" }] },
  ]);
  const { messages, ...again } = ingress.parseRequest({ body: sent }).request;
  const { messages: _, ...before } = first;
  expect(again).toEqual(before);
  expect(messages.at(-1)).toMatchObject({ role: "assistant", isPrefix: true });
});
