import type { ProviderProfile } from "../src/catalog/provider-profile.ts";
import { providerProfiles } from "../src/catalog/providers/index.ts";
import { dialectsOf } from "../src/catalog/spoken-dialect.ts";

const profiles: readonly ProviderProfile[] = Object.values(providerProfiles);

/** Credential options by the way in which a provider wants the credential. */
const CREDENTIAL: Readonly<Record<ProviderProfile["auth"]["kind"], (variable: string) => readonly string[]>> =
  {
    bearer: (variable) => [`apiKey: env("${variable}")`],
    header: (variable) => [`apiKey: env("${variable}")`],
    "header-or-entra": (variable) => [`apiKey: env("${variable}")`],
    "optional-bearer": () => [],
    "aws-sigv4": () => [
      'accessKeyId: env("AWS_ACCESS_KEY_ID")',
      'secretAccessKey: env("AWS_SECRET_ACCESS_KEY")',
    ],
    "google-token": () => ['credentials: file("service-account.json")'],
  };

/** The text of `docs/providers.md`. */
export function providerReference(): string {
  return `# Providers

Made from \`src/catalog/providers/\` by \`npm run docs\`; do not edit. A provider is an account at a vendor or a server of
your own; called with a model id it is a target. [Config](config.md) tells how targets become models.

| function | provider | base URL | key variable | dialects | further APIs |
| --- | --- | --- | --- | --- | --- |
${profiles.map(providerRow).join("\n")}
| \`demo\` | built in, see [demo](demo.md) | none | none | openai-chat | embeddings |

The key variable is the one of the vendor's own documentation; any other serves as well. The first dialect is the usual
one; a target takes another with \`{ dialect: "…" }\`, as in \`oai("gpt-5-codex", { dialect: "openai-responses" })\`.
Every provider over HTTP takes \`baseUrl\`, \`headers\`, \`maxConnections\` and \`timeouts\` besides.

## Other addresses

Where the same API is besides; named as \`baseUrl\`, with words in capitals replaced by your own.

| function | what is there | \`baseUrl\` |
| --- | --- | --- |
${profiles.flatMap(addressRows).join("\n")}

## Options

| function | option | |
| --- | --- | --- |
${profiles.flatMap(optionRows).join("\n")}
| \`openaiCompatible\` | \`streamUsage\` | whether the server understands \`stream_options.include_usage\`, default true |
| \`openaiCompatible\` | \`quirks\` | how the server departs from Chat Completions: \`{ limit: "max_tokens", developerRole: false }\` |

\`bedrock\` takes either the keys of an AWS identity, \`accessKeyId\`, \`secretAccessKey\` and perhaps \`sessionToken\`, and
signs each request, or an API key of Bedrock, \`apiKey\`. \`azureOpenai\` takes a key of the resource, \`apiKey\`, or
\`tenantId\`, \`clientId\` and \`clientSecret\` of an application of Microsoft Entra ID, all of them secrets, and makes
access tokens of those as they are needed (Azure's public cloud only). \`vertex\` takes the JSON key of a service account as
\`credentials\` and makes access tokens of it as they are needed, or for trials an access token, \`accessToken\`, which is
read when the gateway starts or reloads. An option that is part of the address holds letters, digits and dashes only.
${byModel()}
## One line each

\`\`\`ts
// file: gateway.config.ts
${exampleConfig()}\`\`\`

## Sources

${profiles.map(({ label, sources }) => `- ${label}: ${sources.map((source) => `<${source}>`).join(", ")}`).join("\n")}
`;
}

function providerRow(profile: ProviderProfile): string {
  const { label, baseUrl, keyVariable, apis = {}, retiredOn } = profile;
  const dialects = dialectsOf(profile).map(({ dialect }) => dialect);
  const further = Object.keys(apis).filter((name) => name !== "responses");
  return `| ${[
    code(functionName(profile)),
    retiredOn === undefined ? label : `${label} (retired by its vendor on ${retiredOn})`,
    baseUrl === null ? "yours" : code(baseUrl),
    keyVariable === null ? "" : code(keyVariable),
    dialects.length === 0 ? "none" : dialects.join(", "),
    further.join(", "),
  ].join(" | ")} |`;
}

function addressRows(profile: ProviderProfile): readonly string[] {
  return (profile.otherAddresses ?? []).map(
    ({ what, baseUrl }) => `| ${code(functionName(profile))} | ${what} | ${code(baseUrl)} |`,
  );
}

function optionRows(profile: ProviderProfile): readonly string[] {
  const name = code(functionName(profile));
  const address = (profile.options ?? []).map(
    ({ name: option, meaning, optional }) =>
      `| ${name} | ${code(option)} | ${meaning}${optional === true ? "; may be left out" : ""} |`,
  );
  const headers = (profile.headerOptions ?? []).map(
    ({ name: option, meaning, header }) =>
      `| ${name} | ${code(option)} | ${meaning}, sent as ${code(header)}; may be left out |`,
  );
  return [...address, ...headers];
}

function byModel(): string {
  const lines = profiles.flatMap((profile) =>
    (profile.chat?.further ?? []).flatMap(({ dialect, models }) =>
      models === undefined
        ? []
        : [
            `- ${code(functionName(profile))}: ids that begin with ${models.map(code).join(", ")} speak ${dialect}`,
          ],
    ),
  );
  return lines.length === 0 ? "" : `\nSome dialects follow from the model:\n\n${lines.join("\n")}\n`;
}

function exampleConfig(): string {
  const names = [...profiles.map(functionName), "defineGateway", "env", "file", "model", "service", "tenant"];
  const chat = profiles.filter((profile) => profile.chat !== null);
  const others = profiles.filter((profile) => profile.chat === null);
  const target = (profile: ProviderProfile): string =>
    `    accounts.${functionName(profile)}(${JSON.stringify(profile.exampleModel)}),`;
  return `import {
${names
  .sort()
  .map((name) => `  ${name},`)
  .join("\n")}
} from "latchkey/config";

const accounts = {
${profiles.map((profile) => `  ${functionName(profile)}: ${exampleCall(profile)},`).join("\n")}
};
const chat = model({
  targets: [
${chat.map(target).join("\n")}
  ],
});
const vectors = model({
  targets: [
${others.map(target).join("\n")}
  ],
});
const team = tenant({});
const all = service({ owner: team, offers: [chat, vectors] });

export default defineGateway({
  providers: accounts,
  models: { chat, vectors },
  services: { all },
  tenants: { team },
});
`;
}

function exampleCall(profile: ProviderProfile): string {
  const { auth, keyVariable, options = [], baseUrl } = profile;
  const address = options.flatMap(({ name, example, optional }) =>
    optional === true ? [] : [`${name}: ${JSON.stringify(example)}`],
  );
  const all = [
    ...(baseUrl === null ? ['baseUrl: "https://models.example/v1"'] : []),
    ...address,
    ...CREDENTIAL[auth.kind](keyVariable ?? ""),
  ];
  return `${functionName(profile)}(${all.length === 0 ? "" : `{ ${all.join(", ")} }`})`;
}

function functionName({ type }: ProviderProfile): string {
  return type.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function code(text: string): string {
  return `\`${text}\``;
}
