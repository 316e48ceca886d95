import type { ByProvider } from "./described.ts";

/** Ids, with spaces between them, of models whose answers the host holds to a JSON Schema. */
export const holdToSchema: ByProvider<string> = {
  together:
    "MiniMaxAI/MiniMax-M2.7 MiniMaxAI/MiniMax-M3 Qwen/Qwen2.5-7B-Instruct-Turbo Qwen/Qwen3.5-9B " +
    "deepseek-ai/DeepSeek-V4-Pro google/gemma-4-31B-it moonshotai/Kimi-K2.6 " +
    "moonshotai/Kimi-K2.7-Code nvidia/nemotron-3-ultra-550b-a55b openai/gpt-oss-20b zai-org/GLM-5 " +
    "zai-org/GLM-5.1 zai-org/GLM-5.2",
  "azure-openai":
    "gpt-5.1-chat gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-codex-mini gpt-5.2-chat gpt-5.2-codex " +
    "gpt-5.3-chat gpt-5.3-codex",
  bedrock:
    "anthropic.claude-sonnet-5 au.anthropic.claude-sonnet-5 deepseek.v3-v1:0 deepseek.v3.2 " +
    "eu.anthropic.claude-sonnet-5 global.anthropic.claude-sonnet-5 google.gemma-3-27b-it " +
    "jp.anthropic.claude-sonnet-5 mistral.devstral-2-123b mistral.magistral-small-2509 " +
    "mistral.ministral-3-14b-instruct mistral.ministral-3-3b-instruct " +
    "mistral.ministral-3-8b-instruct mistral.mistral-large-3-675b-instruct " +
    "mistral.voxtral-mini-3b-2507 mistral.voxtral-small-24b-2507 moonshot.kimi-k2-thinking " +
    "moonshotai.kimi-k2.5 nvidia.nemotron-nano-12b-v2 nvidia.nemotron-nano-3-30b " +
    "nvidia.nemotron-nano-9b-v2 nvidia.nemotron-super-3-120b openai.gpt-oss-120b " +
    "openai.gpt-oss-120b-1:0 openai.gpt-oss-20b openai.gpt-oss-20b-1:0 openai.gpt-oss-safeguard-120b " +
    "openai.gpt-oss-safeguard-20b qwen.qwen3-235b-a22b-2507-v1:0 qwen.qwen3-32b-v1:0 " +
    "qwen.qwen3-coder-30b-a3b-v1:0 qwen.qwen3-coder-480b-a35b-v1:0 qwen.qwen3-next-80b-a3b " +
    "qwen.qwen3-vl-235b-a22b us.anthropic.claude-sonnet-5 xai.grok-4.3 zai.glm-4.7 zai.glm-4.7-flash " +
    "zai.glm-5",
  openai:
    "gpt-5-codex gpt-5.1-chat-latest gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-codex-mini " +
    "gpt-5.2-chat-latest gpt-5.2-codex gpt-5.3-codex gpt-5.3-codex-spark o1-pro o3-pro",
  xai: "grok-build-0.1",
  moonshot: "kimi-k2.5 kimi-k2.6 kimi-k2.7-code kimi-k2.7-code-highspeed",
  deepinfra: "google/gemma-4-26B-A4B-it zai-org/GLM-5.2",
  google: "gemini-flash-latest gemini-flash-lite-latest gemma-4-26b-a4b-it gemma-4-31b-it",
  vertex: "gemini-flash-lite-latest meta/llama-4-maverick-17b-128e-instruct-maas",
  alibaba: "qwen3.6-flash",
  nvidia:
    "bytedance/seed-oss-36b-instruct deepseek-ai/deepseek-v4-flash deepseek-ai/deepseek-v4-pro " +
    "google/gemma-2-2b-it google/gemma-3n-e2b-it google/gemma-3n-e4b-it meta/llama-3.1-70b-instruct " +
    "meta/llama-3.2-11b-vision-instruct meta/llama-3.2-1b-instruct meta/llama-3.2-3b-instruct " +
    "meta/llama-3.3-70b-instruct meta/llama-4-maverick-17b-128e-instruct " +
    "mistralai/mistral-7b-instruct-v03 mistralai/mistral-large-3-675b-instruct-2512 " +
    "mistralai/mistral-small-4-119b-2603 moonshotai/kimi-k2.6 " +
    "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning nvidia/nemotron-3-ultra-550b-a55b " +
    "openai/gpt-oss-120b openai/gpt-oss-20b qwen/qwen2.5-coder-32b-instruct qwen/qwen3.5-122b-a10b " +
    "qwen/qwen3.5-397b-a17b z-ai/glm-5.1",
  huggingface:
    "MiniMaxAI/MiniMax-M2.7 MiniMaxAI/MiniMax-M3 Qwen/Qwen3-235B-A22B Qwen/Qwen3-32B " +
    "Qwen/Qwen3-Coder-30B-A3B-Instruct Qwen/Qwen3.5-122B-A10B Qwen/Qwen3.5-27B Qwen/Qwen3.5-35B-A3B " +
    "Qwen/Qwen3.5-9B Qwen/Qwen3.6-27B Qwen/Qwen3.6-35B-A3B XiaomiMiMo/MiMo-V2.5-Pro " +
    "deepseek-ai/DeepSeek-R1 deepseek-ai/DeepSeek-V4-Flash deepseek-ai/DeepSeek-V4-Pro " +
    "google/gemma-4-26B-A4B-it google/gemma-4-31B-it meta-llama/Llama-3.3-70B-Instruct " +
    "moonshotai/Kimi-K2.7-Code openai/gpt-oss-120b zai-org/GLM-5.2",
};

