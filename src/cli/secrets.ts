import type { Artifact } from "../artifact/artifact.ts";
import { secretsOfProvider } from "../artifact/provider-secrets.ts";
import { describeSecret, type SecretRef, type SecretResolver } from "../kernel/secret.ts";

/** A provider whose secrets are not all there. */
export interface LackingProvider {
  readonly provider: string;
  readonly missing: readonly SecretRef[];
}

/** Providers that cannot be used, with the secrets that they lack. */
export function lackingProviders(artifact: Artifact, resolve: SecretResolver): readonly LackingProvider[] {
  return artifact.providers.flatMap((provider) => {
    const missing = secretsOfProvider(provider).filter((ref) => resolve(ref) === undefined);
    return missing.length === 0 ? [] : [{ provider: provider.name, missing }];
  });
}

/** All secrets that an artifact refers to, each once. */
export function secretsOfArtifact(artifact: Artifact): readonly SecretRef[] {
  const all = artifact.providers.flatMap(secretsOfProvider);
  return [...new Map(all.map((ref) => [describeSecret(ref), ref])).values()];
}

/** How a person sets a secret. */
export function howToSet(ref: SecretRef): string {
  return ref.source === "env"
    ? `set it with \`export ${ref.name}=…\` (or a line in .env) and start again`
    : `write it to the file ${ref.name}`;
}
