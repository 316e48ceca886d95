import type { MessageCreateParams } from "@anthropic-ai/sdk/resources/messages";
import { type Asked, demand, event, inTwo, type Said, tokens, type Vendor } from "./vendor.ts";

const model = "claude-sonnet-4-5-20250929";
const signature = "RXFRQnNpZw==";
const asked = {
  input_tokens: tokens.input - tokens.cached,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: tokens.cached,
};

/** Anthropic's Messages. */
export const anthropicMessages: Vendor = {
  dialect: "anthropic-messages",
  model,
  basePath: "/v1",
  credentials: [
    { header: "x-api-key", prefix: "" },
    // So its newest clients send it.
    { header: "authorization", prefix: "Bearer " },
  ],
  headers: [["anthropic-version", "2023-06-01"]],
  streamType: "text/event-stream",
  read({ path, body: given }) {
    const body = given as MessageCreateParams;
    demand(path === "/v1/messages", `no such path: ${path}`);
    demand(body.model === model, `no such model: ${body.model}`);
    demand(Number.isInteger(body.max_tokens), "max_tokens: Field required");
    demand(body.messages[0]?.role === "user", "messages: the first has to be the user's");
    const { thinking } = body;
    const thinks =
      thinking?.type === "enabled" || (thinking?.type === "adaptive" && thinking.display === "summarized");
    if (thinking?.type === "enabled") {
      demand(body.max_tokens > thinking.budget_tokens, "max_tokens has to be above the budget");
    }
    const names = (body.tools ?? []).flatMap((tool) => ("input_schema" in tool ? [tool.name] : []));
    const choice = body.tool_choice;
    demand(!thinks || (choice?.type !== "any" && choice?.type !== "tool"), "thinking and a forced tool");
    return {
      stream: body.stream === true,
      ...readMessages(body.messages, thinks),
      tools: names,
      forced: choice?.type === "tool" ? choice.name : choice?.type === "any" ? names[0] : undefined,
      structured: body.output_config?.format?.type === "json_schema",
      thinks,
      stop: body.stop_sequences ?? [],
    };
  },
  whole: (said) => ({
    ...head([...said.map(blockOf)]),
    stop_reason: reason(said),
    usage: { ...asked, output_tokens: tokens.output },
  }),
  stream: (said) => [
    named("message_start", { message: { ...head([]), usage: { ...asked, output_tokens: 1 } } }),
    named("ping", {}),
    ...said.flatMap(blockEvents),
    named("message_delta", {
      delta: { stop_reason: reason(said), stop_sequence: null },
      usage: { output_tokens: tokens.output },
    }),
    named("message_stop", {}),
  ],
  error: (status, message) => ({
    type: "error",
    error: { type: status === 400 ? "invalid_request_error" : "rate_limit_error", message },
    request_id: "req_011Sample",
  }),
};

function readMessages(
  messages: MessageCreateParams["messages"],
  thinks: boolean,
): Pick<Asked, "text" | "results" | "pictures"> {
  const turns = messages.map(({ role, content }) => ({
    role,
    blocks: typeof content === "string" ? [{ type: "text" as const, text: content }] : content,
  }));
  const ids = turns.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.type === "tool_use" ? [block.id] : [])),
  );
  const last = turns.at(-1)?.blocks ?? [];
  const results = last.flatMap((block) => {
    if (block.type !== "tool_result") return [];
    demand(ids.includes(block.tool_use_id), `no call ${block.tool_use_id}`);
    const { content = "" } = block;
    const text = typeof content === "string" ? content : content.map(wordsOf).join("");
    return [{ id: block.tool_use_id, name: undefined, text }];
  });
  if (thinks && results.length > 0) {
    const first = turns.at(-2)?.blocks[0];
    demand(first?.type === "thinking" && first.signature === signature, "the thinking has not come back");
  }
  const pictures = last.flatMap((block) =>
    block.type === "image" && block.source.type === "base64"
      ? [{ mediaType: block.source.media_type, base64: block.source.data }]
      : [],
  );
  return { text: last.map(wordsOf).join(""), results, pictures };
}

function wordsOf(block: object): string {
  return "text" in block && typeof block.text === "string" ? block.text : "";
}

function head(content: readonly object[]): object {
  const none = { stop_reason: null, stop_sequence: null };
  return { model, id: "msg_01", type: "message", role: "assistant", content, ...none };
}

function blockOf(part: Said, index: number): object {
  if (part.type === "text") return { type: "text", text: part.text };
  if (part.type === "thought") return { type: "thinking", thinking: part.text, signature };
  return { type: "tool_use", id: `toolu_0${index}`, name: part.name, input: part.arguments };
}

function blockEvents(part: Said, index: number): readonly string[] {
  const begun = { text: { text: "" }, thought: { thinking: "", signature: "" }, call: { input: {} } };
  const delta = (fields: object): string => named("content_block_delta", { index, delta: fields });
  return [
    named("content_block_start", { index, content_block: { ...blockOf(part, index), ...begun[part.type] } }),
    ...deltasOf(part).map(delta),
    named("content_block_stop", { index }),
  ];
}

function deltasOf(part: Said): readonly object[] {
  if (part.type === "text") return inTwo(part.text).map((text) => ({ type: "text_delta", text }));
  if (part.type === "thought") {
    const thinking = inTwo(part.text).map((text) => ({ type: "thinking_delta", thinking: text }));
    return [...thinking, { type: "signature_delta", signature }];
  }
  // A tool without arguments gets one empty piece and no more.
  const isEmpty = Object.keys(part.arguments).length === 0;
  const pieces = isEmpty ? [] : inTwo(JSON.stringify(part.arguments));
  return ["", ...pieces].map((partial_json) => ({ type: "input_json_delta", partial_json }));
}

function named(type: string, fields: object): string {
  return event({ type, ...fields }, type);
}

function reason(said: readonly Said[]): string {
  return said.some(({ type }) => type === "call") ? "tool_use" : "end_turn";
}
