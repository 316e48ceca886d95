import type { Artifact } from "../../../../src/artifact/artifact.ts";
import { encodeIdSet } from "../../../../src/artifact/grant.ts";
import { artifactSchema } from "../../../../src/artifact/schema/artifact.ts";
import {
  noSuccession,
  nowhere,
  plainKey,
  plainService,
  plainTenant,
  quietSettings,
} from "../../../support/artifact-defaults.ts";
import { targetPrice, unknownModel } from "../../../support/target-price.ts";

/** A digest that is told from others by one digit. */
export const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

/** Two tenants, one service, three models and two endpoints; small enough to know by heart. */
export function sampleArtifact(): Artifact {
  return artifactSchema.parse({
    format: 3,
    settings: {
      maxRequestBytes: 10_000,
      maxResponseBytes: 100_000,
      requestTimeoutMs: 30_000,
      ...quietSettings,
    },
    providers: [
      provider("oai", {
        type: "openai",
        baseUrl: "https://api.openai.com/v1",
        auth: { kind: "bearer", token: secret("OPENAI_API_KEY") },
      }),
      provider("local", { type: "demo", baseUrl: null }),
    ],
    targets: [
      {
        provider: 0,
        upstreamModel: "gpt-4o-mini",
        ...spoken,
        price: price(150_000_000, 600_000_000),
        ...unknownModel,
      },
      { provider: 1, upstreamModel: "echo", ...spoken, price: null, ...unknownModel },
    ],
    models: [model("fast", [0, 1]), model("echo", [1]), model("smart", [0])],
    endpoints: [endpoint("sentiment", "1.0.0", 0), endpoint("summary", "2.1.0", 0)],
    routes: [
      { method: "POST", path: "/api/sentiment/v1", endpoint: 0 },
      { method: "POST", path: "/api/sentiment/current", endpoint: 0 },
      { method: "POST", path: "/api/summary/v2", endpoint: 1 },
    ],
    backends: [],
    services: [
      {
        name: "texts",
        owner: 0,
        summary: null,
        docs: null,
        models: [0, 1],
        endpoints: [0],
        ...plainService,
        visibleTo: [0, 1],
        approval: { mode: "by", roles: ["owner"], withinMs: 259_200_000, quorum: 1 },
        plan: null,
        limits: [],
        budget: null,
      },
    ],
    tenants: [
      tenant("platform", [["ops@example.com", "owner"]]),
      tenant("shop", [["dev@shop.example", "developer"]]),
    ],
    apps: [app(1, "checkout", [0]), app(1, "search", [0])],
    keys: [key(0, "production", "a"), key(0, "staging", "b"), key(1, "production", "c")],
    grants: [grant([0, 1], [0])],
    functions: { digest: digest("f") },
  });
}

/** A changed copy. */
export function changed(change: (artifact: Artifact) => void, artifact = sampleArtifact()): Artifact {
  const copy = structuredClone(artifact);
  change(copy);
  return artifactSchema.parse(copy);
}

/** A grant over these model and endpoint ids. */
export function grant(
  models: readonly number[],
  endpoints: readonly number[],
  backends: readonly number[] = [],
): Artifact["grants"][number] {
  return { models: encodeIdSet(models), endpoints: encodeIdSet(endpoints), backends: encodeIdSet(backends) };
}

export function key(app: number, name: string, digit: string): Artifact["keys"][number] {
  return {
    app,
    name,
    digest: digest(digit),
    expiresAtMs: null,
    grant: 0,
    ...plainKey,
    networks: null,
    limits: [],
    budget: null,
  };
}

export function app(tenant: number, name: string, uses: number[]): Artifact["apps"][number] {
  return { tenant, name, summary: null, uses, grant: 0, starterKey: false, limits: [], budget: null };
}

export function tenant(
  name: string,
  members: Artifact["tenants"][number]["members"],
): Artifact["tenants"][number] {
  return { name, displayName: null, members, ...plainTenant, limits: [], budget: null };
}

const spoken = { dialect: "openai-chat" as const, basePath: "", quirks: {}, alsoSpeaks: [] };

export function model(name: string, targets: number[]): Artifact["models"][number] {
  const routing = { strategy: "fallback" as const, attempts: targets.length, firstTokenMs: null };
  return { name, summary: null, targets, routing, limits: [], budget: null };
}

export function endpoint(name: string, version: string, model: number): Artifact["endpoints"][number] {
  return {
    name,
    version,
    major: Number(version.split(".")[0]),
    status: "published",
    ...noSuccession,
    summary: null,
    model,
    prompt: [
      { role: "system", parts: ["You rate texts."] },
      { role: "user", parts: [{ kind: "value", variable: 0, path: ["text"] }] },
    ],
    input: { type: "object", properties: { text: { type: "string", maxLength: 5_000 } }, required: ["text"] },
    output: {
      type: "object",
      properties: { label: { type: "string", enum: ["good", "bad"] } },
      required: ["label"],
      additionalProperties: false,
    },
    checkInput: `${name}.input`,
    checkOutput: `${name}.output`,
    maxOutputTokens: null,
    temperature: null,
  };
}

export function provider(
  name: string,
  settings: Partial<Artifact["providers"][number]>,
): Artifact["providers"][number] {
  return {
    name,
    type: "openai-compatible",
    baseUrl: "http://127.0.0.1:9/v1",
    query: null,
    apis: {},
    auth: { kind: "none" },
    headers: [],
    maxConnections: 256,
    streamUsage: true,
    timeouts: { connectMs: 5_000, firstTokenMs: 60_000, idleMs: 30_000, totalMs: 600_000 },
    ...nowhere,
    ...settings,
  };
}

export function secret(name: string): { kind: "secret"; source: "env"; name: string } {
  return { kind: "secret", source: "env", name };
}

export function price(input: number, output: number): NonNullable<Artifact["targets"][number]["price"]> {
  return targetPrice({ input, output });
}
