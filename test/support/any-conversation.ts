import fc from "fast-check";
import type { ChatRequest } from "../../src/canonical/chat-request.ts";
import type {
  AssistantPart,
  ChatDialectName,
  ToolResultPart,
  UserPart,
} from "../../src/canonical/content.ts";
import type { Message } from "../../src/canonical/message.ts";
import type { Tool, ToolChoice } from "../../src/canonical/tool.ts";
import type { JsonObject } from "../../src/kernel/json.ts";

const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const name = fc.stringMatching(/^[a-z_]{1,8}$/);
const base64 = fc.base64String({ minLength: 4, maxLength: 16 });
/** As it comes out of JSON, which knows no -0. */
const object = fc
  .dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3, noNullPrototype: true })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
const dialect = fc.constantFrom<ChatDialectName>(
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "gemini",
  "bedrock-converse",
  "cohere-chat",
  "ollama-chat",
);
const signature = fc.record({ dialect, value: base64 });
const cache = fc.constantFrom({}, { ttl: "5m" as const }, { ttl: "1h" as const });

/** A record of which some members have to be there and the others may. */
function part<T, Name extends keyof T>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }, ...always: Name[]) {
  return fc.record<T, Name>(members, { requiredKeys: always });
}

function media(...types: readonly string[]) {
  const mediaType = fc.constantFrom(...types);
  return fc.oneof(
    fc.record({ kind: fc.constant("base64" as const), mediaType, data: base64 }),
    part({ kind: fc.constant("url" as const), url: fc.webUrl(), mediaType }, "kind", "url"),
    part({ kind: fc.constant("file-id" as const), dialect, id: name, mediaType }, "kind", "dialect", "id"),
  );
}

