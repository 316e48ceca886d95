import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/** Settings of an Azure OpenAI resource: its name, or a base URL of your own. */
export type AzureOpenAiOptions = ApiKeyOptions & {
  /** Sent as the query `api-version` with every call; the v1 API needs none. */
  readonly apiVersion?: string;
} & (
    | { readonly resource: string; readonly baseUrl?: never }
    | { readonly resource?: never; readonly baseUrl: string }
  );

/**
 * Azure OpenAI, at `https://RESOURCE.openai.azure.com/openai/v1` unless `baseUrl` says otherwise. A model id
 * is the name of a deployment. The older API with dated versions has one base URL for each deployment:
 * `https://RESOURCE.openai.azure.com/openai/deployments/NAME`, with `apiVersion: "2024-10-21"`.
 * @example const azure = azureOpenai({ resource: "my-resource", apiKey: env("AZURE_OPENAI_API_KEY") });
 */
export function azureOpenai(options: AzureOpenAiOptions): TargetFactory<ModelIdOf<"azure-openai">> {
  return declareProvider("azure-openai", options);
}
