import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * GitHub Models, at `https://models.github.ai/inference` unless `baseUrl` says otherwise: calls that an
 * organization is to be charged for go to `https://models.github.ai/orgs/NAME/inference`. The token needs
 * the scope `models: read`.
 * @deprecated GitHub has retired GitHub Models on 2026-07-30.
 * @example
 * const account = github({ apiKey: env("GITHUB_TOKEN") });
 * const chat = model({ targets: [account("openai/gpt-4.1")] });
 */
export function github(options: ApiKeyOptions): TargetFactory<ModelIdOf<"github">> {
  return declareProvider("github", options);
}
