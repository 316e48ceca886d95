import { describe, expect, test } from "bun:test";
import type { Artifact } from "../../../src/artifact/artifact.ts";
import { diffArtifacts } from "../../../src/compiler/diff/diff-artifacts.ts";
import { plainBackend } from "../../support/artifact-defaults.ts";
import * as sample from "./support/sample-artifact.ts";

type Edit = (artifact: Artifact) => void;

/** Changes between the sample with one edit and with another, as lines. */
function lines(after: Edit, before: Edit = () => {}): readonly string[] {
  const { changes } = diffArtifacts(sample.changed(before), sample.changed(after));
  return changes.map(({ effect, kind, subject, message }) => `${effect} ${kind}: ${subject}: ${message}`);
}

function row<Row>(rows: readonly Row[], index: number): Row {
  const found = rows[index];
  if (found === undefined) throw new Error(`there is no row ${index}`);
  return found;
}

const orders = plainBackend("orders", "https://orders.example");
const withBackend =
  (change: Partial<Artifact["backends"][number]> = {}): Edit =>
  (a) => {
    a.backends = [{ ...orders, ...change }];
    row(a.services, 0).backends = [0];
    a.grants = [sample.grant([0, 1], [0], [0])];
  };

describe("a backend", () => {
  test("that is offered widens what may be called, and breaks when it goes", () => {
    expect(lines(withBackend())).toEqual(
      [
        "widening access-gained: app shop/search: may now call backend orders v1",
        "widening access-gained: key shop/checkout/production: may now call backend orders v1",
        "widening access-gained: key shop/checkout/staging: may now call backend orders v1",
        "widening access-gained: key shop/search/production: may now call backend orders v1",
        "safe backend-added: backend orders v1: added as 1.0.0, published, at /orders",
        "safe offer-added: service texts: now offers backend orders v1",
      ].filter((line) => !line.includes("app shop/search")),
    );
    expect(lines(() => {}, withBackend())).toContain("breaking backend-removed: backend orders v1: removed");
  });

  test.each([
    ["its path", { basePath: "/o" }, "breaking backend-path-changed: backend orders v1: path /orders → /o"],
    [
      "its end",
      { status: "retired" },
      "breaking backend-status-changed: backend orders v1: status published → retired",
    ],
    [
      "WebSocket",
      { webSocket: true },
      "widening backend-websocket-changed: backend orders v1: WebSocket off → on",
    ],
    [
      "its credential",
      { auth: { kind: "bearer", token: sample.secret("T") } },
      "safe backend-setting-changed: backend orders v1: credential changed",
    ],
    [
      "validation",
      { validate: "refuse" },
      "breaking backend-validation-changed: backend orders v1: validation off → refuse",
    ],
    [
      "routes",
      { routes: [{ methods: ["GET"], path: "/", rewritePath: null, operation: null }] },
      "breaking backend-routes-changed: backend orders v1: takes everything → named routes",
    ],
    [
      "weights",
      { upstreams: [{ ...row(orders.upstreams, 0), weight: 2 }] },
      "safe backend-weights-changed: backend orders v1: weights or hosts of upstreams changed",
    ],
    [
      "its sunset",
      { sunsetAtMs: Date.UTC(2027, 5, 30) },
      "safe backend-deprecation-changed: backend orders v1: sunset none → 2027-06-30",
    ],
  ] as const)("tells of %s", (_, change, line) => {
    expect(lines(withBackend(structuredClone(change) as Partial<typeof orders>), withBackend())).toEqual([
      line,
    ]);
  });

  test("tells of servers that are asked from now on", () => {
    const moved = { upstreams: [{ ...row(orders.upstreams, 0), origin: "https://new.example" }] };
    expect(lines(withBackend(moved), withBackend())).toEqual([
      "widening backend-upstream-added: backend orders v1: now asks upstream https://new.example",
      "safe backend-upstream-removed: backend orders v1: no longer asks upstream https://orders.example",
    ]);
  });

  test("breaks where a route goes, and widens where one comes", () => {
    const routes = (...paths: readonly string[]) => ({
      routes: paths.map((path) => ({ methods: ["GET"], path, rewritePath: null, operation: null })),
    });
    expect(lines(withBackend(routes("/a", "/c")), withBackend(routes("/a", "/b")))).toEqual([
      "breaking backend-route-removed: backend orders v1: no longer takes route GET /b",
      "widening backend-route-added: backend orders v1: now takes route GET /c",
    ]);
  });
});

