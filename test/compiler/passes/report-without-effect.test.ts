import { describe, expect, test } from "bun:test";
import { type HttpProviderType, providerProfiles } from "../../../src/catalog/providers/index.ts";
import { reportWithoutEffect } from "../../../src/compiler/passes/report-without-effect.ts";
import type { ResolvedConfig } from "../../../src/compiler/passes/resolve-references.ts";
import type { Shape } from "../../../src/compiler/read/shape.ts";
import { appShape, keyShape, serviceShape, tenantShape } from "../../../src/compiler/read/shapes/access.ts";
import { backendShape } from "../../../src/compiler/read/shapes/backend.ts";
import { gatewayShape } from "../../../src/compiler/read/shapes/gateway.ts";
import { providerShape } from "../../../src/compiler/read/shapes/provider.ts";
import {
  endpointShape,
  fallbackShape,
  modelShape,
  targetShape,
} from "../../../src/compiler/read/shapes/supply.ts";
import { Report } from "../../../src/compiler/report.ts";

const httpProviderTypes = Object.keys(providerProfiles) as HttpProviderType[];

const shapes = {
  gateway: gatewayShape,
  provider: Object.assign({}, ...httpProviderTypes.map((type) => providerShape(type, {}))) as Shape,
  target: targetShape,
  fallback: fallbackShape,
  model: modelShape,
  endpoint: endpointShape,
  service: serviceShape,
  tenant: tenantShape,
  app: appShape,
  key: keyShape,
  backend: backendShape,
} as const;

/** Options that do what they say, by the kind of declaration; those of limits, budgets, plans and approvals go with them. */
const effective: Readonly<Record<keyof typeof shapes, string>> = {
  gateway:
    "providers models endpoints backends services tenants http timeouts invariants publicUrl trustedProxies operators signIn webhooks email",
  provider:
    "apiKey accessKeyId secretAccessKey sessionToken credentials accessToken tenantId clientId clientSecret baseUrl resource apiVersion region account project location organization referer title headers maxConnections timeouts streamUsage quirks tags",
  target: "price dialect baseModel contextWindow maxOutputTokens lacks",
  fallback: "attempts firstTokenWithin",
  model: "summary targets routing",
  endpoint: "version status deprecation summary model input output maxOutputTokens temperature prompt",
  service: "owner offers visibility summary docs contact approval trial subscriptionFor",
  tenant: "apps displayName members groups keyPolicy",
  app: "summary uses keys starterKey",
  key: "digest expires environment scope networks",
  backend:
    "version status deprecation summary upstreams basePath stripPrefix routes requestHeaders responseHeaders auth timeouts health webSocket maxRequestBytes maxResponseBytes openapi validate",
};

/** What is said of a config with nothing but one declaration with one option. */
function codesFor(kind: string, option: string, value: string): readonly string[] {
  const report = new Report();
  const graph = { declarations: [{ kind, site: "", head: {}, fields: { [option]: value } }], schemas: [] };
  // Only the graph is looked at.
  reportWithoutEffect({ graph } as unknown as ResolvedConfig, report);
  return report.findings.map(({ code }) => code);
}

describe("each option of the language", () => {
  for (const [kind, shape] of Object.entries(shapes)) {
    test.each(Object.keys(shape))(`${kind}.%s has an effect or is reported to have none`, (option) => {
      const isEffective = effective[kind as keyof typeof shapes].split(" ").includes(option);
      expect(codesFor(kind, option, "x").length).toBe(isEffective ? 0 : 1);
    });
  }

  test("is not reported where it says nothing", () => {
    const report = new Report();
    const fields = { limits: [] };
    const graph = { declarations: [{ kind: "app", site: "", head: {}, fields }], schemas: [] };
    reportWithoutEffect({ graph } as unknown as ResolvedConfig, report);
    expect(report.findings).toEqual([]);
  });
});

describe("limits", () => {
  const limit = (fields: Record<string, unknown>) => ({ kind: "limit", site: "", head: {}, fields });
  const requests = limit({ requests: 600, per: "1m" });
  const tokens = limit({ tokens: 1_000, per: "1m" });

  /** What is said of limits on a kind of declaration. */
  function reported(kind: string, limits: readonly unknown[]): readonly string[] {
    const report = new Report();
    const ids = limits.map((_, at) => ({ $: "declaration", id: at + 1 }));
    const declarations = [{ kind, site: "", head: {}, fields: { limits: ids } }, ...limits];
    reportWithoutEffect({ graph: { declarations, schemas: [] } } as unknown as ResolvedConfig, report);
    return report.findings.map(({ code, message }) => `${code} ${message}`);
  }

  test.each(["tenant", "app", "key"])("of requests are enforced for a %s, and others are not", (kind) => {
    const noun = kind === "app" ? "application" : kind;
    const warning = `LK1901 1 ${noun} has limits that are declared but not enforced by this version`;
    expect(reported(kind, [requests, requests])).toEqual([]);
    expect(reported(kind, [tokens])).toEqual([warning]);
    expect(reported(kind, [requests, limit({ concurrent: 4 })])).toEqual([warning]);
  });

  test.each(["service", "model", "endpoint", "backend"])("of a %s are not enforced", (kind) => {
    expect(reported(kind, [requests])).toHaveLength(1);
  });
});
