import type { AdminParts } from "../admin-parts.ts";
import type { RecordParts } from "../identity/identity-parts.ts";
import { identitySettingsOf } from "../identity/settings-of.ts";

/** What identity needs to deal with records, from what operations have. */
export function identityRecords({ records, clock, artifact }: AdminParts): RecordParts {
  return { records, clock, settings: () => identitySettingsOf(artifact()) };
}
