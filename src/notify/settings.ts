import type { SecretRef } from "../kernel/secret.ts";

/** A webhook as the config declares it. */
export interface WebhookSettings {
  readonly name: string;
  readonly url: string;
  /** Signs what is sent; nothing is sent without it. */
  readonly secret: SecretRef;
  /** Patterns of the events that it hears of; see `matchesEvent`. */
  readonly events: readonly string[];
  /** Whether it may stand in a private network. */
  readonly allowPrivate: boolean;
  /** Hears only of what concerns this tenant; null: of everything. */
  readonly tenant: string | null;
}

/** The mail server as the config declares it. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, TLS before anything is said, or none. */
  readonly secure: "tls" | "starttls" | "none";
  readonly user: SecretRef | null;
  readonly password: SecretRef | null;
  /** An address, perhaps with a name: `Latchkey <latchkey@example.com>`. */
  readonly from: string;
}

/** What the artifact in force says of notifications. */
export interface NotifySettings {
  /** Where people reach the gateway, for links; null: it is not known. */
  readonly publicUrl: string | null;
  readonly webhooks: readonly WebhookSettings[];
  /** Null: no e-mail is sent. */
  readonly smtp: SmtpSettings | null;
}
