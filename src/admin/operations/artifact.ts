import { getArtifact } from "../contract/artifact.ts";
import { bind } from "./bound-operation.ts";

/** Operations on what is in force. */
export const artifactOperations = [
  bind(getArtifact, async ({ parts }) => {
    const { artifact, hash } = parts.artifact();
    const { format, providers, models, endpoints, backends, services, tenants, apps, keys } = artifact;
    return {
      ...{ hash, format },
      counts: {
        providers: providers.length,
        models: models.length,
        endpoints: endpoints.length,
        backends: backends.length,
        services: services.length,
        tenants: tenants.length,
        apps: apps.length,
        keys: keys.length,
      },
    };
  }),
];