const citation = part({
  start: fc.nat(9),
  end: fc.nat(9),
  title: words,
  url: fc.webUrl(),
  quote: words,
  document: name,
});
const text = part({ type: fc.constant("text" as const), text: words, cache }, "type", "text");
const image = part(
  {
    type: fc.constant("image" as const),
    source: media("image/png", "image/jpeg"),
    detail: fc.constantFrom("low" as const, "high" as const, "auto" as const),
    cache,
  },
  "type",
  "source",
);
const file = part(
  {
    type: fc.constant("file" as const),
    source: media("application/pdf", "text/plain"),
    name,
    citations: fc.boolean(),
    context: words,
    cache,
  },
  "type",
  "source",
);
const audio = part(
  {
    type: fc.constant("audio" as const),
    source: media("audio/wav", "audio/mpeg"),
    format: fc.constantFrom("wav", "mp3"),
  },
  "type",
  "source",
);
const vendor = fc.record({ type: fc.constant("vendor" as const), dialect, value: object });
const userPart: fc.Arbitrary<UserPart> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: image },
  file,
  audio,
  vendor,
);
const resultPart: fc.Arbitrary<ToolResultPart> = fc.oneof({ weight: 4, arbitrary: text }, image, file);
const reasoning = part(
  {
    type: fc.constant("reasoning" as const),
    text: words,
    isSummary: fc.boolean(),
    id: name,
    signature,
  },
  "type",
  "text",
);
const saidPart: fc.Arbitrary<AssistantPart> = fc.oneof(
  {
    weight: 4,
    arbitrary: part(
      {
        type: fc.constant("text" as const),
        text: words,
        citations: fc.array(citation, { minLength: 1, maxLength: 2 }),
        signature,
        cache,
      },
      "type",
      "text",
    ),
  },
  { weight: 2, arbitrary: reasoning },
  fc.record({ type: fc.constant("reasoning" as const), text: fc.constant(""), redacted: signature }),
  fc.record({ type: fc.constant("refusal" as const), text: words }),
  part({ type: fc.constant("image" as const), source: media("image/png"), signature }, "type", "source"),
  part(
    {
      type: fc.constant("spoken" as const),
      id: name,
      data: base64,
      format: fc.constant("wav"),
      transcript: words,
    },
    "type",
    "transcript",
  ),
  vendor,
);
const call = part(
  {
    type: fc.constant("tool-call" as const),
    id: fc.uuid(),
    name,
    arguments: fc.oneof(
      object.map((value) => JSON.stringify(value)),
      fc.constantFrom("", `{"cut`),
    ),
    signature,
  },
  "type",
  "id",
  "name",
  "arguments",
);
const callTurn = fc
  .tuple(
    fc.array(saidPart, { maxLength: 2 }),
    fc.array(fc.tuple(call, fc.array(resultPart, { maxLength: 2 }), fc.boolean()), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([said, calls]): readonly Message[] => [
    { role: "assistant", content: [...said, ...calls.map(([made]) => made)] },
    ...calls.map(
      ([{ id, name: toolName }, content, isError]): Message => ({
        role: "tool",
        toolCallId: id,
        toolName,
        content,
        ...(isError && { isError }),
      }),
    ),
  ]);
const userTurn = fc
  .array(userPart, { minLength: 1, maxLength: 3 })
  .map((content): readonly Message[] => [{ role: "user", content }]);
const saidTurn = fc
  .array(saidPart, { minLength: 1, maxLength: 3 })
  .map((content): readonly Message[] => [{ role: "assistant", content }]);
const instruction = fc
  .tuple(
    fc.constantFrom("system" as const, "developer" as const),
    fc.array(text, { minLength: 1, maxLength: 2 }),
  )
  .map(([role, content]): readonly Message[] => [{ role, content }]);
const messages = fc
  .tuple(
    fc.option(instruction, { nil: [] }),
    userTurn,
    fc.array(fc.oneof(userTurn, saidTurn, callTurn), { maxLength: 4 }),
  )
  .map(([first, second, rest]) => [...first, ...second, ...rest.flat()]);
const tool: fc.Arbitrary<Tool> = fc.oneof(
  {
    weight: 4,
    arbitrary: part(
      {
        type: fc.constant("function" as const),
        name,
        description: words,
        parameters: fc.constant<JsonObject>({ type: "object", properties: { a: { type: "string" } } }),
        strict: fc.boolean(),
        cache,
      },
      "type",
      "name",
    ),
  },
  fc.record({ type: fc.constant("vendor" as const), dialect, name, value: object }),
);
const choice: fc.Arbitrary<ToolChoice> = fc.oneof(
  fc.constantFrom<ToolChoice>({ type: "auto" }, { type: "required" }, { type: "none" }),
  name.map((chosen): ToolChoice => ({ type: "tool", name: chosen })),
  fc.array(name, { minLength: 1, maxLength: 2 }).map((allowed): ToolChoice => ({ type: "auto", allowed })),
);
const ratio = fc.constantFrom(0, 0.25, 0.5, 1);

/** Requests of every kind: content of all types, tools and their results, thinking of all vendors, all options. */
export const anyConversation: fc.Arbitrary<ChatRequest> = part<ChatRequest, "model" | "messages" | "stream">(
  {
    model: fc.constant("fast"),
    messages,
    stream: fc.boolean(),
    tools: fc.uniqueArray(tool, { minLength: 1, maxLength: 3, selector: (one) => one.name }),
    toolChoice: choice,
    parallelToolCalls: fc.boolean(),
    maxOutputTokens: fc.integer({ min: 16, max: 100_000 }),
    temperature: ratio,
    topP: ratio,
    topK: fc.integer({ min: 1, max: 100 }),
    minP: ratio,
    frequencyPenalty: ratio,
    presencePenalty: ratio,
    repetitionPenalty: ratio,
    seed: fc.integer(),
    stop: fc.array(words, { minLength: 1, maxLength: 4 }),
    choices: fc.integer({ min: 1, max: 4 }),
    logprobs: fc.integer({ min: 0, max: 5 }),
    logitBias: fc.constant({ "50256": -100 }),
    responseFormat: fc.oneof(
      fc.constantFrom({ type: "text" as const }, { type: "json" as const }),
      part(
        {
          type: fc.constant("json-schema" as const),
          name,
          description: words,
          schema: fc.constant<JsonObject>({ type: "object", properties: { a: { type: "string" } } }),
          strict: fc.boolean(),
        },
        "type",
        "schema",
      ),
    ),
    reasoning: part({
      effort: fc.constantFrom("none", "minimal", "low", "medium", "high", "xhigh", "max"),
      budgetTokens: fc.integer({ min: 1_024, max: 30_000 }),
      isAdaptive: fc.boolean(),
      show: fc.constantFrom("none", "full", "auto", "concise", "detailed"),
    }) as fc.Arbitrary<NonNullable<ChatRequest["reasoning"]>>,
    verbosity: fc.constantFrom("low", "medium", "high"),
    modalities: fc.subarray(["text", "audio", "image"], { minLength: 1 }),
    speech: part({ voice: name, format: fc.constantFrom("wav", "mp3") }),
    safety: fc.array(fc.record({ category: name, threshold: name }), { minLength: 1, maxLength: 2 }),
    serviceTier: fc.constantFrom("auto", "default", "flex", "priority"),
    endUser: name,
    metadata: fc.dictionary(name, words, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    promptCacheKey: name,
    store: fc.boolean(),
  },
  "model",
  "messages",
  "stream",
);
