import { afterAll, describe, expect, test } from "bun:test";
import { ApiError, type FunctionCall, GoogleGenAI, type Part, Type } from "@google/genai";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { parseCountTokens, renderTokenCount } from "../../../src/dialects/gemini/count-tokens.ts";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import { renderModel, renderModelsList } from "../../../src/dialects/gemini/models-list.ts";
import { readPath, requestPath } from "../../../src/dialects/gemini/path.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { context } from "./support/samples.ts";

const { ingress } = gemini;
const usage = { input: 20, output: 15, cacheRead: 4, cacheWrite: 0, reasoning: 10 };
const models = ["b", "a", "c"].map((id) => ({
  id,
  displayName: id.toUpperCase(),
  contextWindow: 1_000,
  maxOutputTokens: 100,
}));

/** What was understood of the request that came last. */
let seen: ChatRequest | undefined;
/** What the model answers. */
let content: readonly AssistantPart[] = [];
/** Whether it fails after its first words. */
let fails = false;

const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
afterAll(() => server.stop(true));

const ai = new GoogleGenAI({
  apiKey: "lk_test",
  httpOptions: { baseUrl: `http://127.0.0.1:${server.port}` },
});

async function answer(request: Request): Promise<Response> {
  try {
    return await handle(request);
  } catch (thrown) {
    if (!(thrown instanceof LatchkeyError)) throw thrown;
    const { status, code, message, param } = thrown;
    const error = {
      status,
      code,
      message,
      kind: "invalid-request",
      ...(param !== undefined && { param }),
    } as const;
    return Response.json(ingress.renderError(error), { status });
  }
}

async function handle(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/v1beta/models") {
    const page = { pageSize: searchParams.get("pageSize"), pageToken: searchParams.get("pageToken") };
    return Response.json(renderModelsList(models, page));
  }
  const path = readPath(pathname);
  if (path === undefined) throw new LatchkeyError("LK-2006");
  const model = models.find(({ id }) => id === path.model);
  if (model === undefined) throw new LatchkeyError("LK-2004");
  if (path.method === undefined) return Response.json(renderModel(model));
  const input = { body: (await request.json()) as JsonObject, ...requestPath(path, searchParams.get("alt")) };
  if (path.method === "countTokens") {
    seen = parseCountTokens(input).request;
    return Response.json(renderTokenCount({ total: 7 }));
  }
  seen = ingress.parseRequest(input).request;
  const about = context({ request: seen, model: seen.model });
  const finishReason = content.some(({ type }) => type === "tool-call") ? "tool-calls" : "stop";
  if (!seen.stream) {
    const choices = [{ index: 0, content, finishReason } as const];
    return Response.json(ingress.renderResponse({ id: "resp_1", model: "vendor", choices, usage }, about));
  }
  const encoder = ingress.encodeStream(about);
  const texts = streamOf(content, finishReason).map((event) => encoder.encode(event));
  const failure = { status: 502, code: "LK-3008", message: "Cut short.", kind: "server" } as const;
  const sent = fails ? [...texts.slice(0, 3), encoder.fail(failure)] : texts;
  return new Response(sent.join(""), { headers: { "content-type": "text/event-stream" } });
}

/** An answer as a stream, words in pieces of two characters. */
function streamOf(parts: readonly AssistantPart[], reason: "stop" | "tool-calls"): readonly StreamEvent[] {
  const events = parts.flatMap((content, part): readonly StreamEvent[] => {
    const at = { choice: 0, part };
    const cut = (text: string): readonly StreamEvent[] =>
      (text.match(/.{1,2}/gsu) ?? []).map((piece) => ({ type: "delta", ...at, text: piece }));
    const sign =
      "signature" in content && content.signature !== undefined
        ? [{ type: "signature", ...at, signature: content.signature } as const]
        : [];
    if (content.type === "text" || content.type === "reasoning") {
      const { type } = content;
      return [
        { type: "part-start", ...at, content: { type } },
        ...cut(content.text),
        ...sign,
        { type: "part-end", ...at },
      ];
    }
    if (content.type === "tool-call") {
      const { type, id, name } = content;
      return [
        { type: "part-start", ...at, content: { type, id, name } },
        ...sign,
        ...cut(content.arguments),
        { type: "part-end", ...at },
      ];
    }
    return content.type === "image" ? [{ type: "whole-part", ...at, content }] : [];
  });
  return [
    { type: "start", id: "resp_1", model: "vendor" },
    ...events,
    { type: "finish", choice: 0, reason },
    { type: "usage", usage },
    { type: "end" },
  ];
}

