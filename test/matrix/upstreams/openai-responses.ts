import type { ResponseCreateParams, ResponseInputItem } from "openai/resources/responses/responses";
import { type Asked, demand, event, inTwo, readDataUrl, type Said, tokens, type Vendor } from "./vendor.ts";

const model = "gpt-5.6-mini";
const usage = {
  input_tokens: tokens.input,
  input_tokens_details: { cached_tokens: tokens.cached, cache_write_tokens: 0 },
  output_tokens: tokens.output,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: tokens.input + tokens.output,
};

/** OpenAI's Responses API. */
export const openaiResponses: Vendor = {
  dialect: "openai-responses",
  model,
  basePath: "/v1",
  credentials: [{ header: "authorization", prefix: "Bearer " }],
  headers: [],
  streamType: "text/event-stream",
  read({ path, body: given }) {
    const body = given as ResponseCreateParams;
    demand(path === "/v1/responses", `no such path: ${path}`);
    demand(body.model === model, `no such model: ${body.model}`);
    demand(body.previous_response_id == null, "no such response");
    const input = typeof body.input === "string" ? [] : (body.input ?? []).map(storedOr);
    const read = readItems(input);
    return {
      stream: body.stream === true,
      ...read,
      text: typeof body.input === "string" ? body.input : read.text,
      tools: (body.tools ?? []).flatMap((tool) => (tool.type === "function" ? [tool.name] : [])),
      forced: forcedBy(body),
      structured: body.text?.format?.type === "json_schema",
      thinks: body.reasoning?.summary != null,
      stop: [],
    };
  },
  whole: (said) => response("completed", said.map(itemOf)),
  stream: (said) => {
    const items = said.map(itemOf);
    const events = [
      { type: "response.created", response: response("in_progress", []) },
      { type: "response.in_progress", response: response("in_progress", []) },
      ...said.flatMap((part, place) => itemEvents(part, place)),
      { type: "response.completed", response: response("completed", items) },
    ];
    return events.map((data, sequence_number) => event({ ...data, sequence_number }, data.type));
  },
  error: (status, message) =>
    status === 400
      ? { error: { message, type: "invalid_request_error", param: "input", code: null } }
      : { error: { message, type: "requests", param: null, code: "rate_limit_exceeded" } },
};

type Items = readonly ResponseInputItem[];

/** Items that were answered, which callers may name instead of sending them. */
const stored = new Map<string, ResponseInputItem>();

function storedOr(item: ResponseInputItem): ResponseInputItem {
  if (item.type !== "item_reference") return item;
  const found = stored.get(item.id ?? "");
  demand(found !== undefined, `no item ${item.id}`);
  return found;
}

function readItems(items: Items): Pick<Asked, "text" | "results" | "pictures"> {
  const ids = items.flatMap((item) => (item.type === "function_call" ? [item.call_id] : []));
  const after = items.slice(items.findLastIndex(({ type }) => type !== "function_call_output") + 1);
  const results = after.flatMap((item) => {
    if (item.type !== "function_call_output") return [];
    demand(ids.includes(item.call_id), `no call ${item.call_id}`);
    const parts = typeof item.output === "string" ? [] : item.output;
    const text = typeof item.output === "string" ? item.output : parts.map(wordsOf).join("");
    return [{ id: item.call_id, name: undefined, text }];
  });
  const user = items.findLast((item) => "role" in item && item.role === "user");
  const content = user !== undefined && "content" in user ? user.content : undefined;
  const parts = Array.isArray(content) ? content : [];
  return {
    text: typeof content === "string" ? content : parts.map(wordsOf).join(""),
    results,
    pictures: parts.flatMap((part) =>
      part.type === "input_image" && "image_url" in part && typeof part.image_url === "string"
        ? [readDataUrl(part.image_url)]
        : [],
    ),
  };
}

function wordsOf(part: object): string {
  return "text" in part && typeof part.text === "string" ? part.text : "";
}

function forcedBy({ tool_choice: choice, tools }: ResponseCreateParams): string | undefined {
  const [first] = tools ?? [];
  if (choice === "required") return first?.type === "function" ? first.name : undefined;
  return typeof choice === "object" && choice.type === "function" ? choice.name : undefined;
}

function response(status: string, output: readonly object[]): object {
  for (const item of output) if ("id" in item) stored.set(String(item.id), item as ResponseInputItem);
  const settings = { parallel_tool_calls: true, tool_choice: "auto", tools: [], temperature: 1, top_p: 1 };
  return {
    id: "resp_1",
    object: "response",
    created_at: 1_790_000_000,
    status,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model,
    output,
    ...settings,
    usage: status === "completed" ? usage : null,
  };
}

const textPart = (text: string): object => ({ type: "output_text", annotations: [], logprobs: [], text });

function itemOf(part: Said, place: number): { readonly id: string; readonly type: string } {
  switch (part.type) {
    case "text": {
      const content = [textPart(part.text)];
      return { id: `msg_${place}`, type: "message", ...{ status: "completed", role: "assistant", content } };
    }
    case "thought": {
      const summary = [{ type: "summary_text", text: part.text }];
      return { id: `rs_${place}`, type: "reasoning", ...{ summary, encrypted_content: "gAAAAsealed==" } };
    }
    case "call": {
      const text = JSON.stringify(part.arguments);
      const call = { status: "completed", name: part.name, arguments: text, call_id: `call_${place}` };
      return { id: `fc_${place}`, type: "function_call", ...call };
    }
  }
}

function itemEvents(part: Said, output_index: number): readonly { readonly type: string }[] {
  const item = itemOf(part, output_index);
  const at = { item_id: item.id, output_index };
  const empty = { message: { content: [] }, reasoning: { summary: [] }, function_call: { arguments: "" } };
  const begun = { ...item, ...empty[item.type as keyof typeof empty], status: "in_progress" };
  return [
    { type: "response.output_item.added", ...{ output_index, item: begun } },
    ...innerEvents(part, at),
    { type: "response.output_item.done", ...{ output_index, item } },
  ];
}

function innerEvents(part: Said, at: object): readonly { readonly type: string }[] {
  if (part.type === "call") {
    const text = JSON.stringify(part.arguments);
    const base = "response.function_call_arguments";
    return [
      ...inTwo(text).map((delta) => ({ type: `${base}.delta`, ...at, delta })),
      { type: `${base}.done`, ...at, ...{ arguments: text, name: part.name } },
    ];
  }
  if (part.type === "thought") {
    const place = { ...at, summary_index: 0 };
    const added = (text: string) => ({ ...place, part: { type: "summary_text", text } });
    return [
      { type: "response.reasoning_summary_part.added", ...added("") },
      ...inTwo(part.text).map((delta) => ({
        type: "response.reasoning_summary_text.delta",
        ...place,
        delta,
      })),
      { type: "response.reasoning_summary_text.done", ...place, ...{ text: part.text } },
      { type: "response.reasoning_summary_part.done", ...added(part.text) },
    ];
  }
  const place = { ...at, content_index: 0 };
  return [
    { type: "response.content_part.added", ...place, ...{ part: textPart("") } },
    ...inTwo(part.text).map((delta) => ({
      type: "response.output_text.delta",
      ...place,
      ...{ delta, logprobs: [] },
    })),
    { type: "response.output_text.done", ...place, ...{ text: part.text, logprobs: [] } },
    { type: "response.content_part.done", ...place, ...{ part: textPart(part.text) } },
  ];
}
