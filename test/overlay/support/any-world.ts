import fc from "fast-check";
import type { Artifact } from "../../../src/artifact/artifact.ts";
import { generateApiKey, parseApiKey } from "../../../src/kernel/api-key.ts";
import { digestOf } from "../../../src/kernel/hash.ts";
import type { NewRecord } from "../../../src/stores/record-store.ts";
import type { KeyScopeBody } from "../../../src/stores/records/key-record.ts";
import type { SubscriptionTerms } from "../../../src/stores/records/subscription-record.ts";
import { newKey, newSubscription } from "../../stores/conformance/samples.ts";
import { plainBackend } from "../../support/artifact-defaults.ts";
import { artifactFixture } from "../../support/artifact-fixture.ts";

/** Plain keys, made once: their texts do not matter, and making them is slow. */
const texts = Array.from({ length: 8 }, () => generateApiKey("live"));

/** Names that both tenants give to their applications. */
const appNames = ["shop", "site"] as const;
const tenants = ["acme", "bolt"] as const;
const models = ["m0", "m1", "m2"] as const;
const backends = ["b0", "b1", "b2"] as const;
const services = ["s0", "s1", "s2", "s3"] as const;
const environments = ["live", "test"] as const;

const subset = <T>(items: readonly T[]) => fc.subarray([...items]);
const listOrNull = <T>(items: readonly T[]) => fc.option(subset(items), { nil: null, freq: 2 });

const anyService = fc.record({
  owner: fc.nat(1),
  models: subset([0, 1, 2]),
  backends: subset([0, 1, 2]),
  visibleTo: listOrNull([0, 1]),
});

const anyScope: fc.Arbitrary<KeyScopeBody> = fc.record({
  services: listOrNull([...services, "gone"]),
  models: listOrNull([...models, "gone"]),
  endpoints: fc.constant(null),
  backends: listOrNull([...backends, "b0@1.0.0", "gone"]),
  methods: fc.constant(null),
  readOnly: fc.constant(false),
});

const anyTerms: fc.Arbitrary<SubscriptionTerms> = fc.record({
  models: listOrNull(models),
  endpoints: fc.constant(null),
  backends: listOrNull([...backends, "b1@1.0.0"]),
  environments: listOrNull(environments),
  requestsPerMinute: fc.constant(null),
});

const anyApp = fc.record({ tenant: fc.constantFrom(...tenants), app: fc.constantFrom(...appNames) });

/** A key on record; its id is that of its text. */
export const anyKey: fc.Arbitrary<NewRecord<"key">> = fc
  .record({
    app: anyApp,
    text: fc.constantFrom(...texts.slice(4)),
    environment: fc.constantFrom(...environments),
    state: fc.constantFrom("active" as const, "active" as const, "revoked" as const),
    scope: anyScope,
    // More than any test sends.
    requestsPerMinute: fc.constantFrom(null, 1_000_000),
  })
  .map(({ app, text, ...body }) =>
    newKey(parseApiKey(text)?.publicId ?? "", app.tenant, { app: app.app, digest: digestOf(text), ...body }),
  );

/** A subscription on record: one for each application and service. */
export const anySubscription: fc.Arbitrary<NewRecord<"subscription">> = fc
  .record({
    app: anyApp,
    service: fc.constantFrom(...services, "gone"),
    state: fc.constantFrom(
      "approved" as const,
      "approved" as const,
      "requested" as const,
      "cancelled" as const,
    ),
    terms: anyTerms,
    expiresAtMs: fc.constantFrom(null, 500, 5_000),
  })
  .map(({ app, service, state, terms, expiresAtMs }) =>
    newSubscription(`${app.tenant}-${app.app}-${service}`, app.tenant, {
      ...{ app: app.app, appTenant: app.tenant, service, state, expiresAtMs },
      ...{ requested: terms, granted: state === "approved" ? terms : null },
    }),
  );

/** An artifact of two tenants whose applications have the same names; keys 0 to 3 are declared. */
export const anyArtifact: fc.Arbitrary<Artifact> = fc
  .record({
    services: fc.tuple(anyService, anyService, anyService, anyService),
    uses: fc.tuple(subset([0, 1, 2, 3]), subset([0, 1, 2, 3]), subset([0, 1, 2, 3]), subset([0, 1, 2, 3])),
    status: fc.constantFrom("published" as const, "draft" as const),
    scopes: fc.array(fc.record({ services: listOrNull([0, 1, 2, 3]), models: listOrNull([0, 1, 2]) }), {
      minLength: 4,
      maxLength: 4,
    }),
  })
  .map(artifactOf);

interface Drawn {
  readonly services: readonly {
    readonly owner: number;
    readonly models: number[];
    readonly backends: number[];
    readonly visibleTo: number[] | null;
  }[];
  readonly uses: readonly number[][];
  readonly status: "published" | "draft";
  readonly scopes: readonly { readonly services: number[] | null; readonly models: number[] | null }[];
}

function artifactOf(drawn: Drawn): Artifact {
  const fixed = artifactFixture({ baseUrls: ["http://127.0.0.1:9"], key: texts[0] ?? "" });
  const [model] = fixed.models;
  const [service] = fixed.services;
  const [tenant] = fixed.tenants;
  const [app] = fixed.apps;
  const [key] = fixed.keys;
  if (!(model && service && tenant && app && key)) throw new Error("the fixture is empty");
  const owners = tenants.flatMap((_, id) => appNames.map((name) => ({ name, tenant: id })));
  return {
    ...fixed,
    models: models.map((name) => ({ ...model, name })),
    backends: backends.map((name, id) =>
      plainBackend(name, "http://127.0.0.1:9", { status: id === 2 ? drawn.status : "published" }),
    ),
    services: drawn.services.map((row, id) => ({ ...service, ...row, name: `s${id}` })),
    tenants: tenants.map((name) => ({ ...tenant, name })),
    apps: owners.map((owner, id) => ({ ...app, ...owner, uses: drawn.uses[id] ?? [], grant: 0 })),
    keys: owners.map((_, id) => ({
      ...key,
      ...{ app: id, name: `declared${id}`, digest: digestOf(texts[id] ?? ""), grant: 0 },
      scope: {
        ...{ services: null, models: null, ...drawn.scopes[id] },
        ...{ endpoints: null, backends: null, methods: null, readOnly: false },
      },
    })),
  };
}

/** Texts of all keys that there may be. */
export const keyTexts: readonly string[] = texts;
