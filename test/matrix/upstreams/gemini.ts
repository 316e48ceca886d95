import type { Content, GenerateContentConfig, Part, Tool, ToolConfig } from "@google/genai";
import { type Asked, demand, inTwo, type Said, tokens, type Vendor } from "./vendor.ts";

const model = "gemini-2.5-flash";
const signature = "c2lnbmF0dXJlLTE=";
/** Tokens for thinking, which Gemini counts apart from those of the answer. */
const thinking = 4;

interface GeminiRequest {
  readonly contents: readonly Content[];
  readonly tools?: readonly Tool[];
  readonly toolConfig?: ToolConfig;
  readonly generationConfig?: GenerateContentConfig;
}

/** Gemini, of Google AI Studio. */
export const gemini: Vendor = {
  dialect: "gemini",
  model,
  basePath: "/v1beta",
  credentials: [{ header: "x-goog-api-key", prefix: "" }],
  headers: [],
  streamType: "text/event-stream",
  read({ path, query, body: given }) {
    const body = given as GeminiRequest;
    const method = path.replace(`/v1beta/models/${model}:`, "");
    const stream = method === "streamGenerateContent";
    demand(stream || method === "generateContent", `no such path: ${path}`);
    demand(!stream || query.get("alt") === "sse", "a JSON array was not what was meant");
    const names = (body.tools ?? []).flatMap((tool) =>
      (tool.functionDeclarations ?? []).map(({ name = "" }) => name),
    );
    const calling = body.toolConfig?.functionCallingConfig;
    const config = body.generationConfig ?? {};
    const { responseMimeType, responseJsonSchema, responseSchema, thinkingConfig, stopSequences } = config;
    const hasSchema = responseJsonSchema !== undefined || responseSchema !== undefined;
    demand(!hasSchema || responseMimeType === "application/json", "a schema without its media type");
    return {
      stream,
      ...readContents(body.contents),
      tools: names,
      forced: calling?.mode === "ANY" ? (calling.allowedFunctionNames?.[0] ?? names[0]) : undefined,
      structured: hasSchema,
      thinks: thinkingConfig?.includeThoughts === true,
      stop: stopSequences ?? [],
    };
  },
  whole: (said) => chunk(said.map(partOf), said, true),
  // Its lines end as those of mail do, and nothing says that the last one was the last.
  stream: (said) =>
    said
      .flatMap((part, place) => piecesOf(part).map((piece) => ({ piece, place })))
      .map(({ piece, place }, index, all) =>
        crlf(chunk([partOf(piece, place)], said, index === all.length - 1)),
      ),
  error: (status, message) =>
    status === 400
      ? { error: { code: 400, message, status: "INVALID_ARGUMENT" } }
      : {
          error: {
            code: 429,
            message,
            status: "RESOURCE_EXHAUSTED",
            details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "7s" }],
          },
        },
};

function readContents(contents: readonly Content[]): Pick<Asked, "text" | "results" | "pictures"> {
  const called = contents.flatMap(({ parts = [] }) =>
    parts.flatMap(({ functionCall }) => functionCall?.name ?? []),
  );
  const last: readonly Part[] = contents.at(-1)?.parts ?? [];
  const results = last.flatMap(({ functionResponse }) => {
    if (functionResponse === undefined) return [];
    const { id, name = "", response = {} } = functionResponse;
    demand(called.includes(name), `no call of ${name}`);
    return [{ id, name, text: String(response["output"] ?? response["result"] ?? JSON.stringify(response)) }];
  });
  const pictures = last.flatMap(({ inlineData }) =>
    inlineData?.data === undefined ? [] : [{ mediaType: inlineData.mimeType, base64: inlineData.data }],
  );
  return { text: last.map(({ text = "" }) => text).join(""), results, pictures };
}

function piecesOf(part: Said): readonly Said[] {
  if (part.type === "call") return [part];
  return inTwo(part.text).map((text) => ({ ...part, text }));
}

/** Calls have no ids, and the first of them carries the signature of the thinking before it. */
function partOf(part: Said, place: number): Part {
  if (part.type === "text") return { text: part.text };
  if (part.type === "thought") return { text: part.text, thought: true };
  const signed = place <= 1 && { thoughtSignature: signature };
  return { functionCall: { name: part.name, args: part.arguments }, ...signed };
}

/** Even where tools are called it says `STOP`. */
function chunk(parts: readonly Part[], said: readonly Said[], isLast: boolean): object {
  const thoughts = said.some(({ type }) => type === "thought") ? thinking : 0;
  const counted = {
    promptTokenCount: tokens.input,
    cachedContentTokenCount: tokens.cached,
    candidatesTokenCount: tokens.output - thoughts,
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
    totalTokenCount: tokens.input + tokens.output,
  };
  const content = { parts, role: "model" };
  return {
    candidates: [{ content, ...(isLast && { finishReason: "STOP" }), index: 0 }],
    usageMetadata: isLast ? counted : { promptTokenCount: tokens.input, totalTokenCount: tokens.input },
    modelVersion: model,
    responseId: "r3spOnse-1d",
  };
}

function crlf(data: object): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}
