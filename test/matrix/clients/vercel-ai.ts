import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import {
  APICallError,
  generateObject,
  generateText,
  jsonSchema,
  type LanguageModel,
  stepCountIs,
  streamText,
  tool,
} from "ai";
import type { Connection, MatrixClient, Told, ToolCall, ToolName } from "./client.ts";
import { answerSchema, runTool, toolsNamed } from "./tools.ts";

/** Vercel's `ai` with its provider for OpenAI, which has two APIs. */
export const vercelOpenaiChat: MatrixClient = {
  name: "ai + @ai-sdk/openai (chat)",
  dialect: "openai-chat",
  connect: ({ origin, key, model }) =>
    // It has no place for the thinking that comes beside an answer.
    connect(createOpenAI({ baseURL: `${origin}/v1`, apiKey: key }).chat(model)),
};

/** The same with the Responses API, which takes no stop texts. */
export const vercelOpenaiResponses: MatrixClient = {
  name: "ai + @ai-sdk/openai (responses)",
  dialect: "openai-responses",
  connect({ origin, key, model }) {
    const { stopAt: _, ...connection } = connect(
      createOpenAI({ baseURL: `${origin}/v1`, apiKey: key }).responses(model),
    );
    return connection;
  },
};

/** Vercel's `ai` with its provider for Anthropic. */
export const vercelAnthropic: MatrixClient = {
  name: "ai + @ai-sdk/anthropic",
  dialect: "anthropic-messages",
  connect({ origin, key, model }) {
    const chosen = createAnthropic({ baseURL: `${origin}/v1`, apiKey: key })(model);
    const thinking = { type: "adaptive", display: "summarized" };
    const providerOptions = { anthropic: { thinking, effort: "low" } };
    const { chat, stream, ...connection } = connect(chosen);
    return {
      ...connection,
      chat: async (prompt) => withCached(await chat(prompt)),
      stream: async (prompt) => withCached(await stream(prompt)),
      think: async (prompt) =>
        withCached(toldOf(await generateText({ model: chosen, prompt, providerOptions, maxRetries: 0 }))),
      async thinkStreaming(prompt) {
        const result = streamText({ model: chosen, prompt, providerOptions, maxRetries: 0 });
        const [text, reasoningText, usage] = [result.text, result.reasoningText, result.usage];
        return withCached(
          toldOf({ text: await text, reasoningText: await reasoningText, usage: await usage }),
        );
      },
    };
  },
};

function connect(model: LanguageModel): Connection {
  return {
    chat: async (prompt) => toldOf(await generateText({ model, prompt, maxRetries: 0 })),
    async stream(prompt) {
      const result = streamText({ model, prompt, maxRetries: 0 });
      let pieces = 0;
      for await (const _ of result.textStream) pieces++;
      return { ...toldOf({ text: await result.text, usage: await result.usage }), pieces };
    },
    async useTools(prompt, names) {
      const tools = declare(names);
      const result = await generateText({ model, prompt, tools, stopWhen: stepCountIs(2), maxRetries: 0 });
      return { calls: callsOf(result.steps), text: result.text };
    },
    async useToolsStreaming(prompt, names) {
      const tools = declare(names);
      const failures: unknown[] = [];
      const onError = ({ error }: { readonly error: unknown }): void => void failures.push(error);
      const result = streamText({ model, prompt, tools, stopWhen: stepCountIs(2), maxRetries: 0, onError });
      await result.consumeStream();
      if (failures.length > 0) throw failures[0];
      return { calls: callsOf(await result.steps), text: await result.text };
    },
    async forceTool(prompt) {
      const tools = declare(["weather"]);
      return callsOf([await generateText({ model, prompt, tools, toolChoice: "required", maxRetries: 0 })]);
    },
    async structured(prompt) {
      const schema = jsonSchema<{ label: string; score: number }>(answerSchema);
      return (await generateObject({ model, prompt, schema, maxRetries: 0 })).object;
    },
    async see(prompt, { mediaType, base64 }) {
      const image = `data:${mediaType};base64,${base64}`;
      const content = [
        { type: "text" as const, text: prompt },
        { type: "image" as const, image },
      ];
      return (await generateText({ model, messages: [{ role: "user", content }], maxRetries: 0 })).text;
    },
    stopAt: async (prompt, stop) =>
      (await generateText({ model, prompt, stopSequences: [stop], maxRetries: 0 })).text,
    failure(thrown) {
      if (!APICallError.isInstance(thrown)) throw thrown;
      const { statusCode: status, message, responseHeaders } = thrown;
      return { status, message, retryAfter: responseHeaders?.["retry-after"] };
    },
    async leave(prompt) {
      const controller = new AbortController();
      const result = streamText({ model, prompt, maxRetries: 0, abortSignal: controller.signal });
      for await (const _ of result.textStream) {
        controller.abort();
        break;
      }
    },
  };
}

function declare(names: readonly ToolName[]) {
  return Object.fromEntries(
    toolsNamed(names).map(({ name, description, parameters }) => {
      const inputSchema = jsonSchema<Record<string, unknown>>(parameters);
      return [name, tool({ description, inputSchema, execute: async () => runTool(name) })];
    }),
  );
}

interface Step {
  readonly toolCalls: readonly { readonly toolName: string; readonly input: unknown }[];
}

function callsOf(steps: readonly Step[]): readonly ToolCall[] {
  return steps.flatMap(({ toolCalls }) =>
    toolCalls.map(({ toolName, input }) => ({ name: toolName, arguments: input })),
  );
}

interface Result {
  readonly text: string;
  readonly reasoningText?: string | undefined;
  readonly usage: {
    readonly inputTokens: number | undefined;
    readonly outputTokens: number | undefined;
    readonly cachedInputTokens?: number | undefined;
  };
}

function toldOf({ text, reasoningText, usage }: Result): Told {
  return {
    text,
    ...(reasoningText !== undefined && { reasoning: reasoningText }),
    usage: { input: usage.inputTokens, output: usage.outputTokens },
    cached: usage.cachedInputTokens,
  };
}

/** Where the provider leaves out what came from the cache, as Anthropic does. */
function withCached({ usage, cached = 0, ...told }: Told): Told {
  const { input } = usage;
  return { ...told, usage: { ...usage, input: input === undefined ? undefined : input + cached } };
}
