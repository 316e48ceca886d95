import { type Asked, demand, event, inTwo, readDataUrl, type Said, tokens, type Vendor } from "./vendor.ts";

const model = "command-a-reasoning-08-2025";
const usage = {
  billed_units: { input_tokens: 5, output_tokens: tokens.output },
  tokens: { input_tokens: tokens.input, output_tokens: tokens.output },
  cached_tokens: tokens.cached,
};
/** What Cohere says of its plans, which is no part of any answer. */
const plan = "I will use tools.";

interface CoherePart {
  readonly type: string;
  readonly text?: string;
  readonly image_url?: { readonly url: string };
  readonly document?: { readonly data: string | { readonly text?: string } };
}

interface CohereMessage {
  readonly role: string;
  readonly content?: string | readonly CoherePart[];
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
}

interface CohereRequest {
  readonly model: string;
  readonly messages: readonly CohereMessage[];
  readonly stream: boolean;
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly tool_choice?: string;
  readonly response_format?: { readonly type: string; readonly json_schema?: object };
  readonly thinking?: { readonly type: string };
  readonly stop_sequences?: readonly string[];
}

/** Cohere's Chat, version 2. */
export const cohereChat: Vendor = {
  dialect: "cohere-chat",
  model,
  basePath: "/v2",
  credentials: [{ header: "authorization", prefix: "Bearer " }],
  headers: [],
  streamType: "text/event-stream",
  read({ path, body: given }) {
    const body = given as CohereRequest;
    demand(path === "/v2/chat", `no such path: ${path}`);
    demand(body.model === model, `no such model: ${body.model}`);
    demand(typeof body.stream === "boolean", "stream is required");
    const names = (body.tools ?? []).map((tool) => tool.function.name);
    demand(names.length === 0 || body.response_format === undefined, "tools and a format of the answer");
    return {
      stream: body.stream,
      ...readMessages(body.messages),
      tools: names,
      forced: body.tool_choice === "REQUIRED" ? names[0] : undefined,
      structured: body.response_format?.json_schema !== undefined,
      thinks: body.thinking?.type === "enabled",
      stop: body.stop_sequences ?? [],
    };
  },
  whole: (said) => ({
    id: "c14c80c3",
    finish_reason: reason(said),
    message: {
      role: "assistant",
      ...(isCalling(said)
        ? { tool_plan: plan, tool_calls: said.flatMap((part, index) => toolCall(part, index) ?? []) }
        : { content: said.flatMap((part) => contentOf(part) ?? []) }),
    },
    usage,
  }),
  stream: (said) => [
    named("message-start", { id: "c14c80c3", delta: { message: { role: "assistant", content: [] } } }),
    ...(isCalling(said)
      ? inTwo(plan).map((tool_plan) => named("tool-plan-delta", { delta: { message: { tool_plan } } }))
      : []),
    ...said.filter((part) => part.type === "call" || !isCalling(said)).flatMap(partEvents),
    named("message-end", { delta: { finish_reason: reason(said), usage } }),
    event("[DONE]"),
  ],
  error: (_status, message) => ({ id: "5f0c", message }),
};

function readMessages(messages: readonly CohereMessage[]): Pick<Asked, "text" | "results" | "pictures"> {
  const ids = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
  const after = messages.slice(messages.findLastIndex(({ role }) => role !== "tool") + 1);
  const results = after.map(({ tool_call_id: id = "", content }) => {
    demand(ids.includes(id), `no call ${id}`);
    return { id, name: undefined, text: textOf(content) };
  });
  const content = messages.findLast(({ role }) => role === "user")?.content;
  const parts = typeof content === "string" ? [] : (content ?? []);
  const pictures = parts.flatMap(({ image_url }) =>
    image_url === undefined ? [] : [readDataUrl(image_url.url)],
  );
  return { text: textOf(content), results, pictures };
}

function textOf(content: CohereMessage["content"]): string {
  if (content === undefined || typeof content === "string") return content ?? "";
  return content
    .map(({ text = "", document }) => {
      if (document === undefined) return text;
      return typeof document.data === "string" ? document.data : (document.data.text ?? "");
    })
    .join("");
}

const isCalling = (said: readonly Said[]): boolean => said.some(({ type }) => type === "call");

/** A tool without arguments is called with none at all. */
function argumentsOf(given: object): string {
  return Object.keys(given).length === 0 ? "" : JSON.stringify(given);
}

function toolCall(part: Said, index: number, text?: string): object | undefined {
  if (part.type !== "call") return undefined;
  const { name, arguments: given } = part;
  return {
    id: `${name}_${index}`,
    type: "function",
    function: { name, arguments: text ?? argumentsOf(given) },
  };
}

function contentOf(part: Said): object | undefined {
  if (part.type === "text") return { type: "text", text: part.text };
  return part.type === "thought" ? { type: "thinking", thinking: part.text } : undefined;
}

function partEvents(part: Said, index: number): readonly string[] {
  if (part.type === "call") {
    const start = toolCall(part, index, "");
    const text = argumentsOf(part.arguments);
    const pieces = text === "" ? [] : inTwo(text);
    return [
      named("tool-call-start", { index, delta: { message: { tool_calls: start } } }),
      ...pieces.map((piece) =>
        named("tool-call-delta", {
          index,
          delta: { message: { tool_calls: { function: { arguments: piece } } } },
        }),
      ),
      named("tool-call-end", { index }),
    ];
  }
  const member = part.type === "text" ? "text" : "thinking";
  const content = (text: string, type?: object): object => ({
    index,
    delta: { message: { content: { ...type, [member]: text } } },
  });
  return [
    named("content-start", content("", { type: member })),
    ...inTwo(part.text).map((text) => named("content-delta", content(text))),
    named("content-end", { index }),
  ];
}

function named(type: string, fields: object): string {
  return event({ type, ...fields }, type);
}

function reason(said: readonly Said[]): string {
  return isCalling(said) ? "TOOL_CALL" : "COMPLETE";
}
