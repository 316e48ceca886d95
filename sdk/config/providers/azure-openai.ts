import type { ModelIdOf } from "../model-id.ts";
import { declareProvider, type HttpProviderOptions, type TargetFactory } from "../provider.ts";
import type { Secret } from "../secret.ts";

/** A key of the resource, or an application of Microsoft Entra ID that may use it. */
type AzureCredential =
  | {
      readonly apiKey: Secret;
      readonly tenantId?: never;
      readonly clientId?: never;
      readonly clientSecret?: never;
    }
  | {
      /** Id or a domain of the tenant. */
      readonly tenantId: Secret;
      /** Id of the application. */
      readonly clientId: Secret;
      /** A secret of the application, from which access tokens are made as they are needed. */
      readonly clientSecret: Secret;
      readonly apiKey?: never;
    };

/** Settings of an Azure OpenAI resource: its name or a base URL of your own, and a credential. */
export type AzureOpenAiOptions = HttpProviderOptions &
  AzureCredential & {
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
 * @example
 * const azure = azureOpenai({ resource: "my-resource", apiKey: env("AZURE_OPENAI_API_KEY") });
 * const entra = azureOpenai({
 *   resource: "my-resource",
 *   tenantId: env("AZURE_TENANT_ID"),
 *   clientId: env("AZURE_CLIENT_ID"),
 *   clientSecret: env("AZURE_CLIENT_SECRET"),
 * });
 */
export function azureOpenai(options: AzureOpenAiOptions): TargetFactory<ModelIdOf<"azure-openai">> {
  return declareProvider("azure-openai", options);
}
