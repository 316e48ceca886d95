import { type Declaration, declare } from "./declaration.ts";
import type { Secret } from "./secret.ts";
import type { Tenant } from "./tenant.ts";

/** A receiver of events. */
export interface WebhookOptions {
  /** An https URL. Private addresses, and http, need `allowPrivate`. */
  readonly url: string;
  /** Signs each event, so that the receiver knows who sent it. */
  readonly secret: Secret;
  /** Names of events, or patterns: `"subscription.*"`. Default: all events. */
  readonly events?: readonly string[];
  /** Whether the address may be one of a private network. */
  readonly allowPrivate?: boolean;
  /** Whose events it gets; without it those of all tenants. */
  readonly tenant?: Tenant;
}

/** A declared webhook. */
export interface Webhook extends Declaration<"webhook">, WebhookOptions {}

/**
 * Declares a webhook. Its name is the key under which `defineGateway({ webhooks })` gets it.
 * @example webhook({ url: "https://chat.example.com/hooks/1", secret: env("HOOK_SECRET"), events: ["subscription.*"] })
 */
export function webhook(options: WebhookOptions): Webhook {
  return declare("webhook", options);
}
