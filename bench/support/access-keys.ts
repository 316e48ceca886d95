import { generateApiKey } from "../../src/kernel/api-key.ts";

/** The keys that all contestants know in one run. */
export interface AccessKeys {
  /** Used by the load. */
  readonly used: string;
  /** All keys, the used one included, so that a look-up is one in a table. */
  readonly all: readonly string[];
}

const KEY_COUNT = 100;

/** Makes the keys of one run. */
export function makeAccessKeys(): AccessKeys {
  const used = generateApiKey("bench");
  const others = Array.from({ length: KEY_COUNT - 1 }, () => generateApiKey("bench"));
  return { used, all: [used, ...others] };
}
