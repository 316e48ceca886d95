import type { ChatCompletionCreateParams, ChatCompletionMessageParam } from "openai/resources";
import { type Asked, demand, event, inTwo, readDataUrl, type Said, tokens, type Vendor } from "./vendor.ts";

const model = "gpt-5.6-mini";
const usage = {
  prompt_tokens: tokens.input,
  completion_tokens: tokens.output,
  total_tokens: tokens.input + tokens.output,
  prompt_tokens_details: { cached_tokens: tokens.cached },
};

/** Chat Completions, with `reasoning_content` as its hosts of open models have it. */
export const openaiChat: Vendor = {
  dialect: "openai-chat",
  model,
  basePath: "/v1",
  credentials: [{ header: "authorization", prefix: "Bearer " }],
  headers: [],
  streamType: "text/event-stream",
  read({ path, body: given }) {
    const body = given as ChatCompletionCreateParams;
    demand(path === "/v1/chat/completions", `no such path: ${path}`);
    demand(body.model === model, `no such model: ${body.model}`);
    demand(body.stream !== true || body.stream_options?.include_usage === true, "usage was not asked for");
    return {
      stream: body.stream === true,
      ...readMessages(body.messages),
      tools: (body.tools ?? []).flatMap((tool) => (tool.type === "function" ? [tool.function.name] : [])),
      forced: forcedBy(body),
      structured: body.response_format?.type === "json_schema",
      thinks: body.reasoning_effort != null || "reasoning" in body,
      stop: [body.stop ?? []].flat(),
    };
  },
  whole: (said) => ({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_790_000_000,
    model,
    choices: [{ index: 0, message: message(said), logprobs: null, finish_reason: reason(said) }],
    usage,
  }),
  stream: (said) => [
    chunk([{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }]),
    ...said.flatMap((part, place) =>
      deltas(part, said.slice(0, place).filter(isCall).length).map((delta) =>
        chunk([{ index: 0, delta, finish_reason: null }]),
      ),
    ),
    chunk([{ index: 0, delta: {}, finish_reason: reason(said) }]),
    chunk([], usage),
    event("[DONE]"),
  ],
  error: (status, message) =>
    status === 400
      ? { error: { message, type: "invalid_request_error", param: "messages", code: null } }
      : { error: { message, type: "requests", param: null, code: "rate_limit_exceeded" } },
};

function readMessages(
  messages: readonly ChatCompletionMessageParam[],
): Pick<Asked, "text" | "results" | "pictures"> {
  const ids = messages.flatMap((each) =>
    each.role === "assistant" ? (each.tool_calls ?? []).map(({ id }) => id) : [],
  );
  const after = messages.slice(messages.findLastIndex(({ role }) => role !== "tool") + 1);
  const results = after.flatMap((each) => {
    if (each.role !== "tool") return [];
    demand(ids.includes(each.tool_call_id), `no call ${each.tool_call_id}`);
    return [{ id: each.tool_call_id, name: undefined, text: textOf(each.content) }];
  });
  const user = messages.findLast(({ role }) => role === "user");
  const content = user?.role === "user" ? user.content : "";
  const parts = typeof content === "string" ? [] : content;
  return {
    text: textOf(content),
    results,
    pictures: parts.flatMap((part) => (part.type === "image_url" ? [readDataUrl(part.image_url.url)] : [])),
  };
}

function textOf(content: string | readonly { readonly type: string; readonly text?: string }[]): string {
  if (typeof content === "string") return content;
  return content.map((part) => part.text ?? "").join("");
}

function forcedBy({ tool_choice: choice, tools }: ChatCompletionCreateParams): string | undefined {
  const [first] = tools ?? [];
  if (choice === "required") return first?.type === "function" ? first.function.name : undefined;
  return typeof choice === "object" && choice.type === "function" ? choice.function.name : undefined;
}

const isCall = (part: Said): boolean => part.type === "call";

function message(said: readonly Said[]): object {
  const words = said.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  const thoughts = said.flatMap((part) => (part.type === "thought" ? [part.text] : [])).join("");
  const calls = said.flatMap((part) => (part.type === "call" ? [part] : []));
  return {
    role: "assistant",
    content: words === "" ? null : words,
    refusal: null,
    ...(thoughts !== "" && { reasoning_content: thoughts }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ name, arguments: given }, index) => ({
        id: `call_${index}`,
        type: "function",
        function: { name, arguments: JSON.stringify(given) },
      })),
    }),
  };
}

function deltas(part: Said, index: number): readonly object[] {
  if (part.type === "text") return inTwo(part.text).map((content) => ({ content }));
  if (part.type === "thought") return inTwo(part.text).map((text) => ({ reasoning_content: text }));
  const begin = {
    index,
    id: `call_${index}`,
    type: "function",
    function: { name: part.name, arguments: "" },
  };
  return [
    { tool_calls: [begin] },
    ...inTwo(JSON.stringify(part.arguments)).map((text) => ({
      tool_calls: [{ index, function: { arguments: text } }],
    })),
  ];
}

function chunk(choices: readonly object[], counted: object | null = null): string {
  const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_790_000_000, model };
  return event({ ...head, choices, usage: counted });
}

function reason(said: readonly Said[]): string {
  return said.some(isCall) ? "tool_calls" : "stop";
}
