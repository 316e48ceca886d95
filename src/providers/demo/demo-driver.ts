import type { ProviderDriver } from "../provider.ts";
import { createDemoUpstream, type DemoUpstreamOptions } from "./demo-upstream.ts";

/** Head of every call: there is no host and no credential. */
const CHAT_HEAD = "POST /v1/chat/completions HTTP/1.1\r\nhost: demo\r\ncontent-type: application/json\r\n";

/** The driver of `demo` providers. All of them share the tokenizer, which stays its owner's to close. */
export function createDemoDriver(options: DemoUpstreamOptions): ProviderDriver {
  return {
    open: () => ({
      ok: true,
      connection: { upstream: createDemoUpstream(options), chatHead: CHAT_HEAD },
    }),
  };
}
