import type { ContentBlock, ConverseRequest, Message } from "@aws-sdk/client-bedrock-runtime";
import { encodeEventStreamMessage } from "../../../src/dialects/bedrock-converse/event-stream.ts";
import { type Asked, demand, inTwo, type Said, tokens, type Vendor } from "./vendor.ts";

const model = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
const signature = "RXFRQnNpZw==";
const usage = {
  inputTokens: tokens.input - tokens.cached,
  outputTokens: tokens.output,
  totalTokens: tokens.input + tokens.output,
  cacheReadInputTokens: tokens.cached,
  cacheWriteInputTokens: 0,
};

/** Amazon Bedrock's Converse and ConverseStream, with an API key in place of a signature. */
export const bedrockConverse: Vendor = {
  dialect: "bedrock-converse",
  model,
  basePath: "",
  credentials: [{ header: "authorization", prefix: "Bearer " }],
  headers: [],
  streamType: "application/vnd.amazon.eventstream",
  read({ path, body: given }) {
    const body = given as ConverseRequest;
    const method = path.replace(`/model/${encodeURIComponent(model)}/`, "");
    const stream = method === "converse-stream";
    demand(stream || method === "converse", `no such path: ${path}`);
    demand(!Object.keys(body).includes("model"), "the model stands in the path");
    const messages = body.messages ?? [];
    demand(messages[0]?.role === "user", "a conversation begins with the user's message");
    const names = (body.toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec?.name ?? []);
    const choice = body.toolConfig?.toolChoice;
    const extra = body.additionalModelRequestFields as { thinking?: { type?: string } } | undefined;
    const any = choice?.any === undefined ? undefined : names[0];
    return {
      stream,
      ...readMessages(messages, names.length > 0),
      tools: names,
      forced: choice?.tool?.name ?? any,
      structured: body.outputConfig?.textFormat?.type === "json_schema",
      thinks: ["enabled", "adaptive"].includes(extra?.thinking?.type ?? ""),
      stop: body.inferenceConfig?.stopSequences ?? [],
    };
  },
  whole: (said) => ({
    output: { message: { role: "assistant", content: said.map(blockOf) } },
    stopReason: reason(said),
    usage,
    metrics: { latencyMs: 12 },
  }),
  stream: (said) => [
    frame("messageStart", { role: "assistant" }),
    ...said.flatMap(blockFrames),
    frame("messageStop", { stopReason: reason(said) }),
    frame("metadata", { usage, metrics: { latencyMs: 12 } }),
  ],
  error: (status, message) => ({
    message,
    __type: status === 400 ? "ValidationException" : "ThrottlingException",
  }),
};

function readMessages(
  messages: readonly Message[],
  hasTools: boolean,
): Pick<Asked, "text" | "results" | "pictures"> {
  const blocks = messages.flatMap(({ content = [] }) => content);
  const ids = blocks.flatMap(({ toolUse }) => toolUse?.toolUseId ?? []);
  demand(ids.length === 0 || hasTools, "toolConfig is missing");
  const last: readonly ContentBlock[] = messages.at(-1)?.content ?? [];
  const results = last.flatMap(({ toolResult }) => {
    if (toolResult === undefined) return [];
    const { toolUseId: id = "", content = [] } = toolResult;
    demand(ids.includes(id), `no call ${id}`);
    return [{ id, name: undefined, text: content.map(({ text = "" }) => text).join("") }];
  });
  const pictures = last.flatMap(({ image }) =>
    image === undefined
      ? []
      : [{ mediaType: `image/${image.format}`, base64: String(image.source?.bytes ?? "") }],
  );
  return { text: last.map(({ text = "" }) => text).join(""), results, pictures };
}

function blockOf(part: Said, index: number): object {
  if (part.type === "text") return { text: part.text };
  if (part.type === "thought") return { reasoningContent: { reasoningText: { text: part.text, signature } } };
  return { toolUse: { toolUseId: `tooluse_${index}`, name: part.name, input: part.arguments } };
}

/** Only blocks of tools have a start. */
function blockFrames(part: Said, contentBlockIndex: number): readonly Uint8Array[] {
  const at = { contentBlockIndex };
  const start = {
    toolUse: { toolUseId: `tooluse_${contentBlockIndex}`, name: part.type === "call" ? part.name : "" },
  };
  return [
    ...(part.type === "call" ? [frame("contentBlockStart", { ...at, start })] : []),
    ...deltasOf(part).map((delta) => frame("contentBlockDelta", { ...at, delta })),
    frame("contentBlockStop", at),
  ];
}

function deltasOf(part: Said): readonly object[] {
  if (part.type === "text") return inTwo(part.text).map((text) => ({ text }));
  if (part.type === "thought") {
    return [...inTwo(part.text).map((text) => ({ text })), { signature }].map((reasoningContent) => ({
      reasoningContent,
    }));
  }
  return inTwo(JSON.stringify(part.arguments)).map((input) => ({ toolUse: { input } }));
}

function frame(type: string, payload: object): Uint8Array {
  const headers = { ":event-type": type, ":content-type": "application/json", ":message-type": "event" };
  return encodeEventStreamMessage(headers, Buffer.from(JSON.stringify(payload)));
}

function reason(said: readonly Said[]): string {
  return said.some(({ type }) => type === "call") ? "tool_use" : "end_turn";
}
