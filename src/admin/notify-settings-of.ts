import type { Artifact } from "../artifact/artifact.ts";
import type { NotifySettings } from "../notify/settings.ts";

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
