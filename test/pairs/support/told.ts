import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../../src/kernel/json.ts";

/** What a caller is told in one of the answers to its request, read from the wire by these tests alone. */
export interface Told {
  readonly text: string;
  /** Without line breaks, which callers' dialects put between thoughts or not. */
  readonly thinking: string;
  readonly refusal: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[];
  readonly finish: string;
  /** Addresses of what is cited, each once, in order. */
  readonly sources: readonly string[];
  readonly images: number;
}

/** Tokens as a caller is told. */
export interface ToldUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
}

/** Members of a value that is an object; none of another. */
export function members(value: unknown): JsonObject {
  return isJsonObject(value) ? (value as JsonObject) : {};
}

/** Objects of a value that is a list; none of another. */
export function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject).map((one) => one as JsonObject) : [];
}

/** A member's text of each object, put together. */
export function textIn(list: readonly JsonObject[], name: string): string {
  return list.map((one) => (typeof one[name] === "string" ? one[name] : "")).join("");
}

/** Words without line breaks. */
export function flat(words: string): string {
  return words.replaceAll("\n", "");
}

const parsed = (value: unknown): unknown => tryParseJson(String(value)) ?? value;
const distinct = (values: readonly unknown[]): readonly string[] =>
  [...new Set(values.filter((value) => typeof value === "string" && value !== ""))] as readonly string[];

function readChat(body: JsonObject): readonly Told[] {
  return objects(body["choices"]).map(({ message, finish_reason }) => {
    const { content, refusal, reasoning_content, audio, tool_calls, annotations, images } = members(message);
    const calls = objects(tool_calls).filter(({ type }) => type === "function");
    return {
      text: String(content ?? "") + String(members(audio)["transcript"] ?? ""),
      thinking: flat(String(reasoning_content ?? "")),
      refusal: String(refusal ?? ""),
      calls: calls.map(({ id, function: called }) => ({
        id: String(id),
        name: String(members(called)["name"]),
        arguments: parsed(members(called)["arguments"]),
      })),
      finish: String(finish_reason),
      sources: distinct(objects(annotations).map(({ url_citation }) => members(url_citation)["url"])),
      images: objects(images).length,
    };
  });
}

function readResponses(body: JsonObject): readonly Told[] {
  const output = objects(body["output"]);
  const ofType = (type: string) => output.filter((item) => item["type"] === type);
  const said = ofType("message").flatMap(({ content }) => objects(content));
  const thoughts = ofType("reasoning").flatMap(({ summary, content }) => [
    ...objects(summary),
    ...objects(content),
  ]);
  return [
    {
      text: textIn(said, "text"),
      thinking: flat(textIn(thoughts, "text")),
      refusal: said.flatMap(({ refusal }) => refusal ?? []).join("\n"),
      calls: ofType("function_call").map(({ call_id, name, arguments: text }) => ({
        id: String(call_id),
        name: String(name),
        arguments: parsed(text),
      })),
      finish: [body["status"], members(body["incomplete_details"])["reason"]].filter(Boolean).join(" "),
      sources: distinct(said.flatMap(({ annotations }) => objects(annotations).map(({ url }) => url))),
      images: ofType("image_generation_call").length,
    },
  ];
}

function readMessages(body: JsonObject): readonly Told[] {
  const blocks = objects(body["content"]);
  const ofType = (type: string) => blocks.filter((block) => block["type"] === type);
  return [
    {
      text: textIn(ofType("text"), "text"),
      thinking: flat(textIn(ofType("thinking"), "thinking")),
      refusal: "",
      calls: ofType("tool_use").map(({ id, name, input }) => ({
        id: String(id),
        name: String(name),
        arguments: input,
      })),
      finish: String(body["stop_reason"]),
      sources: distinct(
        ofType("text").flatMap(({ citations }) => objects(citations).map(({ url, source }) => url ?? source)),
      ),
      images: 0,
    },
  ];
}

function readGemini(body: JsonObject): readonly Told[] {
  return objects(body["candidates"]).map(({ content, finishReason, groundingMetadata, citationMetadata }) => {
    const parts = objects(members(content)["parts"]);
    const chunks = objects(members(groundingMetadata)["groundingChunks"]);
    const recited = objects(members(citationMetadata)["citations"]);
    return {
      text: textIn(
        parts.filter(({ thought }) => thought !== true),
        "text",
      ),
      thinking: flat(
        textIn(
          parts.filter(({ thought }) => thought === true),
          "text",
        ),
      ),
      refusal: "",
      calls: parts.flatMap(({ functionCall }) => {
        const { id, name, args } = members(functionCall);
        return functionCall === undefined ? [] : [{ id: String(id), name: String(name), arguments: args }];
      }),
      finish: String(finishReason),
      sources: distinct([
        ...chunks.map((chunk) => members(chunk["web"] ?? chunk["retrievedContext"] ?? chunk["maps"])["uri"]),
        ...recited.map(({ uri }) => uri),
      ]),
      images: parts.filter(({ inlineData, fileData }) =>
        String(members(inlineData ?? fileData)["mimeType"]).startsWith("image/"),
      ).length,
    };
  });
}

/** Reads a whole answer in a caller's words. */
export const readTold: Readonly<Record<CallerDialectName, (body: JsonObject) => readonly Told[]>> = {
  "openai-chat": readChat,
  "openai-responses": readResponses,
  "anthropic-messages": readMessages,
  gemini: readGemini,
};

/** Reads its usage; `undefined` where it tells none. */
export function readToldUsage(dialect: CallerDialectName, body: JsonObject): ToldUsage | undefined {
  const usage = members(body[dialect === "gemini" ? "usageMetadata" : "usage"]);
  if (Object.keys(usage).length === 0) return undefined;
  const count = (value: unknown): number => (typeof value === "number" ? value : 0);
  switch (dialect) {
    case "openai-chat":
      return {
        input: count(usage["prompt_tokens"]),
        output: count(usage["completion_tokens"]),
        cacheRead: count(members(usage["prompt_tokens_details"])["cached_tokens"]),
      };
    case "openai-responses":
      return {
        input: count(usage["input_tokens"]),
        output: count(usage["output_tokens"]),
        cacheRead: count(members(usage["input_tokens_details"])["cached_tokens"]),
      };
    case "anthropic-messages": {
      const cacheRead = count(usage["cache_read_input_tokens"]);
      const input = count(usage["input_tokens"]) + cacheRead + count(usage["cache_creation_input_tokens"]);
      return { input, output: count(usage["output_tokens"]), cacheRead };
    }
    case "gemini":
      return {
        input: count(usage["promptTokenCount"]),
        output: count(usage["candidatesTokenCount"]) + count(usage["thoughtsTokenCount"]),
        cacheRead: count(usage["cachedContentTokenCount"]),
      };
  }
}
