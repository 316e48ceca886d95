import type { ArtifactAuth, ArtifactBackend, ArtifactUpstream } from "../../artifact/artifact.ts";
import { assert } from "../../kernel/assert.ts";
import { basePathOf } from "../passes/check-backends.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import { defaultHealth } from "../passes/defaults.ts";
import type { ReadBackend, ReadUpstream } from "../read/shapes/backend.ts";
import { lowerLifecycle } from "./lower-lifecycle.ts";
import { lowerPolicy } from "./lower-policy.ts";
import { definedTimeouts, lowerTimeouts } from "./lower-provider.ts";

/** Versions of backends with the defaults filled in. */
export function lowerBackends(config: PromptedConfig): ArtifactBackend[] {
  return config.tables.backends.map((row): ArtifactBackend => {
    const { name, options } = row;
    const { version, upstreams = [], requestHeaders, responseHeaders } = options;
    const imported = config.documents.get(row.id);
    return {
      name,
      version: version?.text ?? "1.0.0",
      major: version?.major ?? 1,
      ...lowerLifecycle(config, options),
      summary: options.summary ?? null,
      basePath: basePathOf(row),
      stripPrefix: options.stripPrefix ?? true,
      upstreams: upstreams.map(lowerUpstream),
      routes: lowerRoutes(options) ?? imported?.routes ?? null,
      requestHeaders: {
        set: (requestHeaders?.set ?? []).map(([header, value]) => [header.toLowerCase(), value]),
        remove: lowerNames(requestHeaders?.remove),
      },
      responseHeaders: {
        set: (responseHeaders?.set ?? []).map(([header, value]) => [header.toLowerCase(), value]),
        remove: lowerNames(responseHeaders?.remove),
      },
      auth: lowerAuth(options.auth),
      timeouts: lowerTimeouts({ ...config.gateway.timeouts, ...definedTimeouts(options.timeouts) }),
      health: lowerHealth(options.health),
      webSocket: options.webSocket ?? false,
      maxRequestBytes: options.maxRequestBytes ?? null,
      maxResponseBytes: options.maxResponseBytes ?? null,
      validate: options.validate ?? (imported === undefined ? "off" : "refuse"),
      openapi: imported?.document ?? null,
      ...lowerPolicy(config, options),
    };
  });
}

function lowerUpstream({ url, weight, host }: ReadUpstream): ArtifactUpstream {
  assert(url !== undefined, "an upstream was not read");
  const { origin, pathname } = new URL(url);
  return { origin, pathPrefix: pathname.replace(/\/+$/, ""), host: host ?? null, weight: weight ?? 1 };
}

function lowerRoutes({ routes }: ReadBackend): ArtifactBackend["routes"] {
  if (routes === undefined) return null;
  return routes.map(({ path, methods, rewrite }) => {
    assert(path !== undefined, "a route was not read");
    return {
      methods: methods === undefined ? null : [...new Set(methods)],
      path,
      rewritePath: rewrite ?? null,
      operation: null,
    };
  });
}

function lowerNames(names: readonly string[] = []): string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

function lowerAuth(auth: ReadBackend["auth"]): ArtifactAuth {
  if (auth?.bearer !== undefined) return { kind: "bearer", token: auth.bearer };
  if (auth?.header === undefined || auth.value === undefined) return { kind: "none" };
  return { kind: "header", name: auth.header.toLowerCase(), value: auth.value };
}

function lowerHealth(health: ReadBackend["health"]): ArtifactBackend["health"] {
  if (health === undefined) return null;
  const [from = defaultHealth.status[0], to = defaultHealth.status[1]] = health.status ?? [];
  assert(health.path !== undefined, "a health check was not read");
  return {
    path: health.path,
    intervalMs: health.every ?? defaultHealth.every,
    timeoutMs: health.timeout ?? Math.min(defaultHealth.timeout, health.every ?? defaultHealth.every),
    healthyAfter: health.healthyAfter ?? defaultHealth.healthyAfter,
    unhealthyAfter: health.unhealthyAfter ?? defaultHealth.unhealthyAfter,
    status: [from, to],
  };
}