describe("tenants, services and keys", () => {
  test("tell of groups and key policies", () => {
    expect(
      lines((a) => {
        row(a.tenants, 1).groups = [["devs", "developer"]];
        row(a.tenants, 1).keys = {
          ...row(a.tenants, 1).keys,
          maxPerApp: 2,
          maxLifetimeMs: 86_400_000,
          environments: ["live"],
        };
      }),
    ).toEqual([
      "widening member-added: tenant shop: group devs becomes developer",
      "safe key-policy-changed: tenant shop: environments of keys any → live",
      "safe key-policy-changed: tenant shop: keys per application any number → 2",
      "safe key-policy-changed: tenant shop: longest life of keys unbounded → 1d",
    ]);
    const loosened = lines(
      () => {},
      (a) => {
        row(a.tenants, 1).keys = { ...row(a.tenants, 1).keys, allowUnscoped: false };
      },
    );
    expect(loosened).toEqual([
      "widening key-policy-changed: tenant shop: keys without a scope refused → allowed",
    ]);
  });

  test("tell of trials and of subscriptions that end", () => {
    expect(
      lines((a) => {
        Object.assign(row(a.services, 0), {
          trialMs: 86_400_000,
          subscriptionMs: 604_800_000,
          contact: "a@b.example",
        });
      }),
    ).toEqual([
      "widening service-terms-changed: service texts: trial none → 1d",
      "safe service-described: service texts: contact changed",
      "safe service-terms-changed: service texts: subscription for ever → 1w",
    ]);
  });

  test("tell of methods and environments of keys", () => {
    const narrow: Edit = (a) => {
      const lists = { services: null, models: null, endpoints: null, backends: null };
      row(a.keys, 0).scope = { ...lists, methods: ["POST", "GET"], readOnly: true };
      row(a.keys, 0).environment = "live";
    };
    expect(lines(narrow)).toEqual([
      "breaking key-methods-changed: key shop/checkout/production: methods any → GET",
      "widening key-environment-changed: key shop/checkout/production: environment none → live",
    ]);
    expect(lines(() => {}, narrow)).toContain(
      "widening key-methods-changed: key shop/checkout/production: methods GET → any",
    );
  });
});

test("endpoints tell of what takes their place, providers of where they are", () => {
  expect(
    lines((a) => {
      Object.assign(row(a.endpoints, 0), { deprecatedAtMs: Date.UTC(2027, 0, 1), successor: 1 });
      Object.assign(row(a.providers, 0), { region: "eu", tags: ["b", "a"] });
    }),
  ).toEqual([
    "widening provider-region-changed: provider oai: region not said → eu",
    "safe endpoint-deprecation-changed: endpoint sentiment v1: deprecated since none → 2027-01-01",
    "safe endpoint-deprecation-changed: endpoint sentiment v1: successor none → summary v2",
    "safe provider-tags-changed: provider oai: tags none → a, b",
  ]);
});

test("the gateway tells of who signs in and where messages go", () => {
  const secret = sample.secret("S");
  const oidc = {
    name: "corp",
    issuer: "https://i.example",
    clientId: "c",
    clientSecret: secret,
    scopes: ["openid"],
    groupsClaim: "groups",
    allowedDomains: null,
  };
  const declared: Edit = ({ settings }) => {
    settings.operators = ["root@example.com"];
    settings.trustedProxies = ["10.0.0.0/8"];
    settings.publicUrl = "https://ai.example";
    settings.signIn = { oidc: [oidc], link: false, sessionMs: 3_600_000, idleMs: 7_200_000 };
    settings.smtp = {
      host: "s.example",
      port: 25,
      secure: "none",
      user: null,
      password: null,
      from: "a@b.example",
    };
    settings.webhooks = [
      { name: "all", url: "https://h.example", secret, events: ["*"], allowPrivate: false, tenant: 1 },
    ];
  };
  expect(lines(declared)).toEqual([
    "widening email-changed: gateway: e-mail by none → s.example:25",
    "widening operator-added: gateway: now operator root@example.com",
    "widening sign-in-changed: gateway: people may sign in by corp, https://i.example",
    "widening trusted-proxy-added: gateway: now trusted proxy 10.0.0.0/8",
    "widening webhook-added: webhook all: added, told of * of the tenant shop",
    "safe session-changed: gateway: session 12h → 1h",
    "safe setting-changed: gateway: public address none → https://ai.example",
    "safe sign-in-changed: gateway: links sign nobody in any more",
  ]);
  expect(
    lines((a) => {
      declared(a);
      row(a.settings.webhooks, 0).events = ["key.*"];
      row(a.settings.signIn.oidc, 0).allowedDomains = ["example.com"];
    }, declared),
  ).toEqual([
    "widening sign-in-changed: gateway: the identity provider corp is asked differently",
    "widening webhook-changed: webhook all: goes elsewhere, or is told of other events",
  ]);
});