describe("Google's own client", () => {
  test("gets a whole answer, its usage and its pictures", async () => {
    content = [
      { type: "text", text: "Grüße" },
      { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AAAA" } },
    ];
    const config = {
      systemInstruction: "Be brief.",
      temperature: 0.5,
      maxOutputTokens: 9,
      stopSequences: ["END"],
      seed: 1,
    };
    const response = await ai.models.generateContent({ model: "a", contents: "Hello", config });
    expect(response.candidates?.[0]?.content?.parts).toEqual([
      { text: "Grüße" },
      { inlineData: { mimeType: "image/png", data: "AAAA" } },
    ]);
    expect(response.candidates?.[0]?.finishReason).toBe("STOP" as never);
    expect(response.usageMetadata).toMatchObject({
      promptTokenCount: 20,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 10,
      totalTokenCount: 35,
    });
    expect(response.modelVersion).toBe("a");
    expect(seen).toMatchObject({
      model: "a",
      stream: false,
      temperature: 0.5,
      maxOutputTokens: 9,
      stop: ["END"],
      seed: 1,
      messages: [
        { role: "system", content: [{ type: "text", text: "Be brief." }] },
        { role: "user", content: [{ type: "text", text: "Hello" }] },
      ],
    });
  });

  test("sends media", async () => {
    const parts: Part[] = [
      { inlineData: { mimeType: "image/png", data: "AAAA" } },
      { fileData: { mimeType: "application/pdf", fileUri: "https://x.example/a.pdf" } },
      { text: "What is this?" },
    ];
    await ai.models.generateContent({ model: "a", contents: [{ role: "user", parts }] });
    expect(seen?.messages[0]?.content.map(({ type }) => type)).toEqual(["image", "file", "text"]);
  });

  test("gets a stream with usage in its last chunk", async () => {
    content = [{ type: "text", text: "Grüße 👋🏽 from Bern" }];
    let text = "";
    let last: unknown;
    for await (const chunk of await ai.models.generateContentStream({ model: "a", contents: "Hello" })) {
      text += chunk.text ?? "";
      last = chunk.usageMetadata;
    }
    expect(text).toBe("Grüße 👋🏽 from Bern");
    expect(last).toMatchObject({ totalTokenCount: 35 });
    expect(seen?.stream).toBe(true);
  });

  const tools = [
    {
      functionDeclarations: [
        {
          name: "weather",
          description: "Tells it",
          parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } } },
        },
      ],
    },
  ];

  test("calls tools, and ties results to calls by ids that it keeps", async () => {
    content = [
      { type: "tool-call", id: "toolu_1", name: "weather", arguments: `{"city":"Bern"}` },
      { type: "tool-call", id: "toolu_2", name: "weather", arguments: `{"city":"Zürich"}` },
    ];
    const response = await ai.models.generateContent({ model: "a", contents: "Weather?", config: { tools } });
    const calls: readonly FunctionCall[] = response.functionCalls ?? [];
    expect(calls).toEqual([
      { id: "toolu_1", name: "weather", args: { city: "Bern" } },
      { id: "toolu_2", name: "weather", args: { city: "Zürich" } },
    ]);
    expect(seen?.tools).toEqual([
      {
        type: "function",
        name: "weather",
        description: "Tells it",
        parameters: { type: "object", properties: { city: { type: "string" } } },
      },
    ]);
    const results = calls.map(({ id, name }) => ({
      functionResponse: { ...(id !== undefined && { id }), name: name ?? "", response: { output: "sunny" } },
    }));
    content = [{ type: "text", text: "Sunny." }];
    const again = await ai.models.generateContent({
      model: "a",
      contents: [
        { role: "user", parts: [{ text: "Weather?" }] },
        response.candidates?.[0]?.content ?? {},
        { role: "user", parts: results },
      ],
      config: { tools },
    });
    expect(again.text).toBe("Sunny.");
    expect(seen?.messages.slice(1)).toMatchObject([
      { role: "assistant", content: [{ id: "toolu_1" }, { id: "toolu_2" }] },
      {
        role: "tool",
        toolCallId: "toolu_1",
        toolName: "weather",
        content: [{ type: "text", text: "sunny" }],
      },
      { role: "tool", toolCallId: "toolu_2" },
    ]);
  });

  test("calls tools by itself, in a stream", async () => {
    content = [{ type: "tool-call", id: "c1", name: "weather", arguments: `{"city":"Bern"}` }];
    const asked: unknown[] = [];
    const callable = {
      tool: () => Promise.resolve(tools[0] ?? {}),
      callTool: (calls: FunctionCall[]) => {
        asked.push(...calls.map(({ args }) => args));
        content = [{ type: "text", text: "Sunny." }];
        return Promise.resolve(
          calls.map(({ name }) => ({
            functionResponse: { name: name ?? "", response: { output: "sunny" } },
          })),
        );
      },
    };
    let text = "";
    for await (const chunk of await ai.models.generateContentStream({
      model: "a",
      contents: "Weather?",
      config: { tools: [callable] },
    }))
      text += chunk.candidates?.[0]?.content?.parts?.map((part) => part.text ?? "").join("") ?? "";
    expect(asked).toEqual([{ city: "Bern" }]);
    expect(text).toBe("Sunny.");
    expect(seen?.messages.at(-1)).toMatchObject({ role: "tool", toolCallId: "c1" });
  });

  test("asks for structured answers, in either kind of schema", async () => {
    content = [{ type: "text", text: `{"a":1}` }];
    const responseMimeType = "application/json";
    const responseSchema = {
      type: Type.OBJECT,
      properties: { a: { type: Type.INTEGER, nullable: true } },
      required: ["a"],
    };
    const response = await ai.models.generateContent({
      model: "a",
      contents: "x",
      config: { responseMimeType, responseSchema },
    });
    expect(JSON.parse(response.text ?? "")).toEqual({ a: 1 });
    const schema = { type: "object", properties: { a: { type: ["integer", "null"] } }, required: ["a"] };
    expect(seen?.responseFormat).toEqual({ type: "json-schema", schema });
    await ai.models.generateContent({
      model: "a",
      contents: "x",
      config: { responseMimeType, responseJsonSchema: schema },
    });
    expect(seen?.responseFormat).toEqual({ type: "json-schema", schema });
  });

  test("keeps thoughts of another vendor in its chat, and sends their signatures back", async () => {
    const signature = { dialect: "anthropic-messages", value: "EqQB+/==" } as const;
    content = [
      { type: "reasoning", text: "Let me think about it.", signature },
      { type: "text", text: "Done." },
    ];
    for (const isStream of [false, true]) {
      const chat = ai.chats.create({
        model: "a",
        config: { thinkingConfig: { includeThoughts: true, thinkingBudget: 500 } },
      });
      if (isStream) {
        let thoughts = "";
        for await (const chunk of await chat.sendMessageStream({ message: "One" }))
          for (const part of chunk.candidates?.[0]?.content?.parts ?? [])
            if (part.thought === true) thoughts += part.text ?? "";
        expect(thoughts).toBe("Let me think about it.");
      } else {
        const response = await chat.sendMessage({ message: "One" });
        expect(response.text).toBe("Done.");
      }
      expect(seen?.reasoning).toEqual({ budgetTokens: 500, show: "full" });
      await chat.sendMessage({ message: "Two" });
      expect(seen?.messages[1]).toEqual({
        role: "assistant",
        content: [
          { type: "reasoning", text: "Let me think about it.", signature },
          { type: "text", text: "Done." },
        ],
      });
    }
  });

  test("gets errors, also in the middle of a stream", async () => {
    const missing = ai.models.generateContent({ model: "none", contents: "x" });
    await expect(missing).rejects.toMatchObject({
      name: "ApiError",
      status: 404,
      message: expect.stringContaining("NOT_FOUND"),
    });
    const wrong = ai.models.generateContent({
      model: "a",
      contents: "x",
      config: { topK: "many" as unknown as number },
    });
    await expect(wrong).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("generationConfig.topK"),
    });
    fails = true;
    content = [{ type: "text", text: "Grüße" }];
    let text = "";
    const read = async (): Promise<void> => {
      for await (const chunk of await ai.models.generateContentStream({ model: "a", contents: "x" }))
        text += chunk.text ?? "";
    };
    const thrown = await read().catch((reason: unknown) => reason);
    fails = false;
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({ status: 502, message: expect.stringContaining("Cut short.") });
    expect(text).toBe("Gr");
  });

  test("counts tokens and lists models", async () => {
    expect(await ai.models.countTokens({ model: "a", contents: "Hello" })).toMatchObject({ totalTokens: 7 });
    expect(seen?.messages).toMatchObject([{ role: "user" }]);
    const names: string[] = [];
    for await (const { name, inputTokenLimit } of await ai.models.list({ config: { pageSize: 2 } }))
      names.push(`${name} ${inputTokenLimit}`);
    expect(names).toEqual(["models/a 1000", "models/b 1000", "models/c 1000"]);
    expect(await ai.models.get({ model: "b" })).toMatchObject({
      name: "models/b",
      displayName: "B",
      outputTokenLimit: 100,
    });
  });

  test("speaks as it does to Vertex AI as well", async () => {
    content = [{ type: "text", text: "Hi" }];
    const baseUrl = `http://127.0.0.1:${server.port}`;
    const vertex = new GoogleGenAI({ vertexai: true, apiKey: "lk_test", httpOptions: { baseUrl } });
    const response = await vertex.models.generateContent({
      model: "a",
      contents: "Hello",
      config: { labels: { team: "a" } },
    });
    expect(response).toMatchObject({ text: "Hi" });
    expect(seen?.metadata).toEqual({ team: "a" });
  });
});
