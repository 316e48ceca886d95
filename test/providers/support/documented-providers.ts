/** One provider as the vendor documents it: written by hand from the vendors' pages, which `docs/providers.md` lists. */
export interface Documented {
  readonly provider: string;
  readonly model: string;
  readonly dialect: string | null;
  /** Path of a request, below where the dialect begins. */
  readonly path: string;
  readonly url: string;
  /** Headers that the vendor asks for. */
  readonly headers: Readonly<Record<string, string>>;
}

const bearer = { authorization: "Bearer secret-of-API_KEY" };
const apiKey = 'apiKey: env("API_KEY")';

/** A provider that speaks Chat Completions with a bearer token, unless `more` says otherwise. */
export function row(
  provider: string,
  model: string,
  url: string,
  more: Partial<Pick<Documented, "dialect" | "path" | "headers">> = {},
): Documented {
  return {
    provider,
    model,
    url,
    dialect: "openai-chat",
    path: "/chat/completions",
    headers: bearer,
    ...more,
  };
}

const keyed = (type: string, model: string, url: string, more = {}): Documented =>
  row(`${type}({ ${apiKey} })`, model, url, more);

const vertexPlace = 'project: "my-project", accessToken: env("API_KEY")';
const gemini = { dialect: "gemini", path: "/models/gemini-2.5-flash:generateContent" };
const vertexGemini = { dialect: "gemini", path: `/publishers/google${gemini.path}` };
const responses = { dialect: "openai-responses", path: "/responses" };

