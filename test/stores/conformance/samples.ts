import { digestOf } from "../../../src/kernel/hash.ts";
import type { AuditEntry, NewRecord } from "../../../src/stores/record-store.ts";
import type { KeyBody } from "../../../src/stores/records/key-record.ts";
import type { SubscriptionBody } from "../../../src/stores/records/subscription-record.ts";

/** A key to be made. */
export function newKey(
  id: string,
  tenant: string | null = "acme",
  body: Partial<KeyBody> = {},
): NewRecord<"key"> {
  return {
    kind: "key",
    id,
    tenant,
    body: {
      app: "shop",
      name: id,
      environment: "live",
      digest: digestOf(id),
      state: "active",
      expiresAtMs: null,
      scope: {
        services: null,
        models: [],
        endpoints: null,
        backends: null,
        methods: ["GET"],
        readOnly: false,
      },
      networks: null,
      requestsPerMinute: 60,
      createdBy: "ann@acme.example",
      replaces: null,
      revokedAtMs: null,
      revokedBy: null,
      revokedFor: null,
      label: null,
      ...body,
    },
  };
}

/** A subscription to be made. */
export function newSubscription(
  id: string,
  tenant: string,
  body: Partial<SubscriptionBody> = {},
): NewRecord<"subscription"> {
  const terms = {
    models: null,
    endpoints: null,
    backends: null,
    environments: null,
    requestsPerMinute: null,
  };
  return {
    kind: "subscription",
    id,
    tenant,
    body: {
      app: "shop",
      appTenant: tenant,
      service: "chat",
      owner: "platform",
      state: "requested",
      purpose: "",
      expectedCallsPerMonth: null,
      requested: terms,
      granted: null,
      approvedBy: [],
      isTrial: false,
      expiresAtMs: null,
      history: [],
      ...body,
    },
  };
}

/** Something to be told to the audit log. */
export function auditEntry(subject: string, fields: Partial<AuditEntry> = {}): AuditEntry {
  return {
    actor: { kind: "person", id: "ann@acme.example", address: "192.0.2.7" },
    tenant: "acme",
    action: "key.create",
    subject,
    before: null,
    after: { name: subject },
    artifact: null,
    ...fields,
  };
}
