import type { ProviderProfile } from "../provider-profile.ts";
import { alibabaProfile } from "./alibaba.ts";
import { anthropicProfile } from "./anthropic.ts";
import { azureOpenaiProfile } from "./azure-openai.ts";
import { bedrockProfile } from "./bedrock.ts";
import { cerebrasProfile } from "./cerebras.ts";
import { cloudflareProfile } from "./cloudflare.ts";
import { cohereProfile } from "./cohere.ts";
import { deepinfraProfile } from "./deepinfra.ts";
import { deepseekProfile } from "./deepseek.ts";
import { fireworksProfile } from "./fireworks.ts";
import { githubProfile } from "./github.ts";
import { googleProfile } from "./google.ts";
import { groqProfile } from "./groq.ts";
import { huggingfaceProfile } from "./huggingface.ts";
import { jinaProfile } from "./jina.ts";
import { llamacppProfile } from "./llamacpp.ts";
import { lmstudioProfile } from "./lmstudio.ts";
import { minimaxProfile } from "./minimax.ts";
import { mistralProfile } from "./mistral.ts";
import { moonshotProfile } from "./moonshot.ts";
import { nebiusProfile } from "./nebius.ts";
import { nvidiaProfile } from "./nvidia.ts";
import { ollamaProfile } from "./ollama.ts";
import { openaiProfile } from "./openai.ts";
import { openaiCompatibleProfile } from "./openai-compatible.ts";
import { openrouterProfile } from "./openrouter.ts";
import { perplexityProfile } from "./perplexity.ts";
import { sambanovaProfile } from "./sambanova.ts";
import { togetherProfile } from "./together.ts";
import { vertexProfile } from "./vertex.ts";
import { vllmProfile } from "./vllm.ts";
import { voyageProfile } from "./voyage.ts";
import { xaiProfile } from "./xai.ts";
import { zhipuProfile } from "./zhipu.ts";

/** Every provider type over HTTP, by its name in configs and artifacts. */
export const providerProfiles = {
  openai: openaiProfile,
  "azure-openai": azureOpenaiProfile,
  anthropic: anthropicProfile,
  google: googleProfile,
  vertex: vertexProfile,
  bedrock: bedrockProfile,
  mistral: mistralProfile,
  cohere: cohereProfile,
  groq: groqProfile,
  xai: xaiProfile,
  deepseek: deepseekProfile,
  together: togetherProfile,
  fireworks: fireworksProfile,
  openrouter: openrouterProfile,
  perplexity: perplexityProfile,
  cerebras: cerebrasProfile,
  deepinfra: deepinfraProfile,
  nebius: nebiusProfile,
  sambanova: sambanovaProfile,
  nvidia: nvidiaProfile,
  moonshot: moonshotProfile,
  zhipu: zhipuProfile,
  alibaba: alibabaProfile,
  minimax: minimaxProfile,
  huggingface: huggingfaceProfile,
  voyage: voyageProfile,
  jina: jinaProfile,
  cloudflare: cloudflareProfile,
  github: githubProfile,
  ollama: ollamaProfile,
  vllm: vllmProfile,
  lmstudio: lmstudioProfile,
  llamacpp: llamacppProfile,
  "openai-compatible": openaiCompatibleProfile,
} as const satisfies Readonly<Record<string, ProviderProfile>>;

/** Name of a provider type over HTTP. */
export type HttpProviderType = keyof typeof providerProfiles;
