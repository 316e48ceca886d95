import type { Clock } from "../kernel/clock.ts";
import { createDemoDriver } from "./demo/demo-driver.ts";
import { createTokenizer } from "./demo/tokenizer.ts";
import { openaiDriver } from "./openai.ts";
import { openaiCompatibleDriver } from "./openai-compatible.ts";
import type { ProviderDriver } from "./provider.ts";

/** Every provider type that can be reached, by its name in the artifact. */
export function providerDrivers({
  clock,
}: {
  readonly clock: Clock;
}): Readonly<Record<string, ProviderDriver>> {
  return {
    demo: createDemoDriver({ tokenizer: createTokenizer(), clock }),
    openai: openaiDriver,
    "openai-compatible": openaiCompatibleDriver,
  };
}
