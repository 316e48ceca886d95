import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { type HttpProviderType, providerProfiles } from "../../../src/catalog/providers/index.ts";
import { compile } from "../../../src/compiler/compile.ts";
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
import { configFolder, configText } from "../support/config-folder.ts";

// A compilation takes a tenth of a second, but the machine may have other things to do.
setDefaultTimeout(60_000);

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
    "providers models endpoints backends services tenants http timeouts invariants publicUrl trustedProxies",
  provider:
    "apiKey accessKeyId secretAccessKey sessionToken credentials accessToken tenantId clientId clientSecret baseUrl resource apiVersion region account project location organization referer title headers maxConnections timeouts streamUsage quirks tags",
  target: "price dialect baseModel contextWindow maxOutputTokens lacks",
  fallback: "attempts firstTokenWithin",
  model: "summary targets routing",
  endpoint: "version status deprecation model input output maxOutputTokens temperature prompt",
  service: "owner offers visibility",
  tenant: "apps",
  app: "uses keys starterKey",
  key: "digest expires scope networks",
  backend:
    "version status deprecation upstreams basePath stripPrefix routes requestHeaders responseHeaders auth timeouts health webSocket maxRequestBytes maxResponseBytes openapi validate",
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

  test("is reported for some of its values only where the others mean something", () => {
    expect(codesFor("service", "summary", "")).toEqual([]);
  });
});

test("descriptions of all kinds share one warning, which waits until all else is right", async () => {
  const more = (wrong: string): string => `
const other = model({ targets: [local("echo")], summary: "Echo"${wrong} });
const docs = service({ owner: tenants.a, offers: [other], summary: "Docs", docs: "# Docs", visibility: "everyone" });`;
  const text = (wrong = ""): string =>
    configText(more(wrong))
      .replace(
        "const local",
        'const tenants = { a: tenant({ displayName: "A", members: {} }) };\nconst local',
      )
      .replace("models: { fast }", "models: { fast, other }")
      .replace("services: { texts }", "services: { texts, docs }")
      .replace("tenants: { team }", "tenants: { team, ...tenants }");
  const right = configFolder({ "gateway.config.ts": text() });
  const { diagnostics } = await compile({ configFile: join(right, "gateway.config.ts") });
  expect(diagnostics.map(({ code, message, notes }) => [code, message, notes.length])).toEqual([
    ["LK1908", "3 descriptions are kept in the artifact, but shown nowhere by this version", 2],
  ]);
  const wrong = configFolder({ "gateway.config.ts": text(", nothing: 1") });
  const broken = await compile({ configFile: join(wrong, "gateway.config.ts") });
  expect(broken.diagnostics.map(({ code }) => code)).toEqual(["LK1101"]);
});
