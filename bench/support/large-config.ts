import { digestOf } from "../../src/kernel/hash.ts";

/** How much a generated config declares. */
export interface LargeConfigSize {
  readonly keys: number;
  readonly endpoints: number;
  readonly tenants: number;
}

const SERVICES = 50;
const APPS_PER_TENANT = 5;

/**
 * Text of a `gateway.config.ts` as a large company would have it: every endpoint with schemas of its own, endpoints
 * spread over services, applications that use two services each, some keys with a scope, and limits, so that there
 * are warnings whose places have to be found.
 */
export function largeConfigText(size: LargeConfigSize): string {
  const endpoints = count(size.endpoints);
  const services = count(SERVICES).map((service) => {
    const offers = endpoints
      .filter((endpoint) => endpoint % SERVICES === service)
      .map((endpoint) => `e${endpoint}`);
    return `const s${service} = service({ owner, offers: [${["fast", ...offers].join(", ")}], visibility: "everyone" });`;
  });
  return `import { app, defineGateway, demo, endpoint, key, model, prompt, rate, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
${endpoints.map(endpointText).join("\n")}
const owner = tenant({ members: { "ops@example.com": "owner" } });
${services.join("\n")}
${count(size.tenants)
  .map((tenant) => tenantText(tenant, size))
  .join("\n")}
export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { ${endpoints.map((endpoint) => `e${endpoint}`).join(", ")} },
  services: { ${count(SERVICES)
    .map((service) => `s${service}`)
    .join(", ")} },
  tenants: { owner, ${count(size.tenants)
    .map((tenant) => `t${tenant}`)
    .join(", ")} },
});
`;
}

function endpointText(index: number): string {
  return `const e${index} = endpoint({
  version: "1.0.0", summary: "Endpoint ${index}", model: fast,
  input: z.object({
    text${index}: z.string().min(1).max(${1_000 + index}), language: z.enum(["en", "de"]).default("en"),
    meta: z.object({ id: z.int(), name: z.string().max(${50 + index}) }),
  }),
  output: z.object({ label${index}: z.enum(["good", "bad"]), confidence: z.number().min(0).max(1), tags: z.array(z.string()) }),
  prompt: ({ text${index}, language, meta }) => [prompt.system\`Endpoint ${index}.\`, prompt.user\`\${language}: \${text${index}} \${meta.name}\`],
});`;
}

function tenantText(index: number, { keys, tenants }: LargeConfigSize): string {
  const perApp = keys / tenants / APPS_PER_TENANT;
  const apps = count(APPS_PER_TENANT).map((app) => {
    const first = (index * APPS_PER_TENANT + app) * perApp;
    const uses = [...new Set([index + app, index * 3 + app * 7].map((service) => `s${service % SERVICES}`))];
    return `  app${app}: app({ uses: [${uses.join(", ")}], limits: [rate({ requests: 600, per: "1m" })], keys: {
${count(perApp)
  .map(
    (key) =>
      `    k${key}: key({ digest: "${digestOf(`bench key ${first + key}`)}", expires: "2099-12-31"${key === 0 ? ", scope: { models: [fast] }" : ""} }),`,
  )
  .join("\n")}
  } }),`;
  });
  return `const t${index} = tenant({ displayName: "Tenant ${index}", members: { "dev${index}@example.com": "developer" }, apps: {
${apps.join("\n")}
} });`;
}

function count(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
