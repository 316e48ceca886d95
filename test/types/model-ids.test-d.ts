import { expectTypeOf } from "bun:test";
import type { ModelId, ModelIds } from "../../src/catalog/model-ids.ts";
import type { OpenAiModelId } from "../../src/catalog/openai-models.ts";
import type { HttpProviderType } from "../../src/catalog/providers/index.ts";

/** Never called: what stands here is checked by the type checker alone. */
export function modelIdTypes(): void {
  expectTypeOf<ModelId<"openai">>().toEqualTypeOf<OpenAiModelId>();
  expectTypeOf<keyof ModelIds>().toExtend<HttpProviderType>();
  expectTypeOf<"gpt-6-luna">().toExtend<ModelId<"openai">>();
  expectTypeOf<"claude-haiku-4-5-20251001">().toExtend<ModelId<"anthropic">>();
  expectTypeOf<"eu.anthropic.claude-sonnet-4-6">().toExtend<ModelId<"bedrock">>();
  expectTypeOf<"@cf/openai/gpt-oss-120b">().toExtend<ModelId<"cloudflare">>();
  // Retired models are not suggested.
  expectTypeOf<"claude-2.1">().not.toExtend<ModelId<"anthropic">>();
  // What a server serves that its owner runs is its own affair.
  expectTypeOf<ModelId<"vllm">>().toBeNever();
  // @ts-expect-error no model of OpenAI
  "claude-haiku-4-5" satisfies ModelId<"openai">;
}
