import Anthropic from "@anthropic-ai/sdk";
import type {
  Message,
  MessageCreateParamsNonStreaming,
  MessageParam,
  Tool,
} from "@anthropic-ai/sdk/resources/messages";
import type { Connection, MatrixClient, Picture, Told, ToolCall, ToolName } from "./client.ts";
import { answerSchema, runTool, toolsNamed } from "./tools.ts";

/** Anthropic's client. */
export const anthropic: MatrixClient = {
  name: "@anthropic-ai/sdk",
  dialect: "anthropic-messages",
  connect({ origin, key, model }): Connection {
    const client = new Anthropic({ baseURL: origin, apiKey: key, maxRetries: 0 });
    type Options = Partial<Omit<MessageCreateParamsNonStreaming, "messages" | "model" | "stream">>;
    const bodyOf = (messages: MessageParam[], options: Options) => ({
      model,
      max_tokens: 4_000,
      messages,
      ...options,
    });
    const ask = async (messages: MessageParam[], options: Options = {}): Promise<Message> =>
      client.messages.create(bodyOf(messages, options));
    const askStreaming = (messages: MessageParam[], options: Options = {}) =>
      client.messages.stream(bodyOf(messages, options));
    const use = async (
      prompt: string,
      names: readonly ToolName[],
      complete: (messages: MessageParam[], options: Options) => Promise<Message>,
    ) => {
      const tools = declare(names);
      const first = await complete(said(prompt), { tools });
      if (first.stop_reason !== "tool_use") throw new Error("not waiting for tools");
      const results = first.content.flatMap((block) =>
        block.type === "tool_use"
          ? [{ type: "tool_result" as const, tool_use_id: block.id, content: runTool(block.name) }]
          : [],
      );
      const turns: MessageParam[] = [
        { role: "assistant", content: first.content },
        { role: "user", content: results },
      ];
      const last = await complete([...said(prompt), ...turns], { tools });
      return { calls: callsOf(first), text: textOf(last) };
    };
    return {
      chat: async (prompt) => toldOf(await ask(said(prompt))),
      async stream(prompt) {
        const stream = askStreaming(said(prompt));
        let pieces = 0;
        stream.on("text", () => void pieces++);
        return { ...toldOf(await stream.finalMessage()), pieces };
      },
      useTools: (prompt, names) => use(prompt, names, ask),
      useToolsStreaming: (prompt, names) =>
        use(prompt, names, (messages, options) => askStreaming(messages, options).finalMessage()),
      forceTool: async (prompt) =>
        callsOf(await ask(said(prompt), { tools: declare(["weather"]), tool_choice: { type: "any" } })),
      async structured(prompt) {
        const output_config = { format: { type: "json_schema" as const, schema: answerSchema } };
        return JSON.parse(textOf(await ask(said(prompt), { output_config })));
      },
      see: async (prompt, picture) => textOf(await ask([{ role: "user", content: seen(prompt, picture) }])),
      stopAt: async (prompt, stop) => textOf(await ask(said(prompt), { stop_sequences: [stop] })),
      think: async (prompt) => toldOf(await ask(said(prompt), { thinking })),
      thinkStreaming: async (prompt) => toldOf(await askStreaming(said(prompt), { thinking }).finalMessage()),
      async models() {
        const { data } = await client.models.list();
        return data.map(({ id }) => id);
      },
      failure(thrown) {
        if (!(thrown instanceof Anthropic.APIError)) throw thrown;
        const { status, message, headers } = thrown as InstanceType<typeof Anthropic.APIError>;
        return { status, message, retryAfter: headers?.get("retry-after") };
      },
      async leave(prompt) {
        const stream = await client.messages.create({ ...bodyOf(said(prompt), {}), stream: true });
        for await (const event of stream) if (event.type === "content_block_delta") break;
        stream.controller.abort();
      },
    };
  },
};

const thinking = { type: "enabled", budget_tokens: 1_024, display: "summarized" } as const;

function said(prompt: string): MessageParam[] {
  return [{ role: "user", content: prompt }];
}

function seen(prompt: string, { base64 }: Picture): Extract<MessageParam["content"], unknown[]> {
  const source = { type: "base64" as const, media_type: "image/png" as const, data: base64 };
  return [
    { type: "text", text: prompt },
    { type: "image", source },
  ];
}

function declare(names: readonly ToolName[]): Tool[] {
  return toolsNamed(names).map(({ name, description, parameters }) => ({
    name,
    description,
    input_schema: parameters,
  }));
}

function textOf({ content }: Message): string {
  return content.map((block) => (block.type === "text" ? block.text : "")).join("");
}

function callsOf({ content }: Message): readonly ToolCall[] {
  return content.flatMap((block) =>
    block.type === "tool_use" ? [{ name: block.name, arguments: block.input }] : [],
  );
}

function toldOf(message: Message): Told {
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens } = message.usage;
  const reasoning = message.content
    .map((block) => (block.type === "thinking" ? block.thinking : ""))
    .join("");
  const cached = (cache_read_input_tokens ?? 0) + (cache_creation_input_tokens ?? 0);
  return {
    text: textOf(message),
    reasoning,
    usage: { input: input_tokens + cached, output: output_tokens },
  };
}
