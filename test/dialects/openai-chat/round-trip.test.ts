import { expect, test } from "bun:test";
import fc from "fast-check";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { quirky } from "./support/chat-case.ts";

/** A target that takes all that a caller of this dialect can say. */
const everything = quirky({
  cacheMarkers: "cache_control",
  prefix: "prefix",
  thinkingBack: "reasoning_details",
  extraContent: true,
  imageOutput: true,
  metadataNeedsStore: false,
  more: "topK minP repetitionPenalty",
});

const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const name = fc.stringMatching(/^[a-zA-Z_]{1,12}$/);
const base64 = fc.base64String({ minLength: 4, maxLength: 16 });
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const cache = fc.constantFrom(
  { type: "ephemeral" },
  { type: "ephemeral", ttl: "1h" },
  { type: "ephemeral", ttl: "5m" },
);
const cached = <T extends object>(part: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc
    .tuple(part, some(cache))
    .map(([members, cache_control]) => ({ ...members, ...(cache_control && { cache_control }) }));
const text = cached(words.map((value) => ({ type: "text", text: value })));
const url = fc.oneof(
  fc.webUrl(),
  fc
    .tuple(fc.constantFrom("image/png", "image/jpeg"), base64)
    .map(([type, data]) => `data:${type};base64,${data}`),
);
const image = cached(
  fc.record({
    type: fc.constant("image_url"),
    image_url: fc.record({ url, detail: fc.constantFrom("low", "high") }),
  }),
);
const audio = cached(
  fc.record({
    type: fc.constant("input_audio"),
    input_audio: fc.record({ data: base64, format: fc.constantFrom("wav", "mp3") }),
  }),
);
const file = cached(
  fc.oneof(
    fc.record({
      type: fc.constant("file"),
      file: fc.record({
        file_data: base64.map((data) => `data:application/pdf;base64,${data}`),
        filename: name,
      }),
    }),
    fc.record({ type: fc.constant("file"), file: fc.record({ file_id: name }) }),
  ),
);

/** What is one text alone is written as such. */
const plainly = (parts: readonly object[]): unknown => {
  const [only] = parts as readonly JsonObject[];
  const isPlain = parts.length === 1 && only?.["type"] === "text" && only["cache_control"] === undefined;
  return isPlain ? only["text"] : parts;
};
const listOf = (part: fc.Arbitrary<object>): fc.Arbitrary<unknown> =>
  fc.array(part, { minLength: 1, maxLength: 3 }).map(plainly);
const extra = fc.record({ google: fc.record({ thought_signature: base64 }) });
const toolCall = fc.oneof(
  fc.record(
    {
      id: name,
      type: fc.constant("function"),
      function: fc.record({ name, arguments: fc.json() }),
      extra_content: extra,
    },
    { requiredKeys: ["id", "type", "function"] },
  ),
  fc.record({ id: name, type: fc.constant("custom"), custom: fc.record({ name, input: words }) }),
);
const detail = fc.oneof(
  fc.record({
    type: fc.constant("reasoning.text"),
    text: words,
    signature: base64,
    format: fc.constantFrom("anthropic-claude-v1", "unknown"),
    index: fc.nat(5),
  }),
  fc.record({ type: fc.constant("reasoning.encrypted"), data: base64, id: name, index: fc.nat(5) }),
  fc.record({
    type: fc.constant("reasoning.summary"),
    summary: words,
    format: fc.constant("openai-responses-v1"),
  }),
);
const assistant = fc.record(
  {
    role: fc.constant("assistant"),
    content: listOf(text),
    name,
    refusal: words,
    audio: fc.record({ id: name }),
    images: fc.array(fc.record({ type: fc.constant("image_url"), image_url: fc.record({ url }) }), {
      minLength: 1,
      maxLength: 2,
    }),
    reasoning_details: fc.array(detail, { minLength: 1, maxLength: 3 }),
    tool_calls: fc.array(toolCall, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ["role", "content"] },
);
const message = fc.oneof(
  fc.record(
    { role: fc.constantFrom("system", "developer"), content: listOf(text), name },
    { requiredKeys: ["role", "content"] },
  ),
  fc.record(
    { role: fc.constant("user"), content: listOf(fc.oneof(text, image, audio, file)), name },
    { requiredKeys: ["role", "content"] },
  ),
  fc.record({ role: fc.constant("tool"), tool_call_id: name, content: listOf(text) }),
  assistant,
);
const tool = fc.oneof(
  cached(
    fc.record({
      type: fc.constant("function"),
      function: fc.record(
        {
          name,
          description: words,
          parameters: fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true }),
          strict: fc.boolean(),
        },
        { requiredKeys: ["name"] },
      ),
    }),
  ),
  fc.record({ type: fc.constant("custom"), custom: fc.record({ name, description: words }) }),
);
const choiceOf = (tools: readonly JsonObject[]): fc.Arbitrary<unknown> => {
  const named = fc.constantFrom(...tools).map((one) => {
    const kind = one["type"] as string;
    return { type: kind, [kind]: { name: (one[kind] as JsonObject)["name"] } };
  });
  const allowed_tools = fc.record({
    mode: fc.constantFrom("auto", "required"),
    tools: fc.array(named, { minLength: 1, maxLength: 2 }),
  });
  return fc.oneof(
    fc.constantFrom("auto", "none", "required"),
    named,
    fc.record({ type: fc.constant("allowed_tools"), allowed_tools }),
  );
};
const toolMembers = fc
  .uniqueArray(tool as fc.Arbitrary<JsonObject>, {
    minLength: 1,
    maxLength: 3,
    selector: (one) => (one[one["type"] as string] as JsonObject)["name"],
  })
  .chain((tools) =>
    fc.record({ tools: fc.constant(tools), tool_choice: choiceOf(tools), parallel_tool_calls: fc.boolean() }),
  );
