import type { ProviderDriver, ProviderRequest } from "../provider.ts";
import { createDemoUpstream, type DemoUpstreamOptions } from "./demo-upstream.ts";

/** There is no host and no credential. */
function head({ method = "POST", path }: ProviderRequest): string {
  return `${method} /v1${path} HTTP/1.1\r\nhost: demo\r\ncontent-type: application/json\r\n`;
}

/** The driver of `demo` providers. All of them share the tokenizer, which stays its owner's to close. */
export function createDemoDriver(options: DemoUpstreamOptions): ProviderDriver {
  return {
    open: () => ({
      ok: true,
      connection: { upstream: createDemoUpstream(options), head },
    }),
  };
}
