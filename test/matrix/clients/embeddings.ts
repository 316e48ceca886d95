import { createOpenAI } from "@ai-sdk/openai";
import { GoogleGenAI } from "@google/genai";
import { OpenAIEmbeddings } from "@langchain/openai";
import { embedMany } from "ai";
import OpenAI from "openai";
import type { Endpoint } from "./client.ts";

/** An official client as it makes vectors. */
export interface EmbeddingClient {
  /** As the table of `docs/compatibility.md` has it. */
  readonly name: string;
  readonly embed: (endpoint: Endpoint, texts: readonly string[]) => Promise<readonly (readonly number[])[]>;
}

/** All of them, in the table's order. Anthropic has no embeddings. */
export const embeddingClients: readonly EmbeddingClient[] = [
  {
    name: "openai",
    async embed({ origin, key, model }, texts) {
      const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: key, maxRetries: 0 });
      const { data } = await client.embeddings.create({ model, input: [...texts] });
      return data.map(({ embedding }) => embedding);
    },
  },
  {
    name: "@google/genai",
    async embed({ origin, key, model }, texts) {
      const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: origin } });
      const { embeddings = [] } = await client.models.embedContent({ model, contents: [...texts] });
      return embeddings.map(({ values = [] }) => values);
    },
  },
  {
    name: "ai + @ai-sdk/openai",
    async embed({ origin, key, model }, texts) {
      const provider = createOpenAI({ baseURL: `${origin}/v1`, apiKey: key });
      const values = [...texts];
      const { embeddings } = await embedMany({ model: provider.textEmbedding(model), values, maxRetries: 0 });
      return embeddings;
    },
  },
  {
    name: "@langchain/openai",
    embed({ origin, key, model }, texts) {
      const configuration = { baseURL: `${origin}/v1` };
      const client = new OpenAIEmbeddings({ model, apiKey: key, maxRetries: 0, configuration });
      return client.embedDocuments([...texts]);
    },
  },
];
