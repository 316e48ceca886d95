import { createOpenAI } from "@ai-sdk/openai";
import { experimental_generateImage, experimental_generateSpeech, experimental_transcribe } from "ai";
import { CohereClient, CohereClientV2 } from "cohere-ai";
import OpenAI, { toFile } from "openai";
import type { TaskApiName } from "../../../src/runtime/tasks/provider-api.ts";
import type { Endpoint } from "./client.ts";

/** An official client as it calls one of the further APIs. */
export interface TaskClient {
  /** As the table of `docs/compatibility.md` has it. */
  readonly name: string;
  readonly api: TaskApiName;
  /** The answer that it shows, put as the API itself would put it. */
  readonly use: (endpoint: Endpoint) => Promise<unknown>;
  /** Members that it always sends and a kind of vendor has no words for, by the kind. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Members of the answer of which it wants more than a kind of vendor tells, by the kind. */
  readonly unread?: Readonly<Record<string, string>>;
}

const question = { query: "q", documents: ["a", "b", "c"] };
const sound = new TextEncoder().encode("RIFF");

const openai = ({ origin, key }: Endpoint): OpenAI =>
  new OpenAI({ baseURL: `${origin}/v1`, apiKey: key, maxRetries: 0 });
const vercel = ({ origin, key }: Endpoint) => createOpenAI({ baseURL: `${origin}/v1`, apiKey: key });

/** All of them, in the table's order; those that make vectors are in `embeddings.ts`. */
export const taskClients: readonly TaskClient[] = [
  {
    name: "cohere-ai (v2)",
    api: "rerank",
    async use({ origin, key, model }) {
      const client = new CohereClientV2({ token: key, environment: origin, maxRetries: 0 });
      return ranked((await client.rerank({ model, ...question })).results);
    },
  },
  {
    name: "cohere-ai (v1)",
    api: "rerank",
    async use({ origin, key, model }) {
      const client = new CohereClient({ token: key, environment: origin, maxRetries: 0 });
      return ranked((await client.rerank({ model, ...question })).results);
    },
  },
  {
    name: "openai",
    api: "images",
    use: (endpoint) => openai(endpoint).images.generate({ model: endpoint.model, prompt: "a cat" }),
  },
  {
    name: "openai",
    api: "speech",
    async use(endpoint) {
      const asked = { model: endpoint.model, input: "Hello", voice: "Kore" };
      const answer = await openai(endpoint).audio.speech.create(asked);
      return new Uint8Array(await answer.arrayBuffer());
    },
  },
  {
    name: "openai",
    api: "transcription",
    async use(endpoint) {
      const file = await toFile(sound, "a.wav", { type: "audio/wav" });
      const { model } = endpoint;
      return await openai(endpoint).audio.transcriptions.create({ model, file, language: "en" });
    },
  },
  {
    name: "openai",
    api: "moderations",
    use: (endpoint) => openai(endpoint).moderations.create({ model: endpoint.model, input: "hello" }),
  },
  {
    name: "ai + @ai-sdk/openai",
    api: "images",
    async use(endpoint) {
      const model = vercel(endpoint).image(endpoint.model);
      const { images } = await experimental_generateImage({ model, prompt: "a cat", maxRetries: 0 });
      return { data: images.map(({ base64 }) => ({ b64_json: base64 })) };
    },
  },
  {
    name: "ai + @ai-sdk/openai",
    api: "speech",
    // It asks for MP3 unless it is told another format.
    refused: { gemini: "response_format" },
    async use(endpoint) {
      const model = vercel(endpoint).speech(endpoint.model);
      const asked = { model, text: "Hello", voice: "Kore", maxRetries: 0 };
      return (await experimental_generateSpeech(asked)).audio.uint8Array;
    },
  },
  {
    name: "ai + @ai-sdk/openai",
    api: "transcription",
    // It asks for segments, and for all that Whisper says of them.
    refused: { cohere: "timestamp_granularities" },
    unread: { mistral: "segments" },
    async use(endpoint) {
      const model = vercel(endpoint).transcription(endpoint.model);
      const providerOptions = { openai: { language: "en" } };
      const { text } = await experimental_transcribe({ model, audio: sound, maxRetries: 0, providerOptions });
      return { text };
    },
  },
];

function ranked(results: readonly { readonly index: number; readonly relevanceScore: number }[]): unknown {
  return {
    results: results.map(({ index, relevanceScore }) => ({ index, relevance_score: relevanceScore })),
  };
}
