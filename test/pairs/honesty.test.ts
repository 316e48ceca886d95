import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ChatRequest, ChatRequestField } from "../../src/canonical/chat-request.ts";
import type { ChatDialectName, UserPart } from "../../src/canonical/content.ts";
import type { Loss } from "../../src/canonical/loss.ts";
import type { Message } from "../../src/canonical/message.ts";
import { callerDialects } from "../../src/dialects/registry.ts";
import type { Json, JsonObject } from "../../src/kernel/json.ts";
import { anyConversation } from "../support/any-conversation.ts";
import { callers, vendors } from "./support/translate.ts";
import { traitsOf } from "./support/vendor-answers.ts";

/** The request with a mark in each of its words, by which they are found again. */
function marked(request: ChatRequest): ChatRequest {
  const messages = request.messages.map((message, turn) => ({
    ...message,
    content: message.content.map((part, index) => {
      const mark = `<${turn}.${index}>`;
      return part.type === "text" || part.type === "refusal" ? { ...part, text: mark + part.text } : part;
    }),
  })) as readonly Message[];
  return { ...request, messages };
}

/** All texts in a value, put together. */
function textsIn(value: Json | undefined): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(textsIn).join(" ");
}

const isAbout = ({ path }: Loss, place: string): boolean =>
  typeof path === "string" &&
  (path === place || path.startsWith(`${place}.`) || place.startsWith(`${path}.`));

/** Words and calls of the conversation that are neither told to the vendor nor named as lost. */
function dropped({ messages }: ChatRequest, body: JsonObject, losses: readonly Loss[]): readonly string[] {
  const told = textsIn(body);
  return messages.flatMap((message, turn) =>
    message.content.flatMap((part, index) => {
      const place = `messages[${turn}].content[${index}]`;
      if (losses.some((loss) => isAbout(loss, place) || isAbout(loss, `messages[${turn}]`))) return [];
      const has = (text: string | undefined) => text === undefined || told.includes(text);
      switch (part.type) {
        case "text":
        case "refusal":
          return has(`<${turn}.${index}>`) ? [] : [`${place}: ${part.type}`];
        case "tool-call":
          return has(part.name) ? [] : [`${place}: call`];
        case "image":
        case "file":
        case "audio": {
          const { source } = part;
          const text =
            source.kind === "base64" ? source.data : source.kind === "url" ? source.url : source.id;
          return has(text) || source.kind === "base64" ? [] : [`${place}: ${part.type}`];
        }
        default:
          return [];
      }
    }),
  );
}

test.each(vendors.map((vendor) => [vendor.name, vendor] as const))(
  "whatever is said, %s is told it or the caller is told what is lost",
  (name, { egress }) => {
    fc.assert(
      fc.property(anyConversation, (request) => {
        const asked = marked(request);
        const { body, losses, headers = [] } = egress.renderRequest(asked, traitsOf(name));
        // Nothing that JSON would leave out or change.
        expect(JSON.parse(JSON.stringify(body))).toStrictEqual(body as never);
        for (const [header, value] of headers) expect(new Headers([[header, value]]).get(header)).toBe(value);
        expect(dropped(asked, body, losses)).toEqual([]);
        for (const { reason } of losses) expect(reason).toMatch(/^[(a-z].*[^.]$/s);
      }),
      { numRuns: 300, includeErrorInReport: true },
    );
  },
);

/** The request without what goes to its own dialect as it came, which is no proper wire form here. */
function withoutOwn(request: ChatRequest, name: ChatDialectName): ChatRequest {
  const isOthers = (one: { readonly type: string; readonly dialect?: ChatDialectName }): boolean =>
    one.type !== "vendor" || one.dialect !== name;
  const messages = request.messages.map((message) => ({
    ...message,
    content: (message.content as readonly UserPart[]).filter(isOthers),
  })) as readonly Message[];
  const tools = request.tools?.filter(isOthers) ?? [];
  const { tools: _, ...rest } = request;
  return { ...rest, messages, ...(tools.length > 0 && { tools }) };
}

/** A plain question with a few options: with all of them, there is always one for which it is refused. */
const fewOptions: fc.Arbitrary<ChatRequest> = fc
  .tuple(anyConversation, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }))
  .map(([{ model, stream, messages: _, ...options }, picks]) => {
    const entries = Object.entries(options);
    const kept = picks.flatMap((pick) => entries.slice(pick % (entries.length + 1)).slice(0, 1));
    const question = { role: "user", content: [{ type: "text", text: "Hi" }] } as const;
    return { model, stream, messages: [question], ...Object.fromEntries(kept) };
  });

/** Members that mean the same as nothing, or that go into other members. */
const SAME_AS_NONE: Partial<Record<ChatRequestField, (request: ChatRequest) => boolean>> = {
  choices: ({ choices }) => choices === 1,
  toolChoice: ({ toolChoice, tools }) => toolChoice?.type === "auto" || tools === undefined,
  parallelToolCalls: ({ parallelToolCalls, tools }) => parallelToolCalls === true || tools === undefined,
  // Where a vendor has no word for JSON without a schema, a tool stands in for it.
  responseFormat: ({ responseFormat }) => responseFormat?.type !== "json-schema",
  modalities: ({ modalities }) => modalities?.join() === "text",
  serviceTier: ({ serviceTier }) => serviceTier === "auto",
  // Some vendors decide alone whether they think, and some show their thinking to none.
  reasoning: ({ reasoning: { effort, budgetTokens, show = "none" } = {} }) =>
    effort === undefined && budgetTokens === undefined && show === "none",
  speech: ({ speech = {} }) => Object.keys(speech).length === 0,
  // Of the tools only those are told that are allowed; where that is none, the choice is named as lost.
  tools: ({ toolChoice, tools }) =>
    toolChoice?.type === "auto" &&
    tools?.every(({ name }) => toolChoice.allowed?.includes(name) !== true) === true,
  temperature: ({ temperature }) => temperature === 1,
  topP: ({ topP }) => topP === 1,
  minP: ({ minP }) => minP === 0,
  frequencyPenalty: ({ frequencyPenalty }) => frequencyPenalty === 0,
  presencePenalty: ({ presencePenalty }) => presencePenalty === 0,
  repetitionPenalty: ({ repetitionPenalty }) => repetitionPenalty === 1,
};

describe.each(callers.map(({ name }) => [name] as const))("a request of %s", (name) => {
  const { egress, ingress } = callerDialects[name];
  test("comes back with every option that is not named as lost", () => {
    fc.assert(
      fc.property(fc.oneof(anyConversation, { weight: 3, arbitrary: fewOptions }), (anything) => {
        const request = withoutOwn(marked(anything), name);
        const { body, losses, change } = egress.renderRequest(request, traitsOf(name));
        // It is refused, not sent.
        if (losses.some(({ isHarmless }) => !isHarmless)) return;
        const back = ingress.parseRequest({ body, model: "fast", stream: request.stream }).request;
        const missing = (Object.keys(request) as (keyof ChatRequest)[]).filter((field) => {
          if (field === "model" || field === "stream" || field === "messages") return false;
          if (back[field] !== undefined) return false;
          // The gateway does it itself, to the answer.
          if (field === "stop" && change !== undefined) return false;
          if (losses.some(({ path }) => typeof path === "object" && path.field === field)) return false;
          if (losses.some(({ path }) => typeof path === "string" && path.startsWith(field))) return false;
          return SAME_AS_NONE[field as ChatRequestField]?.(request) !== true;
        });
        expect(missing).toEqual([]);
      }),
      { numRuns: 800, includeErrorInReport: true },
    );
  });
});
