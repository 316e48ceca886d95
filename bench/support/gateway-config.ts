import { digestOf } from "../../src/kernel/hash.ts";
import { BENCH_MODEL } from "./chat-request.ts";

/** Variable in which the gateway finds the credential of the upstream. */
export const UPSTREAM_KEY_VARIABLE = "LATCHKEY_BENCH_UPSTREAM_KEY";

/**
 * Text of the `gateway.config.ts` of a bench run: one upstream, one model, one service, and one application with
 * all the keys.
 */
export function gatewayConfigText(upstreamPort: number, keys: readonly string[]): string {
  const declared = keys.map((plain, index) => `      k${index}: key({ digest: "${digestOf(plain)}" }),`);
  return `import { app, defineGateway, env, key, model, openaiCompatible, service, tenant } from "latchkey/config";

const upstream = openaiCompatible({
  baseUrl: "http://127.0.0.1:${upstreamPort}/v1",
  apiKey: env("${UPSTREAM_KEY_VARIABLE}"),
  maxConnections: 4096,
});
const ${BENCH_MODEL} = model({ targets: [upstream("upstream-model")] });
const platform = tenant({ displayName: "Platform" });
const texts = service({ owner: platform, offers: [${BENCH_MODEL}], visibility: "everyone" });
const load = tenant({
  displayName: "Load",
  apps: {
    wrk: app({ uses: [texts], keys: {
${declared.join("\n")}
    } }),
  },
});

export default defineGateway({
  providers: { upstream },
  models: { ${BENCH_MODEL} },
  services: { texts },
  tenants: { platform, load },
});
`;
}
