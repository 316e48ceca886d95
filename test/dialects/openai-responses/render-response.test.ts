import { describe, expect, test } from "bun:test";
import type { Response } from "openai/resources/responses/responses";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { FinishReason } from "../../../src/canonical/finish-reason.ts";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import { contextOf } from "./support/responses.ts";

const { ingress } = openaiResponses;
const answer = (content: readonly AssistantPart[], finishReason: FinishReason = "stop"): ChatResponse => ({
  id: "msg_vendor",
  model: "claude-x",
  choices: [{ index: 0, content, finishReason }],
});
/** An answer in this dialect, in the official SDK's type. */
const render = (response: ChatResponse, request: Partial<ChatRequest> = {}): Response =>
  ingress.renderResponse(response, contextOf(request)) as unknown as Response;
const output = (...content: readonly AssistantPart[]) => render(answer(content)).output as unknown[];
const hex = `${"0".repeat(24)}0000abcd`;

/** Members that the official type requires; what is missing here, or too much, is a type error. */
const required: Readonly<Record<RequiredMember, true>> = {
  id: true,
  created_at: true,
  error: true,
  incomplete_details: true,
  instructions: true,
  metadata: true,
  model: true,
  object: true,
  output: true,
  parallel_tool_calls: true,
  temperature: true,
  tool_choice: true,
  tools: true,
  top_p: true,
};
/** `output_text` is made by the SDK itself. */
type RequiredMember = Exclude<
  { [K in keyof Response]-?: undefined extends Response[K] ? never : K }[keyof Response],
  "output_text"
>;

test("an answer has all members that the official type requires", () => {
  const names = Object.keys(render(answer([])));
  expect(names).toEqual(expect.arrayContaining(Object.keys(required)));
});

test("an answer repeats the request", () => {
  const response = render(answer([{ type: "text", text: "Hi" }]), {
    messages: [
      { role: "system", content: [{ type: "text", text: "Be brief." }] },
      { role: "user", content: [{ type: "text", text: "Hello" }] },
    ],
    tools: [
      { type: "function", name: "f", parameters: { type: "object" }, strict: true },
      { type: "vendor", dialect: "gemini", name: "x", value: {} },
    ],
    toolChoice: { type: "tool", name: "f" },
    parallelToolCalls: false,
    maxOutputTokens: 10,
    temperature: 0.5,
    topP: 0.9,
    logprobs: 2,
    reasoning: { effort: "low", show: "concise" },
    responseFormat: { type: "json" },
    verbosity: "high",
    endUser: "u",
    metadata: { a: "b" },
    promptCacheKey: "k",
    store: false,
  });
  expect(response).toEqual({
    id: `resp_lk_${hex}`,
    object: "response",
    created_at: 1_800_000_000,
    model: "fast",
    status: "completed",
    error: null,
    incomplete_details: null,
    output: [
      {
        id: `msg_lk_${hex}_0`,
        type: "message",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", text: "Hi", annotations: [], logprobs: [] }],
      },
    ],
    usage: null,
    service_tier: "default",
    background: false,
    instructions: "Be brief.",
    max_output_tokens: 10,
    max_tool_calls: null,
    parallel_tool_calls: false,
    previous_response_id: null,
    prompt_cache_key: "k",
    reasoning: { effort: "low", summary: "concise" },
    safety_identifier: "u",
    store: false,
    temperature: 0.5,
    text: { format: { type: "json_object" }, verbosity: "high" },
    tool_choice: { type: "function", name: "f" },
    tools: [{ type: "function", name: "f", parameters: { type: "object" }, strict: true }],
    top_logprobs: 2,
    top_p: 0.9,
    truncation: "disabled",
    user: null,
    metadata: { a: "b" },
  } as never);
});

test("ids of this dialect stay, others are made of the request's id, the same each time", () => {
  expect(render({ ...answer([]), id: "resp_vendor" }).id).toBe("resp_vendor");
  expect(render(answer([])).id).toBe(render(answer([])).id);
  const context = { ...contextOf(), requestId: "from elsewhere/1", previousResponseId: "resp_before" };
  expect(ingress.renderResponse(answer([]), context)).toMatchObject({
    id: "resp_lk_fromelsewhere1",
    previous_response_id: "resp_before",
  });
});

