import type { Clock } from "../../kernel/clock.ts";
import type { SecretResolver } from "../../kernel/secret.ts";
import type { RecordStore } from "../../stores/record-store.ts";
import type { IdentitySettings } from "./identity-settings.ts";
import type { OutboundCall } from "./oidc/outbound-call.ts";

/** What identity stands on. */
export interface IdentityParts {
  readonly records: RecordStore;
  readonly clock: Clock;
  /** Of the artifact in force now. */
  readonly settings: () => IdentitySettings;
  readonly secrets: SecretResolver;
  /** How identity providers are called. */
  readonly call: OutboundCall;
}

/** What deals with records alone needs of it. */
export type RecordParts = Pick<IdentityParts, "records" | "clock" | "settings">;
