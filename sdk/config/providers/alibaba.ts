import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Alibaba Cloud Model Studio, at the shared address of its international region,
 * `https://dashscope-intl.aliyuncs.com/compatible-mode/v1`, unless `baseUrl` says otherwise. Keys belong to
 * a region: a workspace's own address is `https://WORKSPACE.REGION.maas.aliyuncs.com/compatible-mode/v1`.
 * @example
 * const account = alibaba({ apiKey: env("DASHSCOPE_API_KEY") });
 * const chat = model({ targets: [account("qwen3.7-max")] });
 */
export function alibaba(options: ApiKeyOptions): TargetFactory<ModelIdOf<"alibaba">> {
  return declareProvider("alibaba", options);
}
