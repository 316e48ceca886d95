import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { lookForRecordings, recordingsFolder } from "./recordings-folder.ts";

/** A recorded answer of a provider. */
export interface Recording {
  readonly name: string;
  readonly provider: string;
  readonly status: number;
  readonly stream: boolean;
  readonly body: Uint8Array;
}

const state = lookForRecordings(recordingsFolder, process.env);

/** Whether the recordings are there. */
export const hasRecordings = state === "here";

if (state === "missing") throw new Error(`The recordings have to be in ${recordingsFolder}.`);

/** All recorded Chat Completions answers, streamed and whole, errors included. */
export function chatRecordings(): readonly Recording[] {
  if (!hasRecordings) return [];
  const [, ...rows] = readFileSync(resolve(recordingsFolder, "INDEX.tsv"), "utf8").trimEnd().split("\n");
  return rows.flatMap((row) => {
    const [file = "", provider = "", api = ""] = row.split("\t");
    return api === "chat.completions" ? readRecording(file, provider) : [];
  });
}

function readRecording(file: string, provider: string): readonly Recording[] {
  const text = readFileSync(resolve(recordingsFolder, file), "utf8");
  if (file.endsWith(".txt")) {
    const events = text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => `data: ${line}\n\n`);
    return [
      { name: file, provider, status: 200, stream: true, body: encode(`${events.join("")}data: [DONE]\n\n`) },
    ];
  }
  if (file.endsWith(".json"))
    return [{ name: file, provider, status: 200, stream: false, body: encode(text) }];
  return cassetteAnswers(parse(text, { schema: "yaml-1.1", logLevel: "error" })).flatMap((answer, index) => {
    const isStream = answer.body.startsWith("data:");
    if (!isStream && !answer.body.trimStart().startsWith("{")) return [];
    return [
      {
        name: `${file}#${index}`,
        provider,
        status: answer.status,
        stream: isStream,
        body: encode(answer.body),
      },
    ];
  });
}

interface CassetteAnswer {
  readonly status: number;
  readonly body: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Python, Ruby and Go cassettes keep the same things under other names. */
function cassetteAnswers(cassette: unknown): readonly CassetteAnswer[] {
  const root = cassette as Fields;
  const list = (root["interactions"] ?? root["http_interactions"] ?? []) as readonly Fields[];
  return list.flatMap((interaction) => {
    const response = interaction["response"] as Fields;
    const body = bodyOf(response);
    return body === undefined ? [] : [{ status: statusOf(response), body }];
  });
}

function statusOf(response: Fields): number {
  const status = response["status"] ?? response["code"];
  return typeof status === "object" && status !== null
    ? Number((status as Fields)["code"])
    : Number.parseInt(String(status), 10);
}

function bodyOf(response: Fields): string | undefined {
  if (response["parsed_body"] !== undefined) return JSON.stringify(response["parsed_body"]);
  const body = response["body"];
  const text =
    typeof body === "object" && body !== null
      ? ((body as Fields)["string"] ?? (body as Fields)["parsed_body"])
      : body;
  if (text instanceof Uint8Array) return decodeBinary(text);
  if (typeof text === "string") return text;
  return text === undefined || text === null ? undefined : JSON.stringify(text);
}

function decodeBinary(bytes: Uint8Array): string | undefined {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return new TextDecoder().decode(plain);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
