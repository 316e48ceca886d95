import type { Artifact, ArtifactService } from "../../artifact/artifact.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { RecordTransaction, StoredRecord } from "../../stores/record-store.ts";
import type { SubscriptionBody, SubscriptionTerms } from "../../stores/records/subscription-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { type FoundApp, findApp, findService, isVisibleTo, ownerOf } from "../artifact-names.ts";
import { checkCount, checkWords } from "../check-input.ts";
import { momentAfter } from "../day.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { offersTo } from "../offers.ts";
import { noSuchThing, requirePermission } from "../refusals.ts";
import { checkAskedTerms } from "./check-terms.ts";
import { policyFor } from "./decision-policy.ts";
import { saveExpiry } from "./expire-due.ts";
import { saveSubscription } from "./save-subscription.ts";
import { settle } from "./settle.ts";
import { openSubscription, takeStep } from "./subscription-machine.ts";
import { type SubscriptionDetails, showSubscription } from "./subscription-view.ts";

/** What an application asks for. */
export interface SubscriptionRequest {
  readonly tenant: string;
  readonly app: string;
  readonly service: string;
  /** What it is for, 1 to 2,000 characters. */
  readonly purpose: string;
  readonly expectedCallsPerMonth: number | null;
  readonly terms: SubscriptionTerms;
}

/** A request whose names are known. */
export interface SubscriptionSubject extends FoundApp {
  readonly service: ArtifactService;
}

/**
 * Asks for a subscription of an application to a service. Where the service's policy asks nobody, it is approved at
 * once by `system`. Where the service can be tried, and the application has not tried it before, it opens at once for
 * that time, as a trial; the decision makes it last, or ends it. Otherwise it waits.
 * @param address network address of the member
 * @throws LatchkeyError LK-2020 (tenant, application or service), LK-2014, LK-2102 with the field, LK-2021 where the
 *   application needs none, or has asked already
 */
export async function requestSubscription(
  parts: AdminParts,
  member: Member,
  request: SubscriptionRequest,
  address: string | null,
): Promise<SubscriptionDetails> {
  requirePermission(member, "subscription.request", request.tenant);
  const { artifact } = parts.artifact();
  const subject = findSubject(artifact, request);
  checkWords(request.purpose, "purpose");
  if (request.expectedCallsPerMonth !== null) {
    checkCount(request.expectedCallsPerMonth, "expectedCallsPerMonth", 0);
  }
  checkAskedTerms(request.terms, offersTo(artifact, subject.tenantId, [subject.service]));
  const nowMs = parts.clock.now();
  const saved = await parts.records.transact(async (transaction) => {
    const earlier = await earlierOnes(parts, transaction, request, nowMs);
    const hasTried = earlier.some(({ body }) => (body.triedAtMs ?? null) !== null);
    const body = firstSteps(artifact, subject, { request, by: member.address, nowMs, hasTried });
    return saveSubscription(parts, transaction, {
      before: null,
      id: `sub_${crypto.getRandomValues(new Uint8Array(12)).toHex()}`,
      body,
      actor: actorOf(member, address),
      actedFor: request.tenant,
      action: "subscription.request",
      event: body.open ? "subscription.requested" : "subscription.approved",
      by: body.open ? member.address : "system",
      reason: null,
    });
  });
  return showSubscription(saved, nowMs);
}

/**
 * The application and the service of a request.
 * @throws LatchkeyError LK-2020, LK-2021 where the config declares the subscription
 */
export function findSubject(
  artifact: Artifact,
  { tenant, app, service: name }: Pick<SubscriptionRequest, "tenant" | "app" | "service">,
): SubscriptionSubject {
  const found = findApp(artifact, tenant, app);
  const service = findService(artifact, name);
  if (found === undefined) throw noSuchThing("app");
  if (service === undefined || !isVisibleTo(service, found.tenantId)) throw noSuchThing("service");
  if (found.app.uses.includes(artifact.services.indexOf(service))) {
    throw new LatchkeyError(
      "LK-2021",
      "The config declares that this application uses this service: it needs no subscription.",
    );
  }
  return { ...found, service };
}

interface Asked {
  readonly request: SubscriptionRequest;
  readonly by: string;
  readonly nowMs: number;
  readonly hasTried: boolean;
}

function firstSteps(
  artifact: Artifact,
  { service, tenantId }: SubscriptionSubject,
  { request, by, nowMs, hasTried }: Asked,
): SubscriptionBody {
  const { app, tenant, purpose, expectedCallsPerMonth, terms } = request;
  const policy = policyFor(service, { tenantId, terms });
  const within = policy.mode === "by" ? policy.withinMs : null;
  const owner = ownerOf(artifact, service);
  const asked = { app, appTenant: tenant, service: service.name, owner, purpose, expectedCallsPerMonth };
  const lapsesAtMs = within === null ? null : momentAfter(nowMs, within);
  const body = openSubscription({ ...asked, requested: terms }, { by, timeMs: nowMs, lapsesAtMs });
  const system = { by: "system", timeMs: nowMs } as const;
  if (policy.mode === "none") {
    const expiresAtMs = service.subscriptionMs === null ? null : momentAfter(nowMs, service.subscriptionMs);
    const reason = "The policy of the service asks for nobody's decision.";
    return takeStep(body, { ...system, step: "approve", granted: terms, expiresAtMs, reason });
  }
  if (service.trialMs === null || hasTried) return body;
  const reason = "The service can be tried until it is decided.";
  return takeStep(body, { ...system, step: "trial", endsAtMs: momentAfter(nowMs, service.trialMs), reason });
}

/**
 * What the application has asked of the service before; nothing of it is open any more.
 * @throws LatchkeyError LK-2021
 */
async function earlierOnes(
  parts: AdminParts,
  transaction: RecordTransaction,
  { tenant, app, service }: SubscriptionRequest,
  nowMs: number,
): Promise<readonly StoredRecord<"subscription">[]> {
  const found: StoredRecord<"subscription">[] = [];
  const where = { app, appTenant: tenant, service };
  let after: string | null | undefined;
  while (after !== null) {
    const position = after === undefined ? {} : { after };
    const page = await transaction.list({ kind: "subscription", tenant, where, limit: 1_000, ...position });
    found.push(...page.records);
    after = page.next;
  }
  for (const record of found) {
    const { state } = settle(record.body, nowMs);
    if (state === "requested" || state === "approved") {
      throw new LatchkeyError(
        "LK-2021",
        `The application has a subscription to this service, ${record.id}, that is ${state}.`,
      );
    }
    await saveExpiry(parts, transaction, record, nowMs);
  }
  return found;
}
