import { expect, test } from "bun:test";
import fc from "fast-check";
import type { AssistantPart, Signature } from "../../../src/canonical/content.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import type { AnswerContext } from "../../../src/dialects/dialect.ts";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";
import type { Json, JsonObject } from "../../../src/kernel/json.ts";

const { ingress } = openaiChat;
const context: AnswerContext = {
  request: { model: "fast", stream: false, messages: [] },
  model: "fast",
  requestId: "r",
  nowS: 1,
};

const gemini = (value: string): Signature => ({ dialect: "gemini", value });
const text = (words: string, signature?: Signature): AssistantPart => ({
  type: "text",
  text: words,
  ...(signature !== undefined && { signature }),
});

/** The message of an answer with this content. */
function told(content: readonly AssistantPart[]): JsonObject {
  const choices = [{ index: 0, content, finishReason: "stop" as const }];
  const body = ingress.renderResponse({ id: "c", model: "m", choices } as never, context);
  return ((body["choices"] as readonly JsonObject[])[0] as JsonObject)["message"] as JsonObject;
}

/** What is understood of a message that comes back. */
function understood(message: JsonObject): readonly AssistantPart[] {
  const { request } = ingress.parseRequest({ body: { model: "m", messages: [message] } });
  return request.messages[0]?.content as readonly AssistantPart[];
}

/** The message as a client puts it together that keeps the last of what it does not know of each piece. */
function streamed(content: readonly AssistantPart[]): JsonObject {
  const encoder = ingress.encodeStream(context);
  const pieces = content.flatMap((part, index): readonly StreamEvent[] => {
    if (part.type !== "text") return [];
    const at = { choice: 0, part: index };
    return [
      { type: "part-start", ...at, content: { type: "text" } },
      { type: "delta", ...at, text: part.text },
      ...(part.signature === undefined
        ? []
        : [{ type: "signature" as const, ...at, signature: part.signature }]),
      { type: "part-end", ...at },
    ];
  });
  const wire = [
    { type: "start" as const, id: "c", model: "m" },
    ...pieces,
    { type: "finish" as const, choice: 0, reason: "stop" as const },
    { type: "end" as const },
  ].map((event) => encoder.encode(event as StreamEvent));
  let message: JsonObject = { role: "assistant" };
  for (const [, json = ""] of wire.join("").matchAll(/^data: (\{[^\n]*)/gm)) {
    const { delta } = (JSON.parse(json) as { choices: readonly { delta: JsonObject }[] }).choices[0] ?? {};
    const words = `${message["content"] ?? ""}${delta?.["content"] ?? ""}`;
    message = { ...message, ...delta, content: words };
  }
  return message;
}

const several = [
  text("Let me see. "),
  text("Bern", gemini("YQ==")),
  text(" is it."),
  text("", gemini("Yg==")),
];

test("one sealed text is told as Gemini's own Chat Completions have it", () => {
  expect(told([text("Bern", gemini("YQ=="))])["extra_content"]).toEqual({
    google: { thought_signature: "YQ==" },
  });
});

test("several sealed texts are told with their places", () => {
  expect(told(several)).toMatchObject({
    content: "Let me see. Bern is it.",
    extra_content: {
      google: {
        thought_signature: "Yg==",
        sealed_texts: [
          { start: 12, end: 16, thought_signature: "YQ==" },
          { start: 23, end: 23, thought_signature: "Yg==" },
        ],
      },
    },
  });
});

test("each seal comes back at its place", () => {
  expect(understood(told(several))).toEqual(several);
});

test("a stream tells all seals at once, at its end, for clients that keep the last only", () => {
  expect(streamed(several)).toEqual({ ...told(several) });
  expect(understood(streamed(several))).toEqual(several);
});

test("a text as the one part of a list is the same text", () => {
  const message = told(several);
  const content = [{ type: "text", text: message["content"] as Json, cache_control: { type: "ephemeral" } }];
  const parts = understood({ ...message, content });
  expect(parts).toEqual([
    ...several.slice(0, -1),
    { ...text("", gemini("Yg==")), cache: {} } as AssistantPart,
  ]);
});

test.each<readonly [string, JsonObject]>([
  ["shorter", { content: "Bern." }],
  [
    "in parts",
    {
      content: [
        { type: "text", text: "Let me see. " },
        { type: "text", text: "Bern is it." },
      ],
    },
  ],
])("where the text has become %s, the last seal is the last words'", (_title, changed) => {
  const parts = understood({ ...told(several), ...changed });
  expect(parts.map((part) => (part.type === "text" ? part.signature : part))).toEqual([
    ...parts.slice(1).map(() => undefined),
    gemini("Yg=="),
  ]);
});

test.each<readonly [string, Json]>([
  ["no list", { google: { sealed_texts: "x" } }],
  ["no places", { google: { sealed_texts: [{ thought_signature: "YQ==" }] } }],
  [
    "places that overlap",
    {
      google: {
        sealed_texts: [
          { start: 0, end: 3, thought_signature: "YQ==" },
          { start: 2, end: 4, thought_signature: "Yg==" },
        ],
      },
    },
  ],
  [
    "places before the begin",
    { google: { sealed_texts: [{ start: -1, end: 3, thought_signature: "YQ==" }] } },
  ],
  ["nobody who sealed it", { acme: { sealed_texts: [{ start: 0, end: 3, thought_signature: "YQ==" }] } }],
])("seals with %s are left out", (_title, extra_content) => {
  expect(understood({ role: "assistant", content: "Bern", extra_content })).toEqual([text("Bern")]);
});

const signature = fc.record({
  dialect: fc.constantFrom("gemini" as const, "openai-responses" as const),
  value: fc.base64String({ minLength: 4, maxLength: 8 }),
});
const part = fc
  .tuple(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }),
    fc.option(signature, { nil: undefined }),
  )
  .map(([words, seal]) => text(words, seal));

test("whatever is sealed comes back as it was, whole and streamed", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 2, maxLength: 6 }), (content) => {
      fc.pre(content.filter((one) => "signature" in one).length > 1);
      const seals = (parts: readonly AssistantPart[]): readonly AssistantPart[] =>
        parts.filter((one) => one.type === "text" && one.signature !== undefined);
      expect(seals(understood(told(content)))).toEqual(seals(content));
      expect(seals(understood(streamed(content)))).toEqual(seals(content));
    }),
  );
});
