import type {
  Artifact,
  ArtifactPrice,
  ArtifactProvider,
  ArtifactTarget,
} from "../../src/artifact/artifact.ts";
import { encodeIdSet } from "../../src/artifact/grant.ts";
import { artifactSchema } from "../../src/artifact/schema/artifact.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { nowhere, plainKey, plainService, plainTenant, quietSettings } from "./artifact-defaults.ts";
import { targetPrice, unknownModel } from "./target-price.ts";

/** What a test may say about its artifact; the rest is filled in. */
export interface ArtifactFixture {
  /** Upstreams in the order in which they are tried. */
  readonly baseUrls: readonly string[];
  readonly key: string;
  readonly timeouts?: Partial<ArtifactProvider["timeouts"]>;
  readonly settings?: Partial<Artifact["settings"]>;
  readonly streamUsage?: boolean;
  readonly maxConnections?: number;
  /** Of all targets; null: unknown. */
  readonly price?: ArtifactPrice | null;
  readonly apis?: ArtifactProvider["apis"];
  /** Further APIs of each upstream, where they differ. */
  readonly apisOf?: readonly ArtifactProvider["apis"][];
  /** Dialects of the upstreams, default `openai-chat`, and their departures from them. */
  readonly dialects?: readonly ArtifactTarget["dialect"][];
  readonly quirks?: readonly ArtifactTarget["quirks"][];
  /** Vendors' ids of the models, default `upstream-0` and so on. */
  readonly upstreamModels?: readonly string[];
  /** When the model of the first target came out; unknown where absent. */
  readonly releasedOn?: string;
  /** Of all providers: how they want their credential, default `Authorization: Bearer`, and further headers. */
  readonly auth?: ArtifactProvider["auth"];
  readonly headers?: ArtifactProvider["headers"];
  /** HTTP services that `texts` offers beside its model. */
  readonly backends?: Artifact["backends"];
}

function dialectOf({ dialects }: ArtifactFixture, id: number): ArtifactTarget["dialect"] {
  const dialect = dialects?.[id];
  return dialect === undefined ? "openai-chat" : dialect;
}

const noPolicy = { limits: [], budget: null };
const price = targetPrice({ input: 150_000_000, output: 600_000_000, cacheRead: 75_000_000 });

/** The secret that upstreams have to see. */
export const upstreamKey = { kind: "secret", source: "env", name: "UPSTREAM_KEY" } as const;

/**
 * An artifact with a model `fast` on the given upstreams, a model `private` that nobody may use, one tenant
 * `acme` with the application `shop` and one key. Endpoints are tested through the compiler.
 */
export function artifactFixture(fixture: ArtifactFixture): Artifact {
  const timeouts = {
    connectMs: 2_000,
    firstTokenMs: 5_000,
    idleMs: 5_000,
    totalMs: 20_000,
    ...fixture.timeouts,
  };
  const model = (name: string): Artifact["models"][number] => ({
    name,
    summary: null,
    ...(fixture.releasedOn !== undefined && { releasedOn: fixture.releasedOn }),
    targets: fixture.baseUrls.map((_, id) => id),
    routing: { strategy: "fallback", attempts: fixture.baseUrls.length, firstTokenMs: null },
    ...noPolicy,
  });
  return artifactSchema.parse({
    format: 3,
    settings: {
      maxRequestBytes: 1_000_000,
      maxResponseBytes: 200_000_000,
      requestTimeoutMs: 5_000,
      ...quietSettings,
      ...fixture.settings,
    },
    providers: fixture.baseUrls.map((baseUrl, id) => ({
      name: `box${id}`,
      type: "openai-compatible",
      baseUrl,
      query: null,
      apis: fixture.apisOf?.[id] ?? fixture.apis ?? {},
      auth: fixture.auth ?? { kind: "bearer", token: upstreamKey },
      headers: fixture.headers ?? [["x-fixed", "yes"]],
      maxConnections: fixture.maxConnections ?? 64,
      streamUsage: fixture.streamUsage ?? true,
      timeouts,
      ...nowhere,
    })),
    targets: fixture.baseUrls.map((_, id) => ({
      provider: id,
      upstreamModel: fixture.upstreamModels?.[id] ?? `upstream-${id}`,
      dialect: dialectOf(fixture, id),
      basePath: "",
      quirks: fixture.quirks?.[id] ?? {},
      alsoSpeaks: [],
      price: fixture.price === undefined ? price : fixture.price,
      ...unknownModel,
    })),
    models: [model("fast"), model("private")],
    endpoints: [],
    routes: [],
    backends: fixture.backends ?? [],
    services: [
      {
        name: "texts",
        owner: 0,
        summary: null,
        docs: null,
        models: [0],
        endpoints: [],
        ...plainService,
        backends: (fixture.backends ?? []).map((_, id) => id),
        visibleTo: null,
        approval: { mode: "none" },
        plan: null,
        ...noPolicy,
      },
    ],
    tenants: [{ name: "acme", displayName: null, members: [], ...plainTenant, ...noPolicy }],
    apps: [{ tenant: 0, name: "shop", summary: null, uses: [0], grant: 0, starterKey: false, ...noPolicy }],
    keys: [
      {
        app: 0,
        name: "production",
        digest: digestOf(fixture.key),
        expiresAtMs: null,
        grant: 0,
        ...plainKey,
        networks: null,
        ...noPolicy,
      },
    ],
    grants: [
      { models: encodeIdSet([0]), endpoints: "", backends: encodeIdSet((fixture.backends ?? []).keys()) },
    ],
    functions: null,
  });
}
