import type { Artifact } from "../artifact/artifact.ts";
import type { NotifySettings } from "../notify/settings.ts";
import type { IdentitySettings } from "./identity/identity-settings.ts";

/** What an artifact says of who signs in and who belongs where. */
export function identitySettingsOf({ settings, tenants }: Artifact, hash: string): IdentitySettings {
  const { publicUrl, operators, signIn } = settings;
  return {
    ...{ publicUrl, operators, signIn, artifact: hash },
    tenants: tenants.map(({ name, members, groups }) => ({ name, members, groups })),
  };
}

/** What an artifact says of where messages go. */
export function notifySettingsOf({ settings, tenants }: Artifact): NotifySettings {
  const { publicUrl, webhooks, smtp } = settings;
  return {
    ...{ publicUrl, smtp },
    webhooks: webhooks.map((webhook) => ({
      ...webhook,
      tenant: webhook.tenant === null ? null : (tenants[webhook.tenant]?.name ?? ""),
    })),
  };
}
