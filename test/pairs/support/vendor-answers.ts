import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ChatDialectName } from "../../../src/canonical/content.ts";
import type { ProviderProfile } from "../../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../../src/catalog/providers/index.ts";
import { encodeEventStreamMessage } from "../../../src/dialects/bedrock-converse/event-stream.ts";
import type { TargetTraits } from "../../../src/dialects/dialect.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../../src/kernel/json.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";

/** What a vendor has answered, recorded or written after its documentation. */
export interface VendorAnswer {
  readonly name: string;
  readonly dialect: ChatDialectName;
  readonly traits: TargetTraits;
  readonly form: "whole" | "stream" | "error";
  readonly status: number;
  readonly body: Uint8Array;
}

/** Models that stand for those that were recorded, each of a family that thinks and signs. */
const MODELS: Readonly<Record<ChatDialectName, string>> = {
  "openai-chat": "some-model",
  "openai-responses": "gpt-5.6-mini",
  "anthropic-messages": "claude-sonnet-4-5-20250929",
  gemini: "gemini-3.1-pro-preview",
  "bedrock-converse": "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "cohere-chat": "command-a-reasoning-08-2025",
  "ollama-chat": "qwen3",
};

/** Names in the index of what was recorded. */
const APIS: readonly (readonly [ChatDialectName, readonly string[]])[] = [
  ["openai-chat", ["chat.completions"]],
  ["openai-responses", ["responses"]],
  ["anthropic-messages", ["messages"]],
  ["gemini", ["generateContent", "streamGenerateContent"]],
  ["bedrock-converse", ["converse", "converse-stream"]],
  ["cohere-chat", ["cohere.v2.chat"]],
  ["ollama-chat", ["ollama.chat"]],
];

const PROFILES: Readonly<Record<string, keyof typeof providerProfiles>> = {
  azure: "azure-openai",
  compat: "openai-compatible",
  "compat-local": "openai-compatible",
  bedrock: "openai-compatible",
  gemini: "openai-compatible",
  ollama: "openai-compatible",
};

/** Members that an answer has in its dialect, and nothing else of the same APIs (counts, lists, other APIs). */
const MARKS: Readonly<Record<ChatDialectName, string>> = {
  "openai-chat": "choices",
  "openai-responses": "output",
  "anthropic-messages": "content",
  gemini: "candidates",
  "bedrock-converse": "output",
  "cohere-chat": "message",
  "ollama-chat": "message",
};

/** A target of a dialect; of one of its providers where that is known. */
export function traitsOf(dialect: ChatDialectName, provider?: string): TargetTraits {
  const type = provider === undefined ? undefined : (PROFILES[provider] ?? provider);
  if (dialect !== "openai-chat" || type === undefined || !Object.hasOwn(providerProfiles, type))
    return { upstreamModel: MODELS[dialect] };
  const { chat }: ProviderProfile = providerProfiles[type as keyof typeof providerProfiles];
  return { upstreamModel: MODELS[dialect], ...(chat?.quirks !== undefined && { quirks: chat.quirks }) };
}

/** A frame of Amazon's event streams. */
function frame(line: string): Uint8Array {
  const [[type, value] = ["", {}]] = Object.entries(JSON.parse(line) as Record<string, JsonObject>);
  const headers = { ":event-type": type, ":content-type": "application/json", ":message-type": "event" };
  return encodeEventStreamMessage(headers, Buffer.from(JSON.stringify(value)));
}

/** Lines of a stream with the frames that its dialect has around them. */
export function framed(dialect: ChatDialectName, lines: readonly string[]): Uint8Array {
  if (dialect === "bedrock-converse") return Buffer.concat(lines.map(frame));
  if (dialect === "ollama-chat") return Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const events = lines.map((line) => `data: ${line}\n\n`).join("");
  return Buffer.from(dialect === "openai-chat" ? `${events}data: [DONE]\n\n` : events);
}

function formOf(
  dialect: ChatDialectName,
  status: number,
  body: Uint8Array,
): VendorAnswer["form"] | undefined {
  if (status >= 400) return "error";
  const text = Buffer.from(body.subarray(0, 2_000_000)).toString();
  const value = tryParseJson(text);
  if (isJsonObject(value)) {
    if (value["error"] !== undefined && value["error"] !== null && value["output"] === undefined)
      return "error";
    const isWhole = Object.hasOwn(value, MARKS[dialect]) || value["promptFeedback"] !== undefined;
    return isWhole && value["completion"] === undefined ? "whole" : undefined;
  }
  if (dialect === "ollama-chat") return text.startsWith("{") ? "stream" : undefined;
  if (dialect === "bedrock-converse") return body[0] === 0 ? "stream" : undefined;
  return /(^|\n)(data|event):/.test(text) ? "stream" : undefined;
}

/** Some recordings that were kept line by line hold the streams of several turns of Responses. */
function turnsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const turns: string[][] = [[]];
  for (const line of lines) {
    if (line.includes('"type":"response.created"') && turns.at(-1)?.length !== 0) turns.push([]);
    turns.at(-1)?.push(line);
  }
  return turns;
}

/** Pictures that were shortened by those who keep the recording are base64 again. */
function unabridged(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString("latin1");
  const mended = text.replaceAll(/[A-Za-z0-9+/]{40,}\.\.\.[A-Za-z0-9+/]{40,}={0,2}/g, "iVBORw0KGgo=");
  return mended === text ? body : Buffer.from(mended, "latin1");
}

function fromRecording(dialect: ChatDialectName, exchange: RecordedExchange): readonly VendorAnswer[] {
  const { lines, name, provider, status } = exchange;
  const bodies = lines === undefined ? [exchange.body] : turnsOf(lines).map((turn) => framed(dialect, turn));
  return bodies.map(unabridged).flatMap((body, index): readonly VendorAnswer[] => {
    const form = formOf(dialect, status, body);
    if (form === undefined) return [];
    const turn = index === 0 ? "" : `/${index}`;
    return [{ name: name + turn, dialect, traits: traitsOf(dialect, provider), form, status, body }];
  });
}

/** Other APIs of the same vendors share files with these. */
function isConversation({ url = "" }: RecordedExchange): boolean {
  return !/count_tokens|\/threads|countTokens|compat|embed|\/v1\/skills|\/files|\/caches|\/conversations/.test(
    url,
  );
}

/** All recorded answers of every dialect. */
export function recordedAnswers(): readonly VendorAnswer[] {
  return APIS.flatMap(([dialect, apis]) =>
    recordedExchanges(...apis)
      .filter(isConversation)
      .flatMap((exchange) => fromRecording(dialect, exchange)),
  );
}

const wire = resolve(import.meta.dir, "../../wire");

/** All of the repository's own wire samples that are conversations. */
export function sampledAnswers(): readonly VendorAnswer[] {
  return APIS.flatMap(([dialect]) =>
    (readdirSync(join(wire, dialect), { recursive: true }) as string[])
      .filter((file) => /\.(json|sse|jsonl)$/.test(file))
      .sort()
      .flatMap((file): readonly VendorAnswer[] => {
        const bytes = new Uint8Array(readFileSync(join(wire, dialect, file)));
        const lines = Buffer.from(bytes).toString().trimEnd().split("\n");
        const body = file.endsWith(".jsonl") ? framed(dialect, lines) : bytes;
        const status = Number(/error-(\d{3})/.exec(file)?.[1] ?? 200);
        const form = file.endsWith(".json") ? formOf(dialect, status, body) : "stream";
        if (form === undefined) return [];
        return [{ name: `${dialect}/${file}`, dialect, traits: traitsOf(dialect), form, status, body }];
      }),
  );
}
