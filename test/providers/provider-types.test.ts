import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { AwsV4Signer } from "aws4fetch";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { compile } from "../../src/compiler/compile.ts";
import type { SecretRef } from "../../src/kernel/secret.ts";
import { createTokenizer } from "../../src/providers/demo/tokenizer.ts";
import type { ProviderConnection, ProviderOpening } from "../../src/providers/provider.ts";
import { providerDrivers } from "../../src/providers/registry.ts";
import { configFolder } from "../compiler/support/config-folder.ts";
import { type Documented, documented, row } from "./support/documented-providers.ts";

// A compilation takes a tenth of a second, but the machine may have other things to do.
setDefaultTimeout(60_000);

const signed =
  'bedrock({ region: "eu-central-1", accessKeyId: env("ID"), secretAccessKey: env("KEY"), sessionToken: env("TOKEN") })';

function configOf(): string {
  const rows = [
    ...Object.entries(documented),
    ["signed", row(signed, '"x"', "")] as const,
    ["local", row("demo()", '"echo"', "")] as const,
  ];
  const functions = new Set(rows.map(([, { provider }]) => provider.slice(0, provider.indexOf("("))));
  return `import { defineGateway, env, model, service, tenant, ${[...functions].join(", ")} } from "latchkey/config";
${rows.map(([name, { provider }]) => `const ${name}Account = ${provider};`).join("\n")}
const all = model({ targets: [${rows.map(([name, { model }]) => `${name}Account(${model})`).join(", ")}] });
const team = tenant({});
const models = service({ owner: team, offers: [all] });
export default defineGateway({
  providers: { ${rows.map(([name]) => `${name}: ${name}Account`).join(", ")} },
  models: { all },
  services: { models },
  tenants: { team },
});
`;
}

const nowMs = 1_700_000_000_000;
const drivers = providerDrivers({
  clock: { now: () => nowMs, monotonic: () => nowMs },
  tokenizer: createTokenizer(),
});
const resolveSecret = (ref: SecretRef): string => `secret-of-${ref.name}`;
const opened: ProviderConnection[] = [];
let artifact: Artifact;

beforeAll(async () => {
  const folder = configFolder({ "gateway.config.ts": configOf() });
  const compiled = await compile({ configFile: join(folder, "gateway.config.ts") });
  expect(compiled.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (compiled.artifact === null) throw new Error("the config does not compile");
  artifact = compiled.artifact;
});
afterAll(() => {
  for (const { upstream } of opened) upstream.close();
});

function providerOf(name: string): Artifact["providers"][number] {
  const found = artifact.providers.find((provider) => provider.name === name);
  if (found === undefined) throw new Error(`there is no provider ${name}`);
  return found;
}

function targetOf(name: string): Artifact["targets"][number] {
  const id = artifact.providers.findIndex((provider) => provider.name === name);
  const found = artifact.targets.find(({ provider }) => provider === id);
  if (found === undefined) throw new Error(`there is no target at ${name}`);
  return found;
}

function tryOpen(name: string, resolve = resolveSecret as (ref: SecretRef) => string | undefined) {
  const provider = providerOf(name);
  return drivers[provider.type]?.open(provider, { resolveSecret: resolve }) as ProviderOpening;
}

function open(name: string): ProviderConnection {
  const opening = tryOpen(name);
  if (!opening.ok) throw new Error(`${name} lacks secrets`);
  opened.push(opening.connection);
  return opening.connection;
}

interface ReadHead {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

function readHead(head: string): ReadHead {
  const [line = "", ...lines] = head.trimEnd().split("\r\n");
  const [method = "", path = ""] = line.split(" ");
  const headers = lines.map((text): [string, string] => {
    const at = text.indexOf(":");
    return [text.slice(0, at), text.slice(at + 1).trim()];
  });
  return { method, path, headers: Object.fromEntries(headers) };
}

describe("a request to", () => {
  test.each(Object.keys(documented))("%s is what the vendor documents", (name) => {
    const { dialect, path, url, headers } = documented[name] as Documented;
    const target = targetOf(name);
    expect(target.dialect as string | null).toBe(dialect);
    const { head, authorize } = open(name);
    const read = readHead(head({ path: `${target.basePath}${path}` }));
    const wanted = new URL(url);
    expect(authorize).toBeUndefined();
    expect({ method: read.method, path: read.path, host: read.headers["host"] }).toEqual({
      method: "POST",
      path: `${wanted.pathname}${wanted.search}`,
      host: wanted.host,
    });
    expect(read.headers).toEqual({
      host: wanted.host,
      "content-type": "application/json",
      "accept-encoding": "identity",
      accept: "application/json, text/event-stream",
      "user-agent": "latchkey",
      ...headers,
    });
  });

  test("Bedrock with the keys of an AWS identity is signed with its body", async () => {
    const { head, authorize } = open("signed");
    const path = "/model/amazon.nova-lite-v1%3A0/converse";
    const bare = head({ path });
    expect(Object.keys(readHead(bare).headers)).not.toContain("authorization");
    const body = new TextEncoder().encode('{"messages":[]}');
    const { headers } = readHead((await authorize?.(bare, body)) ?? "");
    const reference = new AwsV4Signer({
      accessKeyId: "secret-of-ID",
      secretAccessKey: "secret-of-KEY",
      sessionToken: "secret-of-TOKEN",
      method: "POST",
      url: `https://bedrock-runtime.eu-central-1.amazonaws.com${path}`,
      region: "eu-central-1",
      service: "bedrock",
      datetime: "20231114T221320Z",
      headers: { "x-amz-content-sha256": Bun.SHA256.hash(body, "hex") },
      body,
    });
    expect(headers["authorization"] ?? "").toBe((await reference.sign()).headers.get("authorization") ?? "-");
    expect(headers).toMatchObject({
      host: "bedrock-runtime.eu-central-1.amazonaws.com",
      "content-type": "application/json",
      "x-amz-date": "20231114T221320Z",
      "x-amz-security-token": "secret-of-TOKEN",
    });
  });

  test("the built-in provider needs neither a host nor a credential", () => {
    expect(readHead(open("local").head({ path: "/chat/completions" }))).toEqual({
      method: "POST",
      path: "/v1/chat/completions",
      headers: { host: "demo", "content-type": "application/json" },
    });
  });
});

describe("what is missing", () => {
  test("is every secret of a provider that is not there, by reference", () => {
    const opening = tryOpen("signed", ({ name }) => (name === "ID" ? "AKID" : undefined));
    expect(opening.ok ? [] : opening.missing.map(({ name }) => name)).toEqual(["KEY", "TOKEN"]);
  });

  test("is named for every type that wants a credential", () => {
    for (const { name, auth } of artifact.providers) {
      const opening = tryOpen(name, () => undefined);
      expect({ name, ok: opening.ok }).toEqual({ name, ok: auth.kind === "none" });
      if (opening.ok) opened.push(opening.connection);
    }
  });
});

test("every type of provider has a driver and a row here", () => {
  const used = new Set(artifact.providers.map(({ type }) => type));
  expect([...used].sort()).toEqual(Object.keys(drivers).sort());
});
