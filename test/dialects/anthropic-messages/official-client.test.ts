import { describe, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import { renderModel, renderModelsList } from "../../../src/dialects/anthropic-messages/models-list.ts";
import { tokenCounting } from "../../../src/dialects/anthropic-messages/token-counting.ts";
import type { AnswerContext, IngressError } from "../../../src/dialects/dialect.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { afterTest } from "../../support/after-test.ts";
import { claude, decodeMessages, messagesJson, messagesSample } from "../../support/anthropic-samples.ts";

const { egress, ingress } = anthropicMessages;
const context: AnswerContext = {
  request: { model: "fast", stream: false, messages: [] },
  model: "fast",
  requestId: "req_00000000000000000000000000000001",
  nowS: 1_700_000_000,
};

/** A client whose server answers as told. */
function clientOf(answer: (request: Request) => Response | Promise<Response>): Anthropic {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: answer });
  afterTest(() => server.stop(true));
  return new Anthropic({ apiKey: "lk_test", baseURL: `http://127.0.0.1:${server.port}`, maxRetries: 0 });
}

function streamText(events: readonly StreamEvent[]): string {
  const encoder = ingress.encodeStream(context);
  return events.map((event) => encoder.encode(event)).join("");
}

const sse = (text: string): Response =>
  new Response(text, { headers: { "content-type": "text/event-stream", "request-id": "req_1" } });
const ask = {
  model: "fast",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "Hi" }],
};
const whole = (name: string): JsonObject => {
  const response = egress.parseResponse(messagesJson(`${name}.json`), claude);
  if (response === undefined) throw new Error(name);
  return ingress.renderResponse(response, context);
};

