import { type Asked, demand, inTwo, type Said, tokens, type Vendor } from "./vendor.ts";

const model = "qwen3:8b";

interface OllamaMessage {
  readonly role: string;
  readonly content: string;
  readonly images?: readonly string[];
  readonly tool_calls?: readonly {
    readonly function: { readonly name: string; readonly arguments: unknown };
  }[];
  readonly tool_name?: string;
}

interface OllamaRequest {
  readonly model: string;
  readonly messages: readonly OllamaMessage[];
  readonly stream: boolean;
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly format?: unknown;
  readonly think?: boolean | string;
  readonly options?: { readonly stop?: readonly string[] };
}

/** Ollama's own API. */
export const ollamaChat: Vendor = {
  dialect: "ollama-chat",
  model,
  basePath: "",
  credentials: [{ header: "authorization", prefix: "Bearer " }],
  headers: [],
  streamType: "application/x-ndjson",
  read({ path, body: given }) {
    const body = given as OllamaRequest;
    demand(path === "/api/chat", `no such path: ${path}`);
    demand(body.model === model, `no such model: ${body.model}`);
    demand(
      body.messages.every(({ content }) => typeof content === "string"),
      "content has to be text",
    );
    return {
      // A stream is what it does where it is told nothing.
      stream: body.stream !== false,
      ...readMessages(body.messages),
      tools: (body.tools ?? []).map((tool) => tool.function.name),
      ...readFormat(body),
      thinks: body.think !== undefined && body.think !== false,
      stop: body.options?.stop ?? [],
    };
  },
  whole: (said) => chunk(message(said), true),
  stream: (said) => [
    ...said.flatMap((part) => piecesOf(part).map((piece) => line(chunk(message([piece]), false)))),
    line(chunk(message([]), true)),
  ],
  error: (_status, message) => ({ error: message }),
};

/** A form beside a tool is that of the tool's arguments: no other way leads to its call. */
function readFormat({
  format,
  tools = [],
}: OllamaRequest): Pick<Asked, "forced" | "structured" | "writesCalls"> {
  const hasForm = typeof format === "object";
  const [tool] = tools;
  if (!hasForm || tool === undefined) return { forced: undefined, structured: hasForm };
  demand(tools.length === 1, "one tool for a form of arguments");
  return { forced: tool.function.name, structured: false, writesCalls: true };
}

function readMessages(messages: readonly OllamaMessage[]): Pick<Asked, "text" | "results" | "pictures"> {
  const calls = messages.flatMap(({ tool_calls = [] }) => tool_calls);
  demand(
    calls.every((call) => typeof call.function.arguments === "object"),
    "arguments have to be an object",
  );
  const names = calls.map((call) => call.function.name);
  const after = messages.slice(messages.findLastIndex(({ role }) => role !== "tool") + 1);
  const results = after.map(({ tool_name: name = "", content }) => {
    demand(names.includes(name), `no call of ${name}`);
    return { id: undefined, name, text: content };
  });
  const user = messages.findLast(({ role }) => role === "user");
  return {
    text: user?.content ?? "",
    results,
    pictures: (user?.images ?? []).map((base64) => ({ mediaType: undefined, base64 })),
  };
}

function piecesOf(part: Said): readonly Said[] {
  if (part.type === "call") return [part];
  return inTwo(part.text).map((text) => ({ ...part, text }));
}

/** Calls have no ids, and their arguments are objects. */
function message(said: readonly Said[]): object {
  const words = said.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  const thinking = said.flatMap((part) => (part.type === "thought" ? [part.text] : [])).join("");
  const calls = said.flatMap((part) => (part.type === "call" ? [part] : []));
  return {
    role: "assistant",
    content: words,
    ...(thinking !== "" && { thinking }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ name, arguments: given }) => ({ function: { name, arguments: given } })),
    }),
  };
}

/** It says `stop` even where tools are called. */
function chunk(told: object, isLast: boolean): object {
  const counted = { prompt_eval_count: tokens.input, eval_count: tokens.output, total_duration: 1_000 };
  return {
    model,
    created_at: "2026-11-01T12:00:00.123456Z",
    message: told,
    done: isLast,
    ...(isLast && { done_reason: "stop", ...counted }),
  };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
