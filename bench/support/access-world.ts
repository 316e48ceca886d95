import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import type { AuditEntry, NewRecord } from "../../src/stores/record-store.ts";
import type { KeyBody } from "../../src/stores/records/key-record.ts";
import type { SubscriptionBody, SubscriptionTerms } from "../../src/stores/records/subscription-record.ts";
import { BENCH_MODEL } from "./chat-request.ts";

/** How many there are of what decides who may call what. */
export interface AccessSize {
  readonly services: number;
  readonly tenants: number;
  readonly appsPerTenant: number;
  readonly subscriptionsPerApp: number;
  readonly keysPerApp: number;
}

/** An application by its names. */
export interface WorldApp {
  readonly tenant: string;
  readonly app: string;
  /** Names of the services that it is subscribed to, all different. */
  readonly services: readonly string[];
}

/** Tenant that owns all services. */
export const SERVICES_OWNER = "platform";

/** Steps from one service of an application to its next: coprime to any number of services that is a power of ten. */
const STEPS = [1, 3, 7, 9, 11, 13, 17, 19, 21, 23] as const;

/** Every so many subscriptions one opens a part of its service. */
const NARROWED = 10;

const allOf: SubscriptionTerms = {
  ...{ models: null, endpoints: null, backends: null },
  ...{ environments: null, requestsPerMinute: null },
};

/** All applications, hardly two of which are subscribed to the same services. */
export function worldApps(size: AccessSize): readonly WorldApp[] {
  const { tenants, appsPerTenant, services, subscriptionsPerApp } = size;
  return Array.from({ length: tenants * appsPerTenant }, (_, at) => {
    const step = STEPS[Math.floor(at / services) % STEPS.length] ?? 1;
    return {
      tenant: `t${Math.floor(at / appsPerTenant)}`,
      app: `a${at % appsPerTenant}`,
      services: Array.from({ length: subscriptionsPerApp }, (_, next) => `s${(at + next * step) % services}`),
    };
  });
}

/** An approved subscription of an application. @param at which one of it */
export function subscriptionRecord(
  { tenant, app, services }: WorldApp,
  at: number,
): NewRecord<"subscription"> {
  const granted = at % NARROWED === 0 ? { ...allOf, models: [BENCH_MODEL] } : allOf;
  const by = `owner@${SERVICES_OWNER}.example`;
  const body: SubscriptionBody = {
    ...{ app, appTenant: tenant, service: services[at] ?? "", owner: SERVICES_OWNER, state: "approved" },
    ...{ purpose: "Load of the bench", expectedCallsPerMonth: 1_000, requested: allOf, granted },
    ...{ approvedBy: [by], isTrial: false, expiresAtMs: null },
    history: [
      { timeMs: 0, state: "requested", step: "request", by: `dev@${tenant}.example`, reason: null },
      { timeMs: 1, state: "approved", step: "approve", by, reason: null },
    ],
  };
  return { kind: "subscription", id: `sub-${tenant}-${app}-${at}`, tenant, body };
}

/** A new key of an application, which narrows nothing. */
export function issueKey({ tenant, app }: Pick<WorldApp, "tenant" | "app">): {
  readonly text: string;
  readonly record: NewRecord<"key">;
} {
  const text = generateApiKey("bench");
  const id = parseApiKey(text)?.publicId ?? "";
  const body: KeyBody = {
    ...{ app, name: id, environment: "bench", digest: digestOf(text), state: "active", expiresAtMs: null },
    scope: { services: null, models: null, endpoints: null, backends: null, methods: null, readOnly: false },
    ...{ networks: null, requestsPerMinute: null, createdBy: `dev@${tenant}.example`, replaces: null },
    ...{ revokedAtMs: null, revokedBy: null, revokedFor: null, label: null },
  };
  return { text, record: { kind: "key", id, tenant, body } };
}

/** What the audit log is told of a key. */
export function keyEntry(action: string, { id, tenant }: NewRecord<"key">): AuditEntry {
  return {
    actor: { kind: "person", id: "dev@bench.example", address: null },
    ...{ tenant, action, subject: `key:${id}`, before: null, after: null, artifact: null },
  };
}