/** Every type of provider over HTTP, and some again with other options. */
export const documented: Readonly<Record<string, Documented>> = {
  openai: row(
    `openai({ ${apiKey}, organization: "org-1", project: "proj-1" })`,
    '"gpt-4o-mini"',
    "https://api.openai.com/v1/chat/completions",
    { headers: { ...bearer, "openai-organization": "org-1", "openai-project": "proj-1" } },
  ),
  openaiResponses: keyed(
    "openai",
    '"gpt-5-codex", { dialect: "openai-responses" }',
    "https://api.openai.com/v1/responses",
    responses,
  ),
  azureOpenai: row(
    `azureOpenai({ ${apiKey}, resource: "my-resource" })`,
    '"my-deployment"',
    "https://my-resource.openai.azure.com/openai/v1/chat/completions",
    { headers: { "api-key": "secret-of-API_KEY" } },
  ),
  azureOpenaiPreview: row(
    `azureOpenai({ ${apiKey}, resource: "my-resource", apiVersion: "preview" })`,
    '"my-deployment", { dialect: "openai-responses" }',
    "https://my-resource.openai.azure.com/openai/v1/responses?api-version=preview",
    { ...responses, headers: { "api-key": "secret-of-API_KEY" } },
  ),
  azureOpenaiDated: row(
    `azureOpenai({ ${apiKey}, baseUrl: "https://r.openai.azure.com/openai/deployments/gpt", apiVersion: "2024-10-21" })`,
    '"gpt"',
    "https://r.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
    { headers: { "api-key": "secret-of-API_KEY" } },
  ),
  anthropic: keyed("anthropic", '"claude-haiku-4-5"', "https://api.anthropic.com/v1/messages", {
    dialect: "anthropic-messages",
    path: "/messages",
    headers: { "x-api-key": "secret-of-API_KEY", "anthropic-version": "2023-06-01" },
  }),
  anthropicElsewhere: row(
    `anthropic({ ${apiKey}, baseUrl: "https://r.services.ai.azure.com/anthropic/v1", headers: { "Anthropic-Version": "2026-10-21" } })`,
    '"my-claude"',
    "https://r.services.ai.azure.com/anthropic/v1/messages",
    {
      dialect: "anthropic-messages",
      path: "/messages",
      headers: { "x-api-key": "secret-of-API_KEY", "anthropic-version": "2026-10-21" },
    },
  ),
  google: keyed(
    "google",
    '"gemini-2.5-flash"',
    "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent",
    { ...gemini, headers: { "x-goog-api-key": "secret-of-API_KEY" } },
  ),
  vertexExpress: row(
    `google({ ${apiKey}, baseUrl: "https://aiplatform.googleapis.com/v1/publishers/google" })`,
    '"gemini-2.5-flash"',
    "https://aiplatform.googleapis.com/v1/publishers/google/models/gemini-2.5-flash:generateContent",
    { ...gemini, headers: { "x-goog-api-key": "secret-of-API_KEY" } },
  ),
  vertex: row(
    `vertex({ ${vertexPlace}, location: "europe-west4" })`,
    '"gemini-2.5-flash"',
    "https://europe-west4-aiplatform.googleapis.com/v1/projects/my-project/locations/europe-west4/publishers/google/models/gemini-2.5-flash:generateContent",
    vertexGemini,
  ),
  vertexGlobal: row(
    `vertex({ ${vertexPlace}, location: "global" })`,
    '"gemini-2.5-flash"',
    "https://aiplatform.googleapis.com/v1/projects/my-project/locations/global/publishers/google/models/gemini-2.5-flash:generateContent",
    vertexGemini,
  ),
  vertexMultiRegion: row(
    `vertex({ ${vertexPlace}, location: "eu" })`,
    '"gemini-2.5-flash"',
    "https://aiplatform.eu.rep.googleapis.com/v1/projects/my-project/locations/eu/publishers/google/models/gemini-2.5-flash:generateContent",
    vertexGemini,
  ),
  vertexClaude: row(
    `vertex({ ${vertexPlace}, location: "us-east5" })`,
    '"claude-haiku-4-5@20251001"',
    "https://us-east5-aiplatform.googleapis.com/v1/projects/my-project/locations/us-east5/publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict",
    {
      dialect: "anthropic-messages",
      path: "/publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict",
    },
  ),
  vertexOpenModel: row(
    `vertex({ ${vertexPlace}, location: "us-central1" })`,
    '"meta/llama-3.3-70b-instruct-maas"',
    "https://us-central1-aiplatform.googleapis.com/v1/projects/my-project/locations/us-central1/endpoints/openapi/chat/completions",
  ),
  bedrock: row(
    `bedrock({ ${apiKey}, region: "eu-central-1" })`,
    '"amazon.nova-lite-v1:0"',
    "https://bedrock-runtime.eu-central-1.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse",
    { dialect: "bedrock-converse", path: "/model/amazon.nova-lite-v1%3A0/converse" },
  ),
  bedrockResponses: row(
    `bedrock({ ${apiKey}, region: "us-east-1" })`,
    '"openai.gpt-oss-120b-1:0", { dialect: "openai-responses" }',
    "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1/responses",
    responses,
  ),
  mistral: keyed("mistral", '"mistral-large-latest"', "https://api.mistral.ai/v1/chat/completions"),
  cohere: keyed("cohere", '"command-a-03-2025"', "https://api.cohere.com/v2/chat", {
    dialect: "cohere-chat",
    path: "/chat",
  }),
  groq: keyed("groq", '"llama-3.3-70b-versatile"', "https://api.groq.com/openai/v1/chat/completions"),
  xai: keyed("xai", '"grok-4"', "https://api.x.ai/v1/chat/completions"),
  deepseek: keyed("deepseek", '"deepseek-v4-flash"', "https://api.deepseek.com/chat/completions"),
  together: keyed("together", '"openai/gpt-oss-20b"', "https://api.together.ai/v1/chat/completions"),
  fireworks: keyed(
    "fireworks",
    '"accounts/fireworks/models/gpt-oss-120b"',
    "https://api.fireworks.ai/inference/v1/chat/completions",
  ),
  openrouter: row(
    `openrouter({ ${apiKey}, referer: "https://shop.example", title: "Shop" })`,
    '"anthropic/claude-haiku-4.5"',
    "https://openrouter.ai/api/v1/chat/completions",
    { headers: { ...bearer, "http-referer": "https://shop.example", "x-openrouter-title": "Shop" } },
  ),
  perplexity: keyed("perplexity", '"perplexity/sonar"', "https://api.perplexity.ai/v1/responses", responses),
  cerebras: keyed("cerebras", '"gpt-oss-120b"', "https://api.cerebras.ai/v1/chat/completions"),
  deepinfra: keyed(
    "deepinfra",
    '"meta-llama/Llama-3.3-70B-Instruct"',
    "https://api.deepinfra.com/v1/openai/chat/completions",
  ),
  nebius: keyed("nebius", '"openai/gpt-oss-120b"', "https://api.tokenfactory.nebius.com/v1/chat/completions"),
  sambanova: keyed(
    "sambanova",
    '"Meta-Llama-3.3-70B-Instruct"',
    "https://api.sambanova.ai/v1/chat/completions",
  ),
  nvidia: keyed(
    "nvidia",
    '"meta/llama-3.3-70b-instruct"',
    "https://integrate.api.nvidia.com/v1/chat/completions",
  ),
  moonshot: keyed("moonshot", '"kimi-k2.6"', "https://api.moonshot.ai/v1/chat/completions"),
  zhipu: keyed("zhipu", '"glm-4.7"', "https://api.z.ai/api/paas/v4/chat/completions"),
  alibaba: keyed(
    "alibaba",
    '"qwen3.7-max"',
    "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions",
  ),
  alibabaVirginia: row(
    `alibaba({ ${apiKey}, baseUrl: "https://dashscope-us.aliyuncs.com/compatible-mode/v1" })`,
    '"qwen3.7-max"',
    "https://dashscope-us.aliyuncs.com/compatible-mode/v1/chat/completions",
  ),
  zhipuChina: row(
    `zhipu({ ${apiKey}, baseUrl: "https://open.bigmodel.cn/api/paas/v4" })`,
    '"glm-4.7"',
    "https://open.bigmodel.cn/api/paas/v4/chat/completions",
  ),
  minimax: keyed("minimax", '"MiniMax-M2.7"', "https://api.minimax.io/v1/chat/completions"),
  huggingface: keyed(
    "huggingface",
    '"openai/gpt-oss-120b"',
    "https://router.huggingface.co/v1/chat/completions",
  ),
  voyage: keyed("voyage", '"voyage-3.5"', "https://api.voyageai.com/v1/embeddings", {
    dialect: null,
    path: "/embeddings",
  }),
  jina: keyed("jina", '"jina-embeddings-v3"', "https://api.jina.ai/v1/embeddings", {
    dialect: null,
    path: "/embeddings",
  }),
  cloudflare: row(
    `cloudflare({ ${apiKey}, account: "023e105f4ecef8ad9ca31a8372d0c353" })`,
    '"@cf/openai/gpt-oss-120b"',
    "https://api.cloudflare.com/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/ai/v1/chat/completions",
  ),
  github: keyed("github", '"openai/gpt-4.1"', "https://models.github.ai/inference/chat/completions"),
  ollama: row("ollama()", '"gpt-oss:20b"', "http://127.0.0.1:11434/api/chat", {
    dialect: "ollama-chat",
    path: "/api/chat",
    headers: {},
  }),
  ollamaCloud: row(
    `ollama({ ${apiKey}, baseUrl: "https://ollama.com" })`,
    '"gpt-oss:120b", { dialect: "openai-chat" }',
    "https://ollama.com/v1/chat/completions",
  ),
  vllm: row("vllm()", '"my-model"', "http://127.0.0.1:8000/v1/chat/completions", { headers: {} }),
  lmstudio: row(
    `lmstudio({ ${apiKey} })`,
    '"openai/gpt-oss-20b", { dialect: "anthropic-messages" }',
    "http://127.0.0.1:1234/v1/messages",
    { dialect: "anthropic-messages", path: "/messages" },
  ),
  llamacpp: row("llamacpp()", '"my-model"', "http://127.0.0.1:8080/v1/chat/completions", { headers: {} }),
  openaiCompatible: row(
    `openaiCompatible({ ${apiKey}, baseUrl: "https://models.example/v1/" })`,
    '"my-model"',
    "https://models.example/v1/chat/completions",
  ),
};
