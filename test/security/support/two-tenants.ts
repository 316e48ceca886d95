import { join } from "node:path";
import { configFolder } from "../../compiler/support/config-folder.ts";
import { afterTest } from "../../support/after-test.ts";
import { type RunningGateway, runGateway } from "../../support/run-gateway.ts";

/** Tenants whose applications and keys have the same names. */
export const tenantNames = ["acme", "bolt"] as const;

/** One of them. */
export type TenantName = (typeof tenantNames)[number];

/** The other one. */
export const otherThan = (tenant: TenantName): TenantName => (tenant === "acme" ? "bolt" : "acme");

/** Two tenants at one gateway, started as a user starts it; each has what is its own and a share in what is common. */
export interface TwoTenants {
  readonly gateway: RunningGateway;
  readonly keyOf: (tenant: TenantName) => string;
  /** Whose key asked, and what for, as the server behind the backends of both was told. */
  readonly asked: string[];
}

/**
 * Starts it, on a config that is compiled; it ends with the test, or with the file's tests.
 * Tenant `acme` has the model `acme-model`, the endpoint `acme-write` and the backend at `/acme-api`, and so has `bolt`.
 */
export async function startTwoTenants(): Promise<TwoTenants> {
  const asked: string[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      const owner = request.headers.get("x-owner") ?? "";
      asked.push(`${owner} ${pathname}`);
      return Response.json({ owner, pathname });
    },
  });
  afterTest(() => server.stop(true));
  const folder = configFolder({ "gateway.config.ts": configOf(`http://127.0.0.1:${server.port}`) });
  const gateway = await runGateway(join(folder, "gateway.config.ts"));
  afterTest(() => gateway.stop());
  return { gateway, asked, keyOf: (tenant) => gateway.keys[`${tenant}.shop`] ?? "" };
}

const configOf = (origin: string): string => `
import { app, backend, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const local = demo();
const common = model({ targets: [local("echo")] });
const team = (owner: string) => {
  const own = model({ targets: [local("echo")], summary: owner + " alone" });
  const write = endpoint({
    version: "1.0.0",
    model: own,
    input: z.object({ text: z.string() }),
    prompt: ({ text }) => [prompt.user\`\${text}\`],
  });
  const api = backend({
    basePath: "/" + owner + "-api",
    upstreams: ["${origin}"],
    requestHeaders: { set: { "x-owner": owner } },
  });
  const members = tenant({ apps: { shop: app({ uses: () => [house, shared], starterKey: true }) } });
  const house = service({ owner: members, offers: [own, write, api] });
  return { own, write, api, members, house };
};
const acme = team("acme");
const bolt = team("bolt");
const shared = service({ owner: acme.members, offers: [common], visibility: "everyone" });
export default defineGateway({
  providers: { local },
  models: { common, "acme-model": acme.own, "bolt-model": bolt.own },
  endpoints: { "acme-write": acme.write, "bolt-write": bolt.write },
  backends: { "acme-api": acme.api, "bolt-api": bolt.api },
  services: { shared, "acme-house": acme.house, "bolt-house": bolt.house },
  tenants: { acme: acme.members, bolt: bolt.members },
});
`;
