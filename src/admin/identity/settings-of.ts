import type { StoredArtifact } from "../../artifact/artifact.ts";
import type { IdentitySettings } from "./identity-settings.ts";

/** What an artifact says of people and how they sign in. */
export function identitySettingsOf({
  artifact,
  hash,
}: Pick<StoredArtifact, "artifact" | "hash">): IdentitySettings {
  const { publicUrl, operators, signIn } = artifact.settings;
  return { publicUrl, operators, signIn, tenants: artifact.tenants, artifact: hash };
}
