import { digestOf } from "../../src/kernel/hash.ts";
import { BENCH_MODEL } from "./chat-request.ts";

/** Variable in which the gateway finds the credential of the upstream. */
export const UPSTREAM_KEY_VARIABLE = "LATCHKEY_BENCH_UPSTREAM_KEY";

/** Name of the model whose upstream speaks Anthropic's Messages. */
export const MESSAGES_MODEL = "clever";

/**
 * Text of the `gateway.config.ts` of a bench run: one upstream, one model, one service, and one application with
 * all the keys.
 */
export function gatewayConfigText(upstreamPort: number, keys: readonly string[]): string {
  return configText(
    [{ model: BENCH_MODEL, provider: "upstream", type: "openaiCompatible" }],
    upstreamPort,
    keys,
  );
}

/** The same with a second model, `MESSAGES_MODEL`, of the same upstream. */
export function translationConfigText(upstreamPort: number, keys: readonly string[]): string {
  const models: readonly DeclaredModel[] = [
    { model: BENCH_MODEL, provider: "upstream", type: "openaiCompatible" },
    { model: MESSAGES_MODEL, provider: "messagesUpstream", type: "anthropic" },
  ];
  return configText(models, upstreamPort, keys);
}

interface DeclaredModel {
  readonly model: string;
  readonly provider: string;
  /** Function of the config language that declares the provider. */
  readonly type: string;
}

function configText(
  declared: readonly DeclaredModel[],
  upstreamPort: number,
  keys: readonly string[],
): string {
  const imports = ["app", "defineGateway", "env", "key", "model", "service", "tenant"];
  const models = declared.map(({ model }) => model).join(", ");
  const keyLines = keys.map((plain, index) => `      k${index}: key({ digest: "${digestOf(plain)}" }),`);
  return `import { ${[...imports, ...declared.map(({ type }) => type)].join(", ")} } from "latchkey/config";

${declared.map((one) => declaration(one, upstreamPort)).join("\n")}
const platform = tenant({ displayName: "Platform" });
const texts = service({ owner: platform, offers: [${models}], visibility: "everyone" });
const load = tenant({
  displayName: "Load",
  apps: {
    wrk: app({ uses: [texts], keys: {
${keyLines.join("\n")}
    } }),
  },
});

export default defineGateway({
  providers: { ${declared.map(({ provider }) => provider).join(", ")} },
  models: { ${models} },
  services: { texts },
  tenants: { platform, load },
});
`;
}

function declaration({ model, provider, type }: DeclaredModel, upstreamPort: number): string {
  return `const ${provider} = ${type}({
  baseUrl: "http://127.0.0.1:${upstreamPort}/v1",
  apiKey: env("${UPSTREAM_KEY_VARIABLE}"),
  maxConnections: 4096,
});
const ${model} = model({ targets: [${provider}("upstream-model")] });`;
}