describe("the official client", () => {
  test("takes a whole answer", async () => {
    const client = clientOf(() => Response.json(whole("tools")));
    const message = await client.messages.create(ask);
    expect(message).toMatchObject({ model: "fast", stop_reason: "tool_use", usage: { output_tokens: 9 } });
    expect(message.content.map(({ type }) => type)).toEqual(["text", "tool_use", "tool_use"]);
    expect(message.content[1]).toMatchObject({ id: "toolu_01A", input: { city: "Bern", days: 2 } });
  });

  test.each([
    "text",
    "tools",
    "tool-without-arguments",
    "thinking",
    "citations",
    "server-tools",
    "stop-sequence",
    "max-tokens",
    "pause-turn",
    "refusal",
    "context-window",
    "cache-usage",
  ])("puts the stream of %s together to the whole answer", async (name) => {
    const client = clientOf(() => sse(streamText(decodeMessages(messagesSample(`${name}.sse`)))));
    // The client adds what it has made of the text itself.
    const { parsed_output: _, ...message } = await client.messages.stream(ask).finalMessage();
    expect(JSON.parse(JSON.stringify(message))).toEqual(JSON.parse(JSON.stringify(whole(name))));
  });

  test("hears text, thinking and tool input as they come", async () => {
    const client = clientOf(() => sse(streamText(decodeMessages(messagesSample("thinking.sse")))));
    let heard = "";
    const stream = client.messages.stream(ask);
    stream.on("thinking", (delta) => {
      heard += delta;
    });
    stream.on("text", (delta) => {
      heard += `|${delta}`;
    });
    await stream.done();
    expect(heard).toBe("Two and two …|Four.");
  });

  test("sends back what it was given, and it is what it was", async () => {
    const parts = [
      { type: "reasoning", text: "Hm.", signature: { dialect: "gemini", value: "theirs" } },
      { type: "text", text: "I look." },
      {
        type: "tool-call",
        id: "c1",
        name: "weather",
        arguments: "{}",
        signature: { dialect: "gemini", value: "s" },
      },
    ] as const;
    const sent: unknown[] = [];
    const client = clientOf(async (request) => {
      sent.push(await request.json());
      const choice = { index: 0, content: parts, finishReason: "tool-calls" } as const;
      return Response.json(ingress.renderResponse({ id: "x", model: "m", choices: [choice] }, context));
    });
    const { content } = await client.messages.create(ask);
    const result = { type: "tool_result" as const, tool_use_id: "c1", content: "sunny" };
    await client.messages.create({
      ...ask,
      messages: [...ask.messages, { role: "assistant", content }, { role: "user", content: [result] }],
    });
    const { request } = ingress.parseRequest({ body: sent[1] as JsonObject });
    expect(request.messages[1]).toEqual({ role: "assistant", content: parts });
    expect(request.messages[2]).toEqual({
      role: "tool",
      toolCallId: "c1",
      content: [{ type: "text", text: "sunny" }],
    });
  });

  test("is told of an error in the middle of a stream", async () => {
    const error: IngressError = { status: 502, code: "LK-3012", message: "It broke.", kind: "overloaded" };
    const text = streamText(decodeMessages(messagesSample("cut-in-block.sse")));
    const client = clientOf(() => sse(text + ingress.encodeStream(context).fail(error)));
    const failure = client.messages.stream(ask).finalMessage();
    await expect(failure).rejects.toMatchObject({ type: "overloaded_error", errorCode: "LK-3012" });
  });

  test("does not take a stream that was cut for a whole one", async () => {
    const client = clientOf(() => sse(streamText(decodeMessages(messagesSample("cut-after-text.sse")))));
    const message = await client.messages
      .stream(ask)
      .finalMessage()
      .catch(() => undefined);
    expect(message?.stop_reason ?? null).toBeNull();
  });

  test.each([
    [400, "invalid-request", Anthropic.BadRequestError, "invalid_request_error"],
    [401, "authentication", Anthropic.AuthenticationError, "authentication_error"],
    [403, "permission", Anthropic.PermissionDeniedError, "permission_error"],
    [404, "not-found", Anthropic.NotFoundError, "not_found_error"],
    [429, "rate-limit", Anthropic.RateLimitError, "rate_limit_error"],
    [503, "overloaded", Anthropic.InternalServerError, "overloaded_error"],
    [504, "timeout", Anthropic.InternalServerError, "timeout_error"],
  ] as const)("throws what status %d and kind %s stand for", async (status, kind, type, word) => {
    const error: IngressError = { status, kind, code: "LK-2102", message: "No.", param: "messages[0]" };
    const client = clientOf(() => Response.json(ingress.renderError(error), { status }));
    const thrown: unknown = await client.messages.create(ask).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(type);
    expect(thrown).toMatchObject({ type: word, apiMessage: "No.", errorCode: "LK-2102" });
  });

  test("counts tokens", async () => {
    const client = clientOf(async (request) => {
      expect(new URL(request.url).pathname).toBe("/v1/messages/count_tokens");
      const { request: parsed } = tokenCounting.parseRequest({ body: (await request.json()) as JsonObject });
      return Response.json(tokenCounting.renderResponse(parsed.messages.length));
    });
    const { model, messages } = ask;
    expect(await client.messages.countTokens({ model, messages, system: "Be brief." })).toEqual({
      input_tokens: 2,
    });
  });

  test("lists models and gets one", async () => {
    const models = [{ id: "fast", displayName: "Fast", createdS: 1_700_000_000 }, { id: "slow" }];
    const client = clientOf((request) =>
      Response.json(request.url.endsWith("/fast") ? renderModel({ id: "fast" }) : renderModelsList(models)),
    );
    const listed: string[] = [];
    for await (const { id, created_at } of client.models.list()) listed.push(`${id} ${created_at}`);
    expect(listed).toEqual(["fast 2023-11-14T22:13:20.000Z", "slow 1970-01-01T00:00:00.000Z"]);
    expect(await client.models.retrieve("fast")).toMatchObject({
      type: "model",
      id: "fast",
      display_name: "fast",
    });
  });
});

test("a list of models has the ids of its ends", () => {
  expect(renderModelsList([{ id: "a" }, { id: "b" }])).toMatchObject({
    first_id: "a",
    last_id: "b",
    has_more: false,
  });
  expect(renderModelsList([])).toEqual({ data: [], first_id: null, last_id: null, has_more: false });
  expect(renderModel({ id: "a", createdS: Number.MAX_VALUE })["created_at"]).toBe("1970-01-01T00:00:00.000Z");
});
