import { expectTypeOf } from "bun:test";
import { anthropic, env, openai, vllm } from "../../sdk/config/index.ts";
import type { ModelIdOf } from "../../sdk/config/model-id.ts";
import type { ModelIds } from "../../src/catalog/model-ids.ts";
import type { HttpProviderType } from "../../src/catalog/providers/index.ts";

/** Never called: what stands here is checked by the type checker alone. */
export function modelIdTypes(): void {
  expectTypeOf<keyof ModelIds>().toExtend<HttpProviderType>();
  expectTypeOf<"gpt-6-luna">().toExtend<ModelIdOf<"openai">>();
  expectTypeOf<"claude-haiku-4-5-20251001">().toExtend<ModelIdOf<"anthropic">>();
  expectTypeOf<"eu.anthropic.claude-sonnet-4-6">().toExtend<ModelIdOf<"bedrock">>();
  expectTypeOf<"@cf/openai/gpt-oss-120b">().toExtend<ModelIdOf<"cloudflare">>();
  // Retired models are not suggested.
  expectTypeOf<"claude-2.1">().not.toExtend<ModelIdOf<"anthropic">>();
  // @ts-expect-error no model of OpenAI
  "claude-haiku-4-5" satisfies ModelIdOf<"openai">;

  // Suggestions only: any text is a model id.
  openai({ apiKey: env("KEY") })("gpt-next");
  anthropic({ apiKey: env("KEY") })("claude-next", { lacks: ["audio"], contextWindow: 1_000_000 });
  vllm({ baseUrl: "http://127.0.0.1:8000/v1" })("mine");
  // @ts-expect-error nothing that a model may lack
  openai({ apiKey: env("KEY") })("gpt-next", { lacks: ["sight"] });
}
