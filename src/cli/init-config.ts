/** Providers that `latchkey init` can write. `demo` is always among them, so that the config works offline. */
export const initProviders = ["openai", "openai-compatible"] as const;

/** One of them. */
export type InitProvider = (typeof initProviders)[number];

/** What a new project is made of. */
export interface InitChoices {
  /** Name of the project: a package name. */
  readonly name: string;
  readonly providers: readonly InitProvider[];
  /** Whether to add an endpoint with typed input and output. */
  readonly endpoint: boolean;
}

/** How a provider is written down. */
interface ProviderText {
  readonly variable: string;
  readonly imports: readonly string[];
  readonly declaration: string;
  readonly target: string;
}

const PROVIDERS: Readonly<Record<InitProvider, ProviderText>> = {
  openai: {
    variable: "oai",
    imports: ["env", "openai"],
    declaration: 'const oai = openai({ apiKey: env("OPENAI_API_KEY") });',
    target: 'oai("gpt-6-luna")',
  },
  "openai-compatible": {
    variable: "box",
    imports: ["env", "openaiCompatible"],
    declaration:
      'const box = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1", apiKey: env("BOX_API_KEY") });',
    target: 'box("my-model", { price: { input: "0 USD", output: "0 USD" } })',
  },
};

const ENDPOINT = `// Endpoints: a prompt with typed input and output, served as POST /api/<name>/v<major>.
const sentiment = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string().min(1).max(5_000), language: z.enum(["en", "de"]).default("en") }),
  output: z.object({
    label: z.enum(["positive", "neutral", "negative"]),
    confidence: z.number().min(0).max(1),
  }),
  prompt: ({ text, language }) => [
    prompt.system\`You rate the sentiment of texts in the language \${trusted(language)}.\`,
    prompt.user\`\${text}\`,
  ],
});
`;

/** The text of a `gateway.config.ts` that compiles and works offline. */
export function configText({ providers, endpoint }: InitChoices): string {
  const chosen = initProviders.filter((provider) => providers.includes(provider)).map((id) => PROVIDERS[id]);
  return [
    importText(chosen, endpoint),
    "// Providers: accounts at model vendors. `demo` is built in and needs none, so this file works as it stands.",
    ...chosen.map(({ declaration }) => declaration),
    "const local = demo();",
    "",
    "// Models: the names that callers use. Targets whose secret is missing are skipped.",
    modelText(chosen),
    "// Says what it is told; needs no account.",
    'const echo = model({ targets: [local("echo")] });',
    "",
    ...(endpoint ? [ENDPOINT] : []),
    accessText(endpoint),
    defineText(chosen, endpoint),
  ].join("\n");
}

function importText(chosen: readonly ProviderText[], endpoint: boolean): string {
  const always = ["app", "defineGateway", "demo", "fallback", "model", "service", "tenant"];
  const names = new Set([
    ...always,
    ...chosen.flatMap(({ imports }) => imports),
    ...(endpoint ? ["endpoint", "prompt", "trusted"] : []),
  ]);
  const lines = [...names].sort().map((name) => `  ${name},`);
  const zod = endpoint ? ['import { z } from "zod";'] : [];
  return ["import {", ...lines, '} from "latchkey/config";', ...zod, ""].join("\n");
}

function modelText(chosen: readonly ProviderText[]): string {
  const targets = [...chosen.map(({ target }) => target), 'local("echo")'];
  return [
    "const fast = model({",
    "  targets: [",
    ...targets.map((target) => `    ${target},`),
    "  ],",
    '  routing: fallback({ firstTokenWithin: "20s" }),',
    "});",
  ].join("\n");
}

function accessText(endpoint: boolean): string {
  return `// Tenants: teams. Services: what they share. Applications use services and hold keys.
const platform = tenant({});
const texts = service({
  owner: platform,
  offers: [${endpoint ? "sentiment, " : ""}fast, echo],
  visibility: "everyone",
});
const demoTeam = tenant({
  apps: { playground: app({ uses: [texts], starterKey: true }) },
});
`;
}

function defineText(chosen: readonly ProviderText[], endpoint: boolean): string {
  const variables = [...chosen.map(({ variable }) => variable), "local"].join(", ");
  return `export default defineGateway({
  providers: { ${variables} },
  models: { fast, echo },
${endpoint ? "  endpoints: { sentiment },\n" : ""}  services: { texts },
  tenants: { platform, demo: demoTeam },
});
`;
}
