/**
 * The config language: declarations that a `gateway.config.ts` is made of.
 * @module
 */
export { type App, type AppOptions, app } from "./app.ts";
export { type Approval, type ApprovalCondition, type ApprovalTerms, approval } from "./approval.ts";
export { type Budget, type BudgetOptions, type BudgetPeriod, budget } from "./budget.ts";
export type { Declaration } from "./declaration.ts";
export {
  defineGateway,
  type EndpointEntry,
  type Gateway,
  type GatewayOptions,
  type GatewayTimeoutOptions,
  type HttpOptions,
} from "./define-gateway.ts";
export {
  type Endpoint,
  type EndpointOptions,
  type EndpointStatus,
  endpoint,
  type Version,
} from "./endpoint.ts";
export type { EndpointInput, EndpointOutput, GatewayEndpoints, GatewayModelName } from "./infer.ts";
export { type DateText, type Key, type KeyOptions, type KeyScope, key } from "./key.ts";
export { type Limit, type RateOptions, rate } from "./limit.ts";
export { type Model, type ModelOptions, model } from "./model.ts";
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
export type { HttpProviderOptions, Provider, TargetFactory } from "./provider.ts";
export { demo } from "./providers/demo.ts";
export { type OpenAiOptions, openai } from "./providers/openai.ts";
export { type OpenAiCompatibleOptions, openaiCompatible } from "./providers/openai-compatible.ts";
export type { Role } from "./role.ts";
export { type Fallback, type FallbackOptions, fallback, type Routing } from "./routing.ts";
export { env, file, type Secret } from "./secret.ts";
export { type Service, type ServiceOptions, service, type Visibility } from "./service.ts";
export type { Slot, Slots } from "./slot.ts";
export type { Target, TargetOptions } from "./target.ts";
export { type Tenant, type TenantOptions, tenant } from "./tenant.ts";
export type { UpstreamTimeoutOptions } from "./timeouts.ts";