const number = fc.double({ min: -2, max: 2, noNaN: true }).map((value) => value + 0);
const members = fc.record(
  {
    max_completion_tokens: fc.nat(),
    temperature: number,
    top_p: number,
    top_k: fc.nat(),
    min_p: number,
    repetition_penalty: number,
    frequency_penalty: number,
    presence_penalty: number,
    seed: fc.integer(),
    stop: fc.array(words, { minLength: 1, maxLength: 4 }),
    n: fc.integer({ min: 1, max: 8 }),
    logit_bias: fc.dictionary(fc.stringMatching(/^[0-9]{1,5}$/), fc.integer({ min: -100, max: 100 }), {
      minKeys: 1,
      noNullPrototype: true,
    }),
    response_format: fc.oneof(
      fc.constantFrom({ type: "text" }, { type: "json_object" }),
      fc.record({
        type: fc.constant("json_schema"),
        json_schema: fc.record(
          { name, description: words, schema: fc.constant({ type: "object" }), strict: fc.boolean() },
          { requiredKeys: ["name", "schema"] },
        ),
      }),
    ),
    reasoning_effort: fc.constantFrom("none", "minimal", "low", "medium", "high", "xhigh", "max"),
    verbosity: fc.constantFrom("low", "medium", "high"),
    modalities: fc.constantFrom(["text"], ["text", "audio"]),
    audio: fc.record({ voice: name, format: fc.constantFrom("wav", "mp3") }),
    service_tier: fc.constantFrom("auto", "default", "flex", "priority"),
    safety_identifier: name,
    metadata: fc
      .dictionary(name, words, { noNullPrototype: true })
      .filter((map) => Object.keys(map).length > 0),
    prompt_cache_key: name,
    store: fc.boolean(),
  },
  { requiredKeys: [] },
);
const logprobs = fc.constantFrom<JsonObject>({}, { logprobs: true }, { logprobs: true, top_logprobs: 5 });
const streaming = fc.constantFrom<JsonObject>({}, { stream: true, stream_options: { include_usage: true } });
const body = fc
  .tuple(fc.array(message, { minLength: 1, maxLength: 5 }), members, some(toolMembers), logprobs, streaming)
  .map(([messages, rest, tools, probabilities, stream]) => ({
    model: "some-model",
    messages,
    ...rest,
    ...tools,
    ...probabilities,
    ...stream,
  }));

test("a request that is understood and told again in the same dialect is the same request", () => {
  fc.assert(
    fc.property(body, (value) => {
      const sent = JSON.parse(JSON.stringify(value)) as JsonObject;
      const { request, losses } = openaiChat.ingress.parseRequest({ body: sent });
      expect(losses).toEqual([]);
      const rendered = openaiChat.egress.renderRequest(request, everything);
      expect(rendered.losses).toEqual([]);
      expect(JSON.parse(JSON.stringify(rendered.body))).toEqual(sent as never);
    }),
    { numRuns: 500 },
  );
});
