import OpenAI from "openai";
import type {
  FunctionTool,
  Response,
  ResponseCreateParamsNonStreaming,
  ResponseInput,
  ResponseInputItem,
} from "openai/resources/responses/responses";
import type { Connection, MatrixClient, Told, ToolCall, ToolName } from "./client.ts";
import { openaiFailure } from "./openai-failure.ts";
import { answerSchema, runTool, toolsNamed } from "./tools.ts";

/** OpenAI's client with the Responses API. */
export const openaiResponses: MatrixClient = {
  name: "openai (responses)",
  dialect: "openai-responses",
  connect({ origin, key, model }): Connection {
    const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: key, maxRetries: 0 });
    type Options = Omit<ResponseCreateParamsNonStreaming, "input" | "model">;
    const ask = async (input: ResponseInput | string, options: Options = {}): Promise<Response> =>
      client.responses.create({ model, input, ...options });
    const askStreaming = (input: ResponseInput | string, options: Options = {}) =>
      client.responses.stream({ model, input, ...options, stream: true });
    const use = async (
      prompt: string,
      names: readonly ToolName[],
      complete: (input: ResponseInput, options: Options) => Promise<Response>,
    ) => {
      const tools = declare(names);
      const input: ResponseInput = [{ role: "user", content: prompt }];
      const first = await complete(input, { tools });
      const results = first.output.flatMap((item): ResponseInputItem[] =>
        item.type === "function_call"
          ? [{ type: "function_call_output", call_id: item.call_id, output: runTool(item.name) }]
          : [],
      );
      const items = first.output.map((item) => JSON.parse(JSON.stringify(item)) as ResponseInputItem);
      for (const item of items) if ("parsed_arguments" in item) delete item.parsed_arguments;
      const last = await complete([...input, ...items, ...results], { tools });
      return { calls: callsOf(first), text: last.output_text };
    };
    return {
      chat: async (prompt) => toldOf(await ask(prompt)),
      async stream(prompt) {
        const stream = askStreaming(prompt);
        let pieces = 0;
        stream.on("response.output_text.delta", () => void pieces++);
        return { ...toldOf(await stream.finalResponse()), pieces };
      },
      useTools: (prompt, names) => use(prompt, names, ask),
      useToolsStreaming: (prompt, names) =>
        use(prompt, names, (input, options) => askStreaming(input, options).finalResponse()),
      forceTool: async (prompt) =>
        callsOf(await ask(prompt, { tools: declare(["weather"]), tool_choice: "required" })),
      async structured(prompt) {
        const format = { type: "json_schema" as const, name: "rating", schema: answerSchema, strict: true };
        return JSON.parse((await ask(prompt, { text: { format } })).output_text);
      },
      async see(prompt, { mediaType, base64 }) {
        const image_url = `data:${mediaType};base64,${base64}`;
        const content = [
          { type: "input_text" as const, text: prompt },
          { type: "input_image" as const, image_url, detail: "auto" as const },
        ];
        return (await ask([{ role: "user", content }])).output_text;
      },
      think: async (prompt) => toldOf(await ask(prompt, { reasoning: thinking })),
      thinkStreaming: async (prompt) =>
        toldOf(await askStreaming(prompt, { reasoning: thinking }).finalResponse()),
      async models() {
        const { data } = await client.models.list();
        return data.map(({ id }) => id);
      },
      failure: openaiFailure,
      async leave(prompt) {
        const stream = await client.responses.create({ model, input: prompt, stream: true });
        for await (const event of stream) if (event.type === "response.output_text.delta") break;
        stream.controller.abort();
      },
    };
  },
};

const thinking = { effort: "low", summary: "auto" } as const;

function declare(names: readonly ToolName[]): FunctionTool[] {
  return toolsNamed(names).map(({ name, description, parameters }) => ({
    type: "function",
    name,
    description,
    parameters: { ...parameters },
    strict: true,
  }));
}

function callsOf({ output }: Response): readonly ToolCall[] {
  return output.flatMap((item) =>
    item.type === "function_call" ? [{ name: item.name, arguments: JSON.parse(item.arguments) }] : [],
  );
}

function toldOf({ output, output_text: text, usage }: Response): Told {
  const reasoning = output
    .flatMap((item) => (item.type === "reasoning" ? [...item.summary, ...(item.content ?? [])] : []))
    .map((part) => part.text)
    .join("");
  return { text, reasoning, usage: { input: usage?.input_tokens, output: usage?.output_tokens } };
}
