import { AIMessage, type AIMessageChunk, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import type { Connection, MatrixClient, Told, ToolName } from "./client.ts";
import { openaiFailure } from "./openai-failure.ts";
import { answerSchema, runTool, toolsNamed } from "./tools.ts";

/** LangChain's client for OpenAI. */
export const langchainOpenai: MatrixClient = {
  name: "@langchain/openai",
  dialect: "openai-chat",
  connect({ origin, key, model }): Connection {
    const chat = new ChatOpenAI({
      model,
      apiKey: key,
      maxRetries: 0,
      configuration: { baseURL: `${origin}/v1` },
    });
    type Ask = (messages: (HumanMessage | AIMessage | ToolMessage)[]) => Promise<AIMessage>;
    const use = async (prompt: string, complete: Ask) => {
      const question = new HumanMessage(prompt);
      const first = await complete([question]);
      const calls = first.tool_calls ?? [];
      const results = calls.map(
        ({ id = "", name }) => new ToolMessage({ tool_call_id: id, content: runTool(name) }),
      );
      const said = new AIMessage({ content: first.content, tool_calls: calls });
      const last = await complete([question, said, ...results]);
      return { calls: calls.map(({ name, args }) => ({ name, arguments: args })), text: last.text };
    };
    return {
      chat: async (prompt) => toldOf(await chat.invoke(prompt)),
      async stream(prompt) {
        const chunks: AIMessageChunk[] = [];
        for await (const chunk of await chat.stream(prompt)) chunks.push(chunk);
        return { ...toldOf(joined(chunks)), pieces: chunks.filter(({ text }) => text !== "").length };
      },
      useTools: (prompt, names) => use(prompt, (messages) => chat.bindTools(declare(names)).invoke(messages)),
      useToolsStreaming: (prompt, names) =>
        use(prompt, async (messages) => {
          const chunks: AIMessageChunk[] = [];
          const stream = await chat.bindTools(declare(names)).stream(messages);
          for await (const chunk of stream) chunks.push(chunk);
          return joined(chunks);
        }),
      async forceTool(prompt) {
        const bound = chat.bindTools(declare(["weather"]), { tool_choice: "required" });
        const { tool_calls = [] } = await bound.invoke(prompt);
        return tool_calls.map(({ name, args }) => ({ name, arguments: args }));
      },
      structured: (prompt) =>
        chat.withStructuredOutput(answerSchema, { method: "jsonSchema", name: "rating" }).invoke(prompt),
      async see(prompt, { mediaType, base64 }) {
        const url = `data:${mediaType};base64,${base64}`;
        const content = [
          { type: "text", text: prompt },
          { type: "image_url", image_url: { url } },
        ];
        return (await chat.invoke([new HumanMessage({ content })])).text;
      },
      stopAt: async (prompt, stop) => (await chat.invoke(prompt, { stop: [stop] })).text,
      failure: openaiFailure,
      async leave(prompt) {
        const controller = new AbortController();
        try {
          for await (const chunk of await chat.stream(prompt, { signal: controller.signal })) {
            if (chunk.text !== "") controller.abort();
          }
        } catch (thrown) {
          if (!controller.signal.aborted) throw thrown;
        }
      },
    };
  },
};

function declare(names: readonly ToolName[]) {
  return toolsNamed(names).map(({ name, description, parameters }) => ({
    type: "function" as const,
    function: { name, description, parameters: { ...parameters } },
  }));
}

function joined(chunks: readonly AIMessageChunk[]): AIMessageChunk {
  return chunks.reduce((whole, chunk) => whole.concat(chunk));
}

function toldOf({ text, usage_metadata: usage }: AIMessage): Told {
  return { text, usage: { input: usage?.input_tokens, output: usage?.output_tokens } };
}
