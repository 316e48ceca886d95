import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempFolder } from "../../support/temp-folder.ts";

/** What a test's config says. */
export interface ConfigOptions {
  /** Names of the models; all answer by `demo`. */
  readonly models?: readonly string[];
  /** Whether the application has a starter key, default true. */
  readonly starterKey?: boolean;
  /** Digest of a declared key. */
  readonly digest?: string;
  /** Last day of the declared key. */
  readonly expires?: string;
  /** Whether a provider is declared whose secret `CLI_TEST_KEY` is not set. */
  readonly lacking?: boolean;
}

/** The text of a small config that compiles without a warning. */
export function configText(options: ConfigOptions = {}): string {
  const { models = ["echo"], starterKey = true, digest, expires, lacking = false } = options;
  const until = expires === undefined ? "" : `, expires: "${expires}"`;
  const keys = digest === undefined ? "" : `, keys: { main: key({ digest: "${digest}"${until} }) }`;
  const price = '{ price: { input: "1 USD", output: "2 USD" } }';
  const targets = `${lacking ? `oai("gpt-6-luna", ${price}), ` : ""}local("echo")`;
  return `import { app, defineGateway, demo, env, key, model, openai, service, tenant } from "latchkey/config";
void key; void env; void openai;
const local = demo();
${lacking ? 'const oai = openai({ apiKey: env("CLI_TEST_KEY") });' : ""}
${models.map((name) => `const ${name} = model({ targets: [${targets}] });`).join("\n")}
const team = tenant({});
const texts = service({ owner: team, offers: [${models.join(", ")}], visibility: "everyone" });
const shop = tenant({
  apps: { checkout: app({ uses: [texts]${starterKey ? ", starterKey: true" : ""}${keys} }) },
});
export default defineGateway({
  providers: { local${lacking ? ", oai" : ""} },
  models: { ${models.join(", ")} },
  services: { texts },
  tenants: { team, shop },
});
`;
}

/** A config with an endpoint and no model to call, whose input is looked at by code. */
export function endpointConfig(code = ""): string {
  return `import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const local = demo();
const echo = model({ targets: [local("echo")] });
const repeat = endpoint({
  version: "1.0.0",
  model: echo,
  input: z.object({ text: z.string().refine((text) => { ${code} return true; }) }),
  prompt: ({ text }) => [prompt.user\`\${text}\`],
});
const team = tenant({ members: { "dev@example.com": "owner" }, apps: {} });
const texts = service({ owner: team, offers: [repeat], visibility: "everyone" });
const shop = tenant({
  members: { "shop@example.com": "owner" },
  apps: { checkout: app({ uses: [texts], starterKey: true }) },
});
export default defineGateway({
  providers: { local },
  models: { echo },
  endpoints: { repeat },
  services: { texts },
  tenants: { team, shop },
});
`;
}

/** A config that a person mistyped. */
export const brokenConfig = configText().replace("uses: [texts]", "uses: [text]");

/** A folder with a config, removed after the test. */
export function project(text: string = configText()): string {
  const folder = tempFolder();
  writeConfig(folder, text);
  return folder;
}

/** Saves a config. */
export function writeConfig(folder: string, text: string): void {
  writeFileSync(join(folder, "gateway.config.ts"), text);
}
