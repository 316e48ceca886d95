import type { SecretRef } from "../../../src/kernel/secret.ts";
import type { NotifyEvent } from "../../../src/notify/event/event.ts";
import type { NotifySettings, WebhookSettings } from "../../../src/notify/settings.ts";
import type { StoredRecord } from "../../../src/stores/record-store.ts";
import type { KeyBody } from "../../../src/stores/records/key-record.ts";
import type { SubscriptionBody } from "../../../src/stores/records/subscription-record.ts";

export const START_MS = Date.UTC(2026, 10, 24, 12);
const HOUR_MS = 3_600_000;

export const secretRef = (name: string): SecretRef => ({ kind: "secret", source: "env", name });

/** A webhook of the platform that hears of everything. */
export const webhook = (changes: Partial<WebhookSettings> = {}): WebhookSettings => ({
  name: "everything",
  url: "https://hooks.example/latchkey",
  secret: secretRef("HOOK_SECRET"),
  events: ["*"],
  allowPrivate: false,
  tenant: null,
  ...changes,
});

export const settings = (changes: Partial<NotifySettings> = {}): NotifySettings => ({
  publicUrl: "https://gateway.example",
  webhooks: [webhook()],
  smtp: null,
  ...changes,
});

const record = { version: 1, createdAtMs: START_MS, updatedAtMs: START_MS } as const;

/** The application `checkout` of `shop` asks for the service `texts` of `platform`. */
export const subscription = (changes: Partial<SubscriptionBody> = {}): StoredRecord<"subscription"> => ({
  ...record,
  kind: "subscription",
  id: "sub_1",
  tenant: "shop",
  body: {
    app: "checkout",
    appTenant: "shop",
    service: "texts",
    owner: "platform",
    state: "requested",
    purpose: "rate reviews",
    expectedCallsPerMonth: null,
    requested: { models: ["fast"], endpoints: null, backends: [], environments: null, requestsPerMinute: 60 },
    granted: null,
    approvedBy: [],
    isTrial: false,
    expiresAtMs: START_MS + HOUR_MS,
    history: [
      { timeMs: START_MS, state: "requested", step: "request", by: "dev@shop.example", reason: null },
    ],
    ...changes,
  },
});

export const DIGEST = `sha256:${"ab".repeat(32)}`;

export const keyRecord = (changes: Partial<KeyBody> = {}): StoredRecord<"key"> => ({
  ...record,
  kind: "key",
  id: "4f2a91bc",
  tenant: "shop",
  body: {
    app: "checkout",
    name: "production",
    environment: "prod",
    digest: DIGEST,
    state: "active",
    expiresAtMs: START_MS + HOUR_MS,
    scope: { services: null, models: null, endpoints: null, backends: null, methods: null, readOnly: false },
    networks: null,
    requestsPerMinute: null,
    createdBy: "dev@shop.example",
    replaces: null,
    revokedAtMs: null,
    revokedBy: null,
    revokedFor: null,
    label: null,
    ...changes,
  },
});

export const event = (changes: Partial<NotifyEvent> = {}): NotifyEvent => ({
  name: "key.revoked",
  timeMs: START_MS,
  tenant: "shop",
  concerns: ["shop"],
  data: { key: "4f2a91bc" },
  recipients: [],
  ...changes,
});