test("usage has its details and its sum", () => {
  const usage = { input: 100, output: 20, cacheRead: 60, cacheWrite: 30, reasoning: 5 };
  expect(render({ ...answer([]), usage, serviceTier: "priority", createdS: 7 })).toMatchObject({
    created_at: 7,
    service_tier: "priority",
    usage: {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60, cache_write_tokens: 30 },
      output_tokens: 20,
      output_tokens_details: { reasoning_tokens: 5 },
      total_tokens: 120,
    },
  });
});

test("texts that follow each other are one message, everything else is an item of its own", () => {
  const items = output(
    { type: "reasoning", text: "Hm", signature: { dialect: "anthropic-messages", value: "Erw=" } },
    { type: "reasoning", text: "", redacted: { dialect: "anthropic-messages", value: "Eq==" } },
    { type: "text", text: "One" },
    { type: "refusal", text: "No" },
    {
      type: "tool-call",
      id: "toolu_1",
      name: "f",
      arguments: "{}",
      signature: { dialect: "gemini", value: "s" },
    },
    { type: "image", source: { kind: "base64", mediaType: "image/png", data: "iVBORw==" } },
    { type: "image", source: { kind: "url", url: "https://example.org/a.png" } },
    { type: "spoken", transcript: "Bye", data: "AAAA" },
    { type: "vendor", dialect: "openai-responses", value: { type: "web_search_call", id: "ws_1" } },
    { type: "vendor", dialect: "anthropic-messages", value: { type: "server_tool_use" } },
  );
  expect(items).toEqual([
    {
      id: `rs_lk_${hex}_0`,
      type: "reasoning",
      summary: [],
      content: [{ type: "reasoning_text", text: "Hm" }],
      encrypted_content: "lk1.s.anthropic-messages.Erw=",
    },
    {
      id: `rs_lk_${hex}_1`,
      type: "reasoning",
      summary: [],
      encrypted_content: "lk1.r.anthropic-messages.Eq==",
    },
    {
      id: `msg_lk_${hex}_2`,
      type: "message",
      status: "completed",
      role: "assistant",
      content: [
        { type: "output_text", text: "One", annotations: [], logprobs: [] },
        { type: "refusal", refusal: "No" },
      ],
    },
    {
      id: `fc_lk_${hex}_3`,
      type: "function_call",
      status: "completed",
      arguments: "{}",
      call_id: "toolu_1",
      name: "f",
    },
    { id: `rs_lk_${hex}_4`, type: "reasoning", summary: [], encrypted_content: "lk1.b.gemini.s" },
    { id: `ig_lk_${hex}_5`, type: "image_generation_call", status: "completed", result: "iVBORw==" },
    {
      id: `msg_lk_${hex}_6`,
      type: "message",
      status: "completed",
      role: "assistant",
      content: [
        { type: "output_text", text: "![](https://example.org/a.png)", annotations: [], logprobs: [] },
        { type: "output_text", text: "Bye", annotations: [], logprobs: [] },
      ],
    },
    { type: "web_search_call", id: "ws_1" },
  ]);
});

test("what a part says comes back as the same part, whoever has sealed it", () => {
  const content: readonly AssistantPart[] = [
    { type: "reasoning", text: "Deep.", signature: { dialect: "anthropic-messages", value: "E.r.w=" } },
    { type: "reasoning", text: "", redacted: { dialect: "bedrock-converse", value: "c2Vj" } },
    { type: "reasoning", text: "Sum", isSummary: true, id: "rs_1" },
    {
      type: "reasoning",
      text: "Total",
      isSummary: true,
      id: "rs_1",
      signature: { dialect: "openai-responses", value: "gAAAA" },
    },
    { type: "text", text: "First", signature: { dialect: "gemini", value: "sig-1" } },
    { type: "text", text: "Second", signature: { dialect: "openai-responses", value: "final_answer" } },
    {
      type: "tool-call",
      id: "c1",
      name: "f",
      arguments: `{"a":1}`,
      signature: { dialect: "gemini", value: "sig-2" },
    },
    { type: "tool-call", id: "c2", name: "f", arguments: "{}" },
  ];
  const { request } = ingress.parseRequest({ body: { model: "m", input: output(...content) as never } });
  expect(request.messages).toEqual([{ role: "assistant", content }]);
});