/** Ids, with spaces between them, of models that call tools. */
export const callTools: ByProvider<string> = {
  mistral: "labs-devstral-small-2512",
  google: "gemma-4-26b-a4b-it gemma-4-31b-it",
  nvidia:
    "abacusai/dracarys-llama-3_1-70b-instruct bytedance/seed-oss-36b-instruct google/gemma-2-2b-it " +
    "google/gemma-3n-e2b-it google/gemma-3n-e4b-it google/gemma-4-31b-it meta/llama-3.1-70b-instruct " +
    "meta/llama-3.1-8b-instruct meta/llama-3.2-11b-vision-instruct meta/llama-3.2-1b-instruct " +
    "meta/llama-3.2-90b-vision-instruct meta/llama-3.3-70b-instruct " +
    "meta/llama-4-maverick-17b-128e-instruct microsoft/phi-4-mini-instruct minimaxai/minimax-m2.7 " +
    "minimaxai/minimax-m3 mistralai/mistral-7b-instruct-v03 " +
    "mistralai/mistral-large-3-675b-instruct-2512 mistralai/mistral-nemotron " +
    "mistralai/mistral-small-4-119b-2603 mistralai/mixtral-8x22b-instruct " +
    "mistralai/mixtral-8x7b-instruct moonshotai/kimi-k2-instruct-0905 moonshotai/kimi-k2.6 " +
    "nvidia/nemotron-3-nano-30b-a3b nvidia/nemotron-3-nano-omni-30b-a3b-reasoning " +
    "nvidia/nemotron-mini-4b-instruct nvidia/nvidia-nemotron-nano-9b-v2 " +
    "openai/gpt-oss-120b openai/gpt-oss-20b qwen/qwen2.5-coder-32b-instruct " +
    "qwen/qwen3-coder-480b-a35b-instruct qwen/qwen3-next-80b-a3b-instruct qwen/qwen3.5-122b-a10b " +
    "qwen/qwen3.5-397b-a17b sarvamai/sarvam-m stepfun-ai/step-3.5-flash stepfun-ai/step-3.7-flash " +
    "upstage/solar-10_7b-instruct z-ai/glm-5.1",
  huggingface: "zai-org/GLM-4.7-Flash",
};

/** Ids, with spaces between them, of models that reason. */
export const think: ByProvider<string> = {
  groq: "qwen/qwen3-32b",
  fireworks: "accounts/fireworks/models/gpt-oss-20b",
  anthropic: "claude-opus-4-1-20250805 claude-opus-4-20250514 claude-sonnet-4-20250514",
  alibaba: "qwen-plus qwen-turbo",
};

