import { providerProfiles } from "../catalog/providers/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { createDemoDriver } from "./demo/demo-driver.ts";
import type { Tokenizer } from "./demo/tokenizer.ts";
import { createHttpDriver } from "./http-provider.ts";
import type { ProviderDriver } from "./provider.ts";

/** Every provider type that can be reached, by its name in the artifact. */
export function providerDrivers({
  clock,
  tokenizer,
}: {
  readonly clock: Clock;
  /** For providers that count tokens themselves. */
  readonly tokenizer: Tokenizer;
}): Readonly<Record<string, ProviderDriver>> {
  const http = createHttpDriver({ clock });
  return {
    ...Object.fromEntries(Object.keys(providerProfiles).map((type) => [type, http])),
    demo: createDemoDriver({ tokenizer, clock }),
  };
}
