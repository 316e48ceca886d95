import type { ModelRow } from "../model-card.ts";
import type { CatalogOverride } from "./override.ts";
import { said } from "./said.ts";
import { liteLlm, modelsDev, portkey, vercelAi } from "./sources.ts";
import { thousandths } from "./thousandths.ts";

/** Models of vectors: US dollars per million tokens, in thousandths, where they are known, and their window. */
const vectors = (price?: number, contextWindow?: number): ModelRow => ({
  kind: "embedding",
  ...(contextWindow !== undefined && { contextWindow }),
  ...(price !== undefined && { prices: [{ input: price * thousandths }] }),
});

const azure = said("azure-openai", liteLlm);
const cohere = said("cohere", portkey("cohere"));
const deepinfra = said("deepinfra", portkey("deepinfra"));
const fireworks = said("fireworks", liteLlm);
const nebius = said("nebius", liteLlm);
const together = said("together", liteLlm);
const togetherApi = said(
  "together",
  "https://github.com/togethercomputer/openapi/blob/090263aa0fde006d9cd958bef52719958079bbc4/openapi.yaml",
);
const mistral = said("mistral", portkey("mistral-ai"));
const bedrock = said("bedrock", liteLlm);
const vertex = said("vertex", liteLlm);

/** An hour of sound, in thousandths of a US dollar. */
const hours = (perAudioHour: number): ModelRow => ({
  kind: "transcription",
  prices: [{ perAudioHour: perAudioHour * thousandths }],
});

/** Models of other tasks than conversation, as far as the data packages lack them or take them for models of chat. */
export const taskModels: readonly CatalogOverride[] = [
  // They converse over connections of their own.
  said("xai", liteLlm)("grok-voice-latest grok-voice-think-fast-1.0 grok-voice-think-fast-2.0", {
    kind: "realtime",
  }),
  said("bedrock", "https://docs.aws.amazon.com/nova/latest/userguide/speech.html")(
    "amazon.nova-sonic-v1:0 amazon.nova-2-sonic-v1:0",
    { kind: "realtime" },
  ),
  said("nvidia", modelsDev("nvidia"))("nvidia/nemotron-voicechat", { kind: "realtime" }),
  // These make or judge films, which no API here is for.
  said("google", "https://ai.google.dev/gemini-api/docs/changelog")("gemini-omni-flash-preview", {
    kind: "video",
  }),
  said("nvidia", modelsDev("nvidia"))("nvidia/ai-synthetic-video-detector", { kind: "video" }),

  said("mistral", "https://docs.mistral.ai/models/overview")("voxtral-mini-2602", { kind: "transcription" }),
  // The model that did both has gone, and this is its heir.
  said(
    "mistral",
    "https://github.com/mnfst/modeldeprecations.dev/blob/9d331166b665a068eda29f9546e4955b69fcd42d/models/mistral/voxtral-mini-2507.yaml",
  )("voxtral-mini-latest", { kind: "transcription" }),
  said("mistral", liteLlm)("voxtral-small-latest voxtral-small-2507 voxtral-small-24b-2507", {
    takes: ["text", "audio"],
  }),
  mistral("mistral-embed-2312", vectors(100, 8_192)),
  mistral("codestral-embed codestral-embed-2505", vectors(150, 8_192)),

  azure("tts-1 tts", { kind: "speech", prices: [{ perMillionCharacters: 15_000 * thousandths }] }),
  azure("tts-1-hd tts-hd", { kind: "speech", prices: [{ perMillionCharacters: 30_000 * thousandths }] }),
  azure("gpt-4o-mini-tts", { kind: "speech" }),
  azure("whisper-1 whisper", hours(360)),
  said("azure-openai", portkey("azure-openai"))("gpt-4o-transcribe gpt-4o-transcribe-diarize", {
    kind: "transcription",
    contextWindow: 16_000,
    prices: [{ input: 2_500 * thousandths, output: 10_000 * thousandths, audioInput: 6_000 * thousandths }],
  }),
  said("azure-openai", portkey("azure-openai"))("gpt-4o-mini-transcribe", {
    kind: "transcription",
    contextWindow: 16_000,
    prices: [{ input: 1_250 * thousandths, output: 5_000 * thousandths, audioInput: 3_000 * thousandths }],
  }),

  bedrock("amazon.titan-embed-g1-text-02", vectors(100, 8_192)),
  bedrock("cohere.embed-english-v3 cohere.embed-multilingual-v3", vectors(100, 512)),
  bedrock("cohere.embed-v4:0", { ...vectors(120, 128_000), takes: ["text", "image"] }),
  vertex("text-embedding-005 text-multilingual-embedding-002", vectors(100, 2_048)),

  cohere("rerank-v4.0-pro", { kind: "rerank", prices: [{ perThousandSearches: 2_500 * thousandths }] }),
  cohere("rerank-v4.0-fast", { kind: "rerank", prices: [{ perThousandSearches: 2_000 * thousandths }] }),

  together("BAAI/bge-base-en-v1.5", vectors(8, 512)),
  said("together", portkey("together-ai"))("BAAI/bge-large-en-v1.5 WhereIsAI/UAE-Large-V1", vectors(16)),
  said("together", portkey("together-ai"))("togethercomputer/m2-bert-80M-8k-retrieval", vectors(8)),
  togetherApi("Salesforce/Llama-Rank-v1", { kind: "rerank" }),
  said("together", vercelAi("togetherai/src/reranking/togetherai-reranking-model-options.ts"))(
    "mixedbread-ai/Mxbai-Rerank-Large-V2",
    { kind: "rerank" },
  ),
  togetherApi("cartesia/sonic hexgrad/Kokoro-82M canopylabs/orpheus-3b-0.1-ft", { kind: "speech" }),
  said("groq", modelsDev("groq"))("canopylabs/orpheus-v1-english canopylabs/orpheus-arabic-saudi", {
    kind: "speech",
  }),

  fireworks("nomic-ai/nomic-embed-text-v1.5 nomic-ai/nomic-embed-text-v1", vectors(8, 8_192)),
  fireworks("thenlper/gte-base", vectors(8, 512)),
  fireworks("thenlper/gte-large WhereIsAI/UAE-Large-V1", vectors(16, 512)),
  nebius("BAAI/bge-en-icl intfloat/e5-mistral-7b-instruct", vectors(10, 32_768)),
  nebius("BAAI/bge-multilingual-gemma2", vectors(10, 8_192)),
  said("nebius", modelsDev("nebius"))("Qwen/Qwen3-Embedding-8B", vectors(10, 32_768)),

  deepinfra("BAAI/bge-base-en-v1.5 intfloat/e5-base-v2 thenlper/gte-base", vectors(5)),
  deepinfra("BAAI/bge-large-en-v1.5 BAAI/bge-m3 intfloat/e5-large-v2 thenlper/gte-large", vectors(10)),
  deepinfra(
    "BAAI/bge-en-icl intfloat/multilingual-e5-large intfloat/multilingual-e5-large-instruct",
    vectors(10),
  ),
  deepinfra("sentence-transformers/all-MiniLM-L6-v2 sentence-transformers/all-MiniLM-L12-v2", vectors(5)),
  deepinfra("sentence-transformers/all-mpnet-base-v2", vectors(5)),
  deepinfra("Qwen/Qwen3-Embedding-0.6B Qwen/Qwen3-Embedding-8B", vectors(10)),
  deepinfra("Qwen/Qwen3-Embedding-4B", vectors(20)),
  deepinfra("google/embeddinggemma-300m", vectors(2)),
];