/** Ids, with spaces between them, of models that do not reason before they answer. */
export const answerAtOnce: ByProvider<string> = {
  together:
    "Qwen/Qwen2.5-7B-Instruct-Turbo " +
    "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8 Qwen/Qwen3-Coder-Next-FP8 deepseek-ai/DeepSeek-V3 " +
    "essentialai/Rnj-1-Instruct meta-llama/Llama-3.3-70B-Instruct-Turbo",
  groq: "llama-3.1-8b-instant llama-3.3-70b-versatile meta-llama/llama-4-scout-17b-16e-instruct",
  mistral:
    "codestral-latest devstral-2512 devstral-latest devstral-medium-2507 devstral-medium-latest " +
    "devstral-small-2505 devstral-small-2507 labs-devstral-small-2512 mistral-large-2411 " +
    "mistral-large-2512 mistral-large-latest mistral-medium-2505 mistral-medium-2508 mistral-nemo " +
    "mistral-small-2506 open-mistral-7b open-mistral-nemo open-mixtral-8x22b open-mixtral-8x7b " +
    "pixtral-12b pixtral-large-latest",
  bedrock:
    "amazon.nova-lite-v1:0 amazon.nova-micro-v1:0 amazon.nova-pro-v1:0 google.gemma-3-27b-it " +
    "google.gemma-3-4b-it meta.llama3-1-70b-instruct-v1:0 meta.llama3-1-8b-instruct-v1:0 " +
    "meta.llama3-3-70b-instruct-v1:0 meta.llama4-maverick-17b-instruct-v1:0 " +
    "meta.llama4-scout-17b-instruct-v1:0 mistral.ministral-3-14b-instruct " +
    "mistral.ministral-3-3b-instruct mistral.ministral-3-8b-instruct " +
    "mistral.mistral-large-3-675b-instruct mistral.pixtral-large-2502-v1:0 " +
    "mistral.voxtral-mini-3b-2507 mistral.voxtral-small-24b-2507 nvidia.nemotron-nano-12b-v2 " +
    "qwen.qwen3-coder-30b-a3b-v1:0 " +
    "qwen.qwen3-coder-480b-a35b-v1:0 qwen.qwen3-next-80b-a3b qwen.qwen3-vl-235b-a22b " +
    "us.meta.llama4-maverick-17b-instruct-v1:0 us.meta.llama4-scout-17b-instruct-v1:0",
  xai: "grok-4.20-0309-non-reasoning",
  moonshot: "kimi-k2-0711-preview kimi-k2-0905-preview kimi-k2-turbo-preview",
  deepinfra:
    "Qwen/Qwen3-Coder-480B-A35B-Instruct-Turbo meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8 " +
    "meta-llama/Llama-4-Scout-17B-16E-Instruct",
  vertex: "meta/llama-4-maverick-17b-128e-instruct-maas",
  nvidia:
    "abacusai/dracarys-llama-3_1-70b-instruct bytedance/seed-oss-36b-instruct google/gemma-2-2b-it " +
    "google/gemma-3n-e2b-it google/gemma-3n-e4b-it meta/llama-3.1-70b-instruct " +
    "meta/llama-3.1-8b-instruct meta/llama-3.2-11b-vision-instruct meta/llama-3.2-1b-instruct " +
    "meta/llama-3.2-3b-instruct meta/llama-3.2-90b-vision-instruct meta/llama-3.3-70b-instruct " +
    "meta/llama-4-maverick-17b-128e-instruct microsoft/phi-4-mini-instruct " +
    "mistralai/mistral-7b-instruct-v03 mistralai/mistral-large-3-675b-instruct-2512 " +
    "mistralai/mistral-nemotron mistralai/mixtral-8x22b-instruct mistralai/mixtral-8x7b-instruct " +
    "moonshotai/kimi-k2-instruct-0905 nvidia/nemotron-mini-4b-instruct " +
    "qwen/qwen2.5-coder-32b-instruct qwen/qwen3-coder-480b-a35b-instruct " +
    "qwen/qwen3-next-80b-a3b-instruct sarvamai/sarvam-m",
  huggingface:
    "Qwen/Qwen3-Coder-30B-A3B-Instruct Qwen/Qwen3-Coder-480B-A35B-Instruct Qwen/Qwen3-Coder-Next " +
    "Qwen/Qwen3-Next-80B-A3B-Instruct meta-llama/Llama-3.3-70B-Instruct moonshotai/Kimi-K2-Instruct " +
    "moonshotai/Kimi-K2-Instruct-0905",
};
