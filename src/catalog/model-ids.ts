// Made by `npm run catalog`; do not edit.
import type { OpenAiModelId } from "./model-ids/openai.ts";
import type { AzureOpenaiModelId } from "./model-ids/azure-openai.ts";
import type { AnthropicModelId } from "./model-ids/anthropic.ts";
import type { GoogleModelId } from "./model-ids/google.ts";
import type { VertexModelId } from "./model-ids/vertex.ts";
import type { BedrockModelId } from "./model-ids/bedrock.ts";
import type { MistralModelId } from "./model-ids/mistral.ts";
import type { CohereModelId } from "./model-ids/cohere.ts";
import type { GroqModelId } from "./model-ids/groq.ts";
import type { XaiModelId } from "./model-ids/xai.ts";
import type { DeepseekModelId } from "./model-ids/deepseek.ts";
import type { TogetherModelId } from "./model-ids/together.ts";
import type { FireworksModelId } from "./model-ids/fireworks.ts";
import type { OpenrouterModelId } from "./model-ids/openrouter.ts";
import type { PerplexityModelId } from "./model-ids/perplexity.ts";
import type { CerebrasModelId } from "./model-ids/cerebras.ts";
import type { DeepinfraModelId } from "./model-ids/deepinfra.ts";
import type { NebiusModelId } from "./model-ids/nebius.ts";
import type { SambanovaModelId } from "./model-ids/sambanova.ts";
import type { NvidiaModelId } from "./model-ids/nvidia.ts";
import type { MoonshotModelId } from "./model-ids/moonshot.ts";
import type { ZhipuModelId } from "./model-ids/zhipu.ts";
import type { AlibabaModelId } from "./model-ids/alibaba.ts";
import type { MinimaxModelId } from "./model-ids/minimax.ts";
import type { HuggingfaceModelId } from "./model-ids/huggingface.ts";
import type { VoyageModelId } from "./model-ids/voyage.ts";
import type { JinaModelId } from "./model-ids/jina.ts";
import type { CloudflareModelId } from "./model-ids/cloudflare.ts";

/** Known model ids by provider type, for suggestions in editors. */
export interface ModelIds {
  readonly openai: OpenAiModelId;
  readonly "azure-openai": AzureOpenaiModelId;
  readonly anthropic: AnthropicModelId;
  readonly google: GoogleModelId;
  readonly vertex: VertexModelId;
  readonly bedrock: BedrockModelId;
  readonly mistral: MistralModelId;
  readonly cohere: CohereModelId;
  readonly groq: GroqModelId;
  readonly xai: XaiModelId;
  readonly deepseek: DeepseekModelId;
  readonly together: TogetherModelId;
  readonly fireworks: FireworksModelId;
  readonly openrouter: OpenrouterModelId;
  readonly perplexity: PerplexityModelId;
  readonly cerebras: CerebrasModelId;
  readonly deepinfra: DeepinfraModelId;
  readonly nebius: NebiusModelId;
  readonly sambanova: SambanovaModelId;
  readonly nvidia: NvidiaModelId;
  readonly moonshot: MoonshotModelId;
  readonly zhipu: ZhipuModelId;
  readonly alibaba: AlibabaModelId;
  readonly minimax: MinimaxModelId;
  readonly huggingface: HuggingfaceModelId;
  readonly voyage: VoyageModelId;
  readonly jina: JinaModelId;
  readonly cloudflare: CloudflareModelId;
}

/** Known model ids of a provider type; none where its models are its owner's own. */
export type ModelId<Type extends string> = Type extends keyof ModelIds ? ModelIds[Type] : never;
