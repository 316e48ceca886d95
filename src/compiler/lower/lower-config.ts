import type { Artifact } from "../../artifact/artifact.ts";
import { parseArtifact } from "../../artifact/parse-artifact.ts";
import { artifactFormat } from "../../artifact/version.ts";
import { assert } from "../../kernel/assert.ts";
import { digestOf } from "../../kernel/hash.ts";
import type { CompiledFunctions } from "../functions/compile-functions.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import { lowerApps, lowerServices, lowerTenants } from "./lower-access.ts";
import { lowerBackends } from "./lower-backends.ts";
import { lowerProviders } from "./lower-provider.ts";
import { lowerSettings } from "./lower-settings.ts";
import { lowerEndpoints, lowerModels, lowerRoutes } from "./lower-supply.ts";

/** Resolves a config without errors to the tables that the runtime serves. */
export function lowerConfig(config: PromptedConfig, { code, names }: CompiledFunctions): Artifact {
  const artifact: Artifact = {
    format: artifactFormat,
    settings: lowerSettings(config),
    providers: lowerProviders(config),
    ...lowerModels(config),
    endpoints: lowerEndpoints(config, names),
    routes: lowerRoutes(config),
    backends: lowerBackends(config),
    services: lowerServices(config),
    tenants: lowerTenants(config),
    ...lowerApps(config),
    functions: code === null ? null : { digest: digestOf(code) },
  };
  const parsed = parseArtifact(artifact);
  assert(parsed.ok, parsed.ok ? "" : parsed.problem);
  return artifact;
}
