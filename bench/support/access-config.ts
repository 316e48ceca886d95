import type { AccessSize } from "./access-world.ts";
import { SERVICES_OWNER } from "./access-world.ts";
import { BENCH_MODEL } from "./chat-request.ts";
import { UPSTREAM_KEY_VARIABLE } from "./gateway-config.ts";

/**
 * Text of the `gateway.config.ts` of an `AccessSize`: services that offer the model of the load and one of their own,
 * and applications that reach nothing before they are subscribed to something.
 */
export function accessConfigText(
  { services, tenants, appsPerTenant }: AccessSize,
  upstreamPort: number,
): string {
  return `import { app, defineGateway, env, model, openaiCompatible, service, tenant } from "latchkey/config";

const named = <T>(count: number, prefix: string, make: (at: number) => T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [prefix + at, make(at)]));

const upstream = openaiCompatible({
  baseUrl: "http://127.0.0.1:${upstreamPort}/v1",
  apiKey: env("${UPSTREAM_KEY_VARIABLE}"),
  maxConnections: 4096,
});
const ${BENCH_MODEL} = model({ targets: [upstream("upstream-model")] });
const models = named(${services}, "m", () => model({ targets: [upstream("upstream-model")] }));
const ${SERVICES_OWNER} = tenant({ displayName: "Platform" });
const services = named(${services}, "s", (at) =>
  service({ owner: ${SERVICES_OWNER}, offers: [${BENCH_MODEL}, models["m" + at]!], visibility: "everyone" }),
);
const tenants = named(${tenants}, "t", () => tenant({ apps: named(${appsPerTenant}, "a", () => app({ uses: [] })) }));

export default defineGateway({
  providers: { upstream },
  models: { ${BENCH_MODEL}, ...models },
  services,
  tenants: { ${SERVICES_OWNER}, ...tenants },
});
`;
}