test("a caller that asked for a summary finds the thinking there", () => {
  const thinking: AssistantPart = { type: "reasoning", text: "Hm" };
  const asked = render(answer([thinking]), { reasoning: { show: "auto" } }).output[0];
  expect(asked).toMatchObject({ summary: [{ type: "summary_text", text: "Hm" }] });
  expect(asked).not.toHaveProperty("content");
});

test("sources and probabilities stand with the text", () => {
  const raw = { type: "container_file_citation", container_id: "c", file_id: "f" };
  const response = render({
    ...answer([]),
    choices: [
      {
        index: 0,
        finishReason: "stop",
        logprobs: [{ token: "é", logprob: -1, alternatives: [{ token: "e", logprob: -2, bytes: [101] }] }],
        content: [
          {
            type: "text",
            text: "Hello",
            citations: [
              { url: "https://example.org", quote: "Hi" },
              { url: "https://example.org", title: "T", start: 1, end: 3 },
              { document: "2", title: "Doc" },
              { raw: { dialect: "openai-responses", value: raw } },
            ],
          },
        ],
      },
    ],
  });
  expect(response.output[0]).toMatchObject({
    content: [
      {
        annotations: [
          {
            type: "url_citation",
            start_index: 0,
            end_index: 5,
            url: "https://example.org",
            title: "https://example.org",
          },
          { type: "url_citation", start_index: 1, end_index: 3, url: "https://example.org", title: "T" },
          { type: "file_citation", file_id: "2", filename: "Doc", index: 0 },
          raw,
        ],
        logprobs: [
          {
            token: "é",
            logprob: -1,
            bytes: [195, 169],
            top_logprobs: [{ token: "e", logprob: -2, bytes: [101] }],
          },
        ],
      },
    ],
  });
});

describe("an answer that ended for", () => {
  test.each([
    ["stop", "completed", null],
    ["stop-text", "completed", null],
    ["tool-calls", "completed", null],
    ["other", "completed", null],
    ["length", "incomplete", { reason: "max_output_tokens" }],
    ["context-length", "incomplete", { reason: "max_output_tokens" }],
    ["content-filter", "incomplete", { reason: "content_filter" }],
    ["refusal", "incomplete", { reason: "content_filter" }],
    ["pause", "incomplete", {}],
    ["error", "failed", null],
  ] as const)("%s is %s", (reason, status, details) => {
    const response = render(answer([{ type: "text", text: "Hi" }], reason));
    expect(response.status).toBe(status);
    expect(response.incomplete_details).toEqual(details as never);
    expect(response.error === null).toBe(status !== "failed");
    expect(response.output[0]).toMatchObject({ status: status === "completed" ? "completed" : "incomplete" });
  });

  test("a refusal in words is complete", () => {
    expect(render(answer([{ type: "refusal", text: "No" }], "refusal")).status).toBe("completed");
  });

  test("a failure has the vendor's words", () => {
    const failed = { ...answer([], "error"), error: { kind: "server", message: "boom" } as const };
    expect(render(failed).error).toEqual({ code: "server_error", message: "boom" });
  });
});

test.each([
  ["authentication", 401, "authentication_error"],
  ["permission", 403, "permission_error"],
  ["rate-limit", 429, "rate_limit_error"],
  ["server", 500, "server_error"],
  ["invalid-request", 400, "invalid_request_error"],
  ["not-found", 404, "invalid_request_error"],
] as const)("an error of the kind %s has OpenAI's shape", (kind, status, type) => {
  expect(ingress.renderError({ kind, status, code: "LK-2102", message: "no", param: "input" })).toEqual({
    error: { message: "no", type, param: "input", code: "LK-2102" },
  });
});
