import { providerProfiles } from "../catalog/providers/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { createDemoDriver } from "./demo/demo-driver.ts";
import { createTokenizer } from "./demo/tokenizer.ts";
import { createHttpDriver } from "./http-provider.ts";
import type { ProviderDriver } from "./provider.ts";

/** Every provider type that can be reached, by its name in the artifact. */
export function providerDrivers({
  clock,
}: {
  readonly clock: Clock;
}): Readonly<Record<string, ProviderDriver>> {
  const http = createHttpDriver({ clock });
  return {
    ...Object.fromEntries(Object.keys(providerProfiles).map((type) => [type, http])),
    demo: createDemoDriver({ tokenizer: createTokenizer(), clock }),
  };
}
