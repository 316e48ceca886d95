import type { SecretRef } from "../kernel/secret.ts";
import type { ArtifactAuth, ArtifactProvider } from "./artifact.ts";

/** Every secret that a provider refers to: those of its credential first, then those in headers. */
export function secretsOfProvider({
  auth,
  headers,
}: Pick<ArtifactProvider, "auth" | "headers">): readonly SecretRef[] {
  const inHeaders = headers.flatMap(([, value]) => (typeof value === "string" ? [] : [value]));
  return [...secretsOfAuth(auth), ...inHeaders];
}

function secretsOfAuth(auth: ArtifactAuth): readonly SecretRef[] {
  switch (auth.kind) {
    case "none":
      return [];
    case "bearer":
      return [auth.token];
    case "header":
      return [auth.value];
    case "aws-sigv4":
      return [
        auth.accessKeyId,
        auth.secretAccessKey,
        ...(auth.sessionToken === null ? [] : [auth.sessionToken]),
      ];
    case "google-service-account":
      return [auth.credentials];
    case "azure-entra":
      return [auth.tenantId, auth.clientId, auth.clientSecret];
  }
}
