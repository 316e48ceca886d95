/**
 * The config language: declarations that a `gateway.config.ts` is made of.
 * @module
 */
export { type App, type AppOptions, app } from "./app.ts";
export { type Approval, type ApprovalCondition, type ApprovalTerms, approval } from "./approval.ts";
export {
  type Backend,
  type BackendAuth,
  type BackendOptions,
  type BackendRoute,
  type BackendUpstream,
  backend,
  type HeaderChanges,
  type HealthCheck,
} from "./backend.ts";
export { type Budget, type BudgetOptions, type BudgetPeriod, budget } from "./budget.ts";
export type { Declaration } from "./declaration.ts";
export {
  type BackendEntry,
  defineGateway,
  type EndpointEntry,
  type Gateway,
  type GatewayOptions,
  type GatewayTimeoutOptions,
  type HttpOptions,
} from "./define-gateway.ts";
export type { Deprecation } from "./deprecation.ts";
export {
  type Endpoint,
  type EndpointOptions,
  type EndpointStatus,
  endpoint,
  type Version,
} from "./endpoint.ts";
export type {
  AppView,
  BackendView,
  EndpointView,
  GatewayView,
  KeyView,
  ModelView,
  ProviderView,
  ReachView,
  ServiceView,
  TargetView,
  TenantView,
} from "./gateway-view.ts";
export type { HttpMethod } from "./http-method.ts";
export type { EndpointInput, EndpointOutput, GatewayEndpoints, GatewayModelName } from "./infer.ts";
export { type Invariant, type InvariantCheck, invariant } from "./invariant.ts";
export { type DateText, type Key, type KeyOptions, type KeyScope, key } from "./key.ts";
export type { KeyPolicyOptions } from "./key-policy.ts";
export { type Limit, type RateOptions, rate } from "./limit.ts";
export { type Model, type ModelOptions, model } from "./model.ts";
export { type Oidc, type OidcOptions, oidc } from "./oidc.ts";
export { type Plan, type PlanOptions, plan } from "./plan.ts";
export type { TargetPrice } from "./price.ts";
export {
  type Fragment,
  fragment,
  json,
  list,
  optional,
  type PromptMessage,
  prompt,
  type Trusted,
  trusted,
} from "./prompt.ts";
export type {
  ApiKeyOptions,
  HttpProviderOptions,
  LocalServerOptions,
  Provider,
  ProviderPlace,
  TargetFactory,
} from "./provider.ts";
export { alibaba } from "./providers/alibaba.ts";
export { anthropic } from "./providers/anthropic.ts";
export { type AzureOpenAiOptions, azureOpenai } from "./providers/azure-openai.ts";
export { type AwsKeyOptions, type BedrockOptions, bedrock } from "./providers/bedrock.ts";
export { cerebras } from "./providers/cerebras.ts";
export { type CloudflareOptions, cloudflare } from "./providers/cloudflare.ts";
export { cohere } from "./providers/cohere.ts";
export { deepinfra } from "./providers/deepinfra.ts";
export { deepseek } from "./providers/deepseek.ts";
export { demo } from "./providers/demo.ts";
export { fireworks } from "./providers/fireworks.ts";
export { github } from "./providers/github.ts";
export { google } from "./providers/google.ts";
export { groq } from "./providers/groq.ts";
export { huggingface } from "./providers/huggingface.ts";
export { jina } from "./providers/jina.ts";
export { llamacpp } from "./providers/llamacpp.ts";
export { lmstudio } from "./providers/lmstudio.ts";
export { minimax } from "./providers/minimax.ts";
export { mistral } from "./providers/mistral.ts";
export { moonshot } from "./providers/moonshot.ts";
export { nebius } from "./providers/nebius.ts";
export { nvidia } from "./providers/nvidia.ts";
export { ollama } from "./providers/ollama.ts";
export { type OpenAiOptions, openai } from "./providers/openai.ts";
export {
  type OpenAiCompatibleOptions,
  openaiCompatible,
  type ServerQuirks,
} from "./providers/openai-compatible.ts";
export { type OpenRouterOptions, openrouter } from "./providers/openrouter.ts";
export { perplexity } from "./providers/perplexity.ts";
export { sambanova } from "./providers/sambanova.ts";
export { together } from "./providers/together.ts";
export { type VertexOptions, vertex } from "./providers/vertex.ts";
export { vllm } from "./providers/vllm.ts";
export { voyage } from "./providers/voyage.ts";
export { xai } from "./providers/xai.ts";
export { zhipu } from "./providers/zhipu.ts";
export type { Role } from "./role.ts";
export { type Fallback, type FallbackOptions, fallback, type Routing } from "./routing.ts";
export { env, file, type Secret } from "./secret.ts";
export { type Service, type ServiceOptions, service, type Visibility } from "./service.ts";
export type { SignInOptions } from "./sign-in.ts";
export type { Slot, Slots } from "./slot.ts";
export { type Smtp, type SmtpOptions, smtp } from "./smtp.ts";
export type { Target, TargetDialect, TargetOptions } from "./target.ts";
export { type Tenant, type TenantOptions, tenant } from "./tenant.ts";
export type { UpstreamTimeoutOptions } from "./timeouts.ts";
export { type Webhook, type WebhookOptions, webhook } from "./webhook.ts";
