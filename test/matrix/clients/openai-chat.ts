import OpenAI from "openai";
import type {
  ChatCompletion,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionFunctionTool,
  ChatCompletionMessage,
  ChatCompletionMessageParam,
} from "openai/resources";
import type { Connection, MatrixClient, Told, ToolCall, ToolName } from "./client.ts";
import { openaiFailure } from "./openai-failure.ts";
import { answerSchema, runTool, toolsNamed } from "./tools.ts";

/** OpenAI's client with Chat Completions. */
export const openaiChat: MatrixClient = {
  name: "openai (chat)",
  dialect: "openai-chat",
  connect({ origin, key, model }): Connection {
    const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: key, maxRetries: 0 });
    type Options = Omit<ChatCompletionCreateParamsNonStreaming, "messages" | "model">;
    const ask = (messages: ChatCompletionMessageParam[], options: Options = {}): Promise<ChatCompletion> =>
      client.chat.completions.create({ model, messages, ...options });
    const askStreaming = (messages: ChatCompletionMessageParam[], options: Options = {}) =>
      client.chat.completions.stream({
        model,
        messages,
        stream_options: { include_usage: true },
        ...options,
        stream: true,
      });
    const use = async (
      prompt: string,
      names: readonly ToolName[],
      complete: (messages: ChatCompletionMessageParam[], options: Options) => Promise<ChatCompletion>,
    ) => {
      const tools = declare(names);
      const messages: ChatCompletionMessageParam[] = [{ role: "user", content: prompt }];
      const first = await complete(messages, { tools });
      const message = messageOf(first);
      for (const call of message.tool_calls ?? []) {
        if (call.type !== "function") throw new Error(call.type);
      }
      const results = (message.tool_calls ?? []).map(
        (call): ChatCompletionMessageParam => ({
          role: "tool",
          tool_call_id: call.id,
          content: runTool(call.type === "function" ? call.function.name : ""),
        }),
      );
      if (first.choices[0]?.finish_reason !== "tool_calls") throw new Error("not waiting for tools");
      const last = await complete([...messages, message, ...results], { tools });
      return { calls: callsOf(message), text: messageOf(last).content ?? "" };
    };
    return {
      chat: async (prompt) => toldOf(await ask(said(prompt))),
      async stream(prompt) {
        const stream = askStreaming(said(prompt));
        let pieces = 0;
        stream.on("content", () => void pieces++);
        return { ...toldOf(await stream.finalChatCompletion()), pieces };
      },
      useTools: (prompt, names) => use(prompt, names, ask),
      useToolsStreaming: (prompt, names) =>
        use(prompt, names, (messages, options) => askStreaming(messages, options).finalChatCompletion()),
      async forceTool(prompt) {
        const options: Options = { tools: declare(["weather"]), tool_choice: "required" };
        return callsOf(messageOf(await ask(said(prompt), options)));
      },
      async structured(prompt) {
        const json_schema = { name: "rating", schema: answerSchema, strict: true };
        const answer = await ask(said(prompt), { response_format: { type: "json_schema", json_schema } });
        return JSON.parse(messageOf(answer).content ?? "");
      },
      async see(prompt, { mediaType, base64 }) {
        const url = `data:${mediaType};base64,${base64}`;
        const content = [
          { type: "text" as const, text: prompt },
          { type: "image_url" as const, image_url: { url } },
        ];
        return messageOf(await ask([{ role: "user", content }])).content ?? "";
      },
      async stopAt(prompt, stop) {
        return messageOf(await ask(said(prompt), { stop: [stop] })).content ?? "";
      },
      think: async (prompt) => toldOf(await ask(said(prompt), thinking)),
      async thinkStreaming(prompt) {
        let reasoning = "";
        const stream = askStreaming(said(prompt), thinking);
        stream.on("chunk", ({ choices }) => {
          reasoning += reasoningOf(choices[0]?.delta ?? {});
        });
        return { ...toldOf(await stream.finalChatCompletion()), reasoning };
      },
      async models() {
        const { data } = await client.models.list();
        return data.map(({ id }) => id);
      },
      failure: openaiFailure,
      async leave(prompt) {
        const stream = await client.chat.completions.create({
          model,
          messages: said(prompt),
          stream: true,
          stream_options: { include_usage: true },
        });
        for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
        stream.controller.abort();
      },
    };
  },
};

/** How others let thinking be asked for and shown, of which OpenAI's types know nothing. */
const thinking: object = { reasoning: { effort: "low", exclude: false } };

function said(prompt: string): ChatCompletionMessageParam[] {
  return [{ role: "user", content: prompt }];
}

function declare(names: readonly ToolName[]): ChatCompletionFunctionTool[] {
  return toolsNamed(names).map(({ name, description, parameters }) => ({
    type: "function",
    function: { name, description, parameters: { ...parameters }, strict: true },
  }));
}

function messageOf({ choices }: ChatCompletion): ChatCompletionMessage {
  const message = choices[0]?.message;
  if (message === undefined) throw new Error("no message");
  return message;
}

function callsOf({ tool_calls = [] }: ChatCompletionMessage): readonly ToolCall[] {
  return tool_calls.map((call) =>
    call.type === "function"
      ? { name: call.function.name, arguments: JSON.parse(call.function.arguments) }
      : { name: call.custom.name, arguments: call.custom.input },
  );
}

function toldOf(completion: ChatCompletion): Told {
  const { content, ...message } = messageOf(completion);
  const { prompt_tokens: input, completion_tokens: output } = completion.usage ?? {};
  return { text: content ?? "", reasoning: reasoningOf(message), usage: { input, output } };
}

function reasoningOf(message: object): string {
  const text = "reasoning_content" in message ? message.reasoning_content : "";
  return typeof text === "string" ? text : "";
}
