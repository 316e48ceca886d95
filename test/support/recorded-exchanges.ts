import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { type DocumentOptions, parse, type SchemaOptions } from "yaml";
import { hasRecordings } from "./recordings.ts";
import { recordingsFolder } from "./recordings-folder.ts";

/** A provider's recorded answer, and the request that it answered where that was recorded as well. */
export interface RecordedExchange {
  /** File and, where it holds several exchanges, `#` and their number. */
  readonly name: string;
  readonly provider: string;
  /** As in the index, such as `messages`; several are joined with `+`. */
  readonly api: string;
  /** Features as the index guesses them. */
  readonly features: readonly string[];
  /** Absent where only the answer was kept. */
  readonly url?: string;
  readonly request?: unknown;
  /** The request's bytes as they were sent, and their type, for those that are no JSON. */
  readonly requestBytes?: Uint8Array;
  readonly requestType?: string;
  readonly status: number;
  readonly contentType: string;
  /**
   * The answer's bytes as they were sent. Of streams that were kept as one payload per line the lines are given
   * instead: their framing is the dialect's business.
   */
  readonly body: Uint8Array;
  readonly lines?: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** All recorded exchanges whose API (in the index, perhaps among others) is one of these. */
export function recordedExchanges(...apis: readonly string[]): readonly RecordedExchange[] {
  if (!hasRecordings) return [];
  const [, ...rows] = readFileSync(resolve(recordingsFolder, "INDEX.tsv"), "utf8").trimEnd().split("\n");
  return rows.flatMap((row) => {
    const [file = "", provider = "", api = "", features = ""] = row.split("\t");
    if (!api.split("+").some((name) => apis.includes(name))) return [];
    const exchanges = readExchanges(file);
    return exchanges.map((exchange, index) => ({
      ...exchange,
      name: exchanges.length === 1 ? file : `${file}#${index}`,
      provider,
      api,
      features: features.split(","),
    }));
  });
}

type Exchange = Omit<RecordedExchange, "name" | "provider" | "api" | "features">;

function readExchanges(file: string): readonly Exchange[] {
  const text = readFileSync(resolve(recordingsFolder, file), "utf8");
  if (file.endsWith(".txt")) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return [{ status: 200, contentType: "text/event-stream", body: new Uint8Array(), lines }];
  }
  if (!file.endsWith(".json")) return cassette(parseYaml(text));
  const value = JSON.parse(text) as unknown;
  if (isFields(value) && Array.isArray(value["interactions"])) return replays(value);
  return [{ status: 200, contentType: "application/json", body: Buffer.from(text) }];
}

function parseYaml(text: string): Fields {
  const options: SchemaOptions & DocumentOptions = {
    schema: "yaml-1.1",
    logLevel: "error",
    customTags: [rubyBinary],
  };
  try {
    return parse(text, options);
  } catch {
    return parse(indentQuoted(text), options);
  }
}

/** Ruby's writer has its own name for what YAML calls `!!binary`. */
const rubyBinary = { tag: "!binary", resolve: (text: string) => Buffer.from(text, "base64") };

/** Indents the further lines of quoted texts, which some writers of YAML put under their key. */
function indentQuoted(text: string): string {
  let isOpen = false;
  const lines = text.split("\n").map((line) => {
    const indented = isOpen ? `  ${line}` : line;
    const quotes = line.split("'").length - 1;
    const begins = isOpen || /^[\s-]*[\w-]+: '/.test(line);
    if (begins && quotes % 2 === 1) isOpen = !isOpen;
    return indented;
  });
  return lines.join("\n");
}

/** The Python, Ruby and Go cassettes keep the same things under other names. */
function cassette(root: Fields): readonly Exchange[] {
  const list = (root["interactions"] ?? root["http_interactions"] ?? []) as readonly Fields[];
  return list.map((interaction) => {
    const request = interaction["request"] as Fields;
    const response = interaction["response"] as Fields;
    const status = response["status"] ?? response["code"];
    return {
      url: String(request["uri"] ?? request["url"] ?? ""),
      request: tryJson(bodyOf(request)),
      requestBytes: bodyOf(request),
      requestType: header(request, "content-type"),
      status: isFields(status) ? Number(status["code"]) : Number.parseInt(String(status), 10),
      contentType: header(response, "content-type"),
      body: bodyOf(response),
    };
  });
}

/** Replays of the JavaScript SDK for Gemini: a stream's segments are its events. */
function replays(root: Fields): readonly Exchange[] {
  return (root["interactions"] as readonly Fields[]).map((interaction) => {
    const request = interaction["request"] as Fields;
    const response = interaction["response"] as Fields;
    const url = String(request["url"] ?? "");
    const segments = (response["bodySegments"] ?? []) as readonly unknown[];
    const isStream = url.includes("alt=sse");
    const texts = segments.map((segment) => JSON.stringify(segment));
    return {
      url,
      request: (request["bodySegments"] as readonly unknown[] | undefined)?.[0],
      status: Number(response["statusCode"] ?? 200),
      contentType: isStream ? "text/event-stream" : "application/json",
      body: Buffer.from(isStream ? texts.map((text) => `data: ${text}\r\n\r\n`).join("") : texts.join("")),
    };
  });
}

function bodyOf(message: Fields): Uint8Array {
  if (message["parsed_body"] !== undefined) return Buffer.from(JSON.stringify(message["parsed_body"]));
  const body = message["body"];
  const value = isFields(body) ? (body["string"] ?? body["parsed_body"]) : body;
  if (value instanceof Uint8Array) return value[0] === 0x1f && value[1] === 0x8b ? gunzipSync(value) : value;
  if (typeof value === "string") return Buffer.from(value);
  return value === undefined || value === null ? new Uint8Array() : Buffer.from(JSON.stringify(value));
}

function header(message: Fields, name: string): string {
  const headers = (message["headers"] ?? {}) as Fields;
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  const value = key === undefined ? "" : headers[key];
  return String(Array.isArray(value) ? value[0] : value);
}

function tryJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
