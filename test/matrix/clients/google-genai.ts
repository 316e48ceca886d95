import {
  ApiError,
  type Content,
  FunctionCallingConfigMode,
  type GenerateContentConfig,
  type GenerateContentResponse,
  type GenerateContentResponseUsageMetadata,
  GoogleGenAI,
  type Part,
} from "@google/genai";
import type { Connection, MatrixClient, Told, ToolName } from "./client.ts";
import { answerSchema, runTool, toolsNamed } from "./tools.ts";

/** What a whole answer and the pieces of a stream come down to. */
interface Answer {
  readonly parts: readonly Part[];
  readonly usage: GenerateContentResponseUsageMetadata | undefined;
}

/** Google's client. */
export const googleGenai: MatrixClient = {
  name: "@google/genai",
  dialect: "gemini",
  connect({ origin, key, model }): Connection {
    const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: origin } });
    type Ask = (contents: Content[] | string, config?: GenerateContentConfig) => Promise<Answer>;
    const ask: Ask = async (contents, config = {}) =>
      answerOf([await client.models.generateContent({ model, contents, config })]);
    const askStreaming: Ask = async (contents, config = {}) => {
      const chunks: GenerateContentResponse[] = [];
      const stream = await client.models.generateContentStream({ model, contents, config });
      for await (const chunk of stream) chunks.push(chunk);
      return answerOf(chunks);
    };
    const use = async (prompt: string, names: readonly ToolName[], complete: Ask) => {
      const config = { tools: [{ functionDeclarations: declare(names) }] };
      const question: Content = { role: "user", parts: [{ text: prompt }] };
      const first = await complete([question], config);
      const results = first.parts.flatMap(({ functionCall }): Part[] => {
        if (functionCall === undefined) return [];
        const { id, name = "" } = functionCall;
        const response = { output: runTool(name) };
        return [{ functionResponse: { name, response, ...(id !== undefined && { id }) } }];
      });
      const last = await complete(
        [question, { role: "model", parts: [...first.parts] }, { role: "user", parts: results }],
        config,
      );
      return { calls: callsOf(first), text: textOf(last) };
    };
    return {
      chat: async (prompt) => toldOf(await ask(prompt)),
      stream: async (prompt) => {
        const answer = await askStreaming(prompt);
        return { ...toldOf(answer), pieces: answer.parts.filter(({ text }) => text).length };
      },
      useTools: (prompt, names) => use(prompt, names, ask),
      useToolsStreaming: (prompt, names) => use(prompt, names, askStreaming),
      async forceTool(prompt) {
        const toolConfig = { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } };
        const tools = [{ functionDeclarations: declare(["weather"]) }];
        return callsOf(await ask(prompt, { tools, toolConfig }));
      },
      async structured(prompt) {
        const config = { responseMimeType: "application/json", responseJsonSchema: answerSchema };
        return JSON.parse(textOf(await ask(prompt, config)));
      },
      async see(prompt, { mediaType, base64 }) {
        const parts = [{ text: prompt }, { inlineData: { mimeType: mediaType, data: base64 } }];
        return textOf(await ask([{ role: "user", parts }]));
      },
      stopAt: async (prompt, stop) => textOf(await ask(prompt, { stopSequences: [stop] })),
      think: async (prompt) => toldOf(await ask(prompt, { thinkingConfig })),
      thinkStreaming: async (prompt) => toldOf(await askStreaming(prompt, { thinkingConfig })),
      async models() {
        const names: string[] = [];
        for await (const { name = "" } of await client.models.list()) names.push(name.replace("models/", ""));
        return names;
      },
      failure(thrown) {
        if (!(thrown instanceof ApiError)) throw thrown;
        return { status: thrown.status, message: thrown.message };
      },
      async leave(prompt) {
        const controller = new AbortController();
        const config = { abortSignal: controller.signal };
        const stream = await client.models.generateContentStream({ model, contents: prompt, config });
        await stream.next();
        controller.abort();
      },
    };
  },
};

const thinkingConfig = { includeThoughts: true, thinkingBudget: 1_024 };

function declare(names: readonly ToolName[]) {
  return toolsNamed(names).map(({ name, description, parameters }) => ({
    name,
    description,
    parametersJsonSchema: parameters,
  }));
}

function answerOf(chunks: readonly GenerateContentResponse[]): Answer {
  const parts = chunks.flatMap(({ candidates = [] }) => candidates[0]?.content?.parts ?? []);
  return { parts, usage: chunks.at(-1)?.usageMetadata };
}

function textOf({ parts }: Answer): string {
  return parts.map(({ text = "", thought }) => (thought === true ? "" : text)).join("");
}

function callsOf({ parts }: Answer) {
  return parts.flatMap(({ functionCall }) =>
    functionCall === undefined ? [] : [{ name: functionCall.name ?? "", arguments: functionCall.args ?? {} }],
  );
}

/** Google counts thinking apart from the answer. */
function toldOf(answer: Answer): Told {
  const { promptTokenCount: input, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = answer.usage ?? {};
  return {
    text: textOf(answer),
    reasoning: answer.parts.map(({ text = "", thought }) => (thought === true ? text : "")).join(""),
    usage: { input, output: candidatesTokenCount + thoughtsTokenCount },
  };
}
