import type { OfferKind } from "../artifact/offer-kind.ts";
import type { ArtifactIndex } from "./artifact-index.ts";
import type { KeyNarrowing } from "./reach.ts";
import { maySee, type SubscriptionView, type Use, usesOf } from "./uses.ts";
import { offered } from "./whole-service.ts";

/** One link of a chain: what has to be so, and whether it is. */
export interface ChainLink {
  readonly holds: boolean;
  /** A sentence without a full stop. */
  readonly says: string;
}

/** Why a key may call something, or may not. */
export interface Explanation {
  readonly allowed: boolean;
  /** Name of the service whose chain this is; null: no service offers it. */
  readonly service: string | null;
  /** Up to the first link that does not hold. */
  readonly chain: readonly ChainLink[];
}

/** What is asked about. */
export interface Question {
  /** Id of the application. */
  readonly app: number;
  readonly key: KeyNarrowing;
  readonly kind: OfferKind;
  /** Id of what is to be called. */
  readonly id: number;
  readonly subscriptions: Iterable<SubscriptionView>;
  readonly nowMs: number;
  /** Whether only services count that the application's tenant may see, or that the application uses. */
  readonly isForTenant?: boolean;
}

/**
 * The chain that lets a key call something, through the first service that does; where none does, the chain that holds
 * longest. It says the same as `reachOf`, link by link.
 */
export function explain(index: ArtifactIndex, question: Question): Explanation {
  const { artifact } = index;
  const subscriptions = [...question.subscriptions];
  const uses = usesOf(index, question.app, subscriptions, question.nowMs);
  const offering = artifact.services.flatMap((service, id) =>
    service[question.kind].includes(question.id) && isKnown(index, question, uses, id) ? [id] : [],
  );
  if (offering.length === 0) {
    return { allowed: false, service: null, chain: [{ holds: false, says: "no service offers it" }] };
  }
  // In the order of the uses, since the first one that opens it is the one that calls count for.
  const ranked = [...uses.map(({ service }) => service), ...offering].filter((id) => offering.includes(id));
  let best: Explanation | undefined;
  for (const service of new Set(ranked)) {
    const chain = chainOf(index, question, { service, uses, subscriptions });
    const found = { allowed: chain.every(({ holds }) => holds), service: serviceName(index, service), chain };
    if (found.allowed) return found;
    if (best === undefined || chain.length > best.chain.length) best = found;
  }
  return best ?? { allowed: false, service: null, chain: [] };
}

function isKnown(
  index: ArtifactIndex,
  { app, kind, id, isForTenant = false }: Question,
  uses: readonly Use[],
  service: number,
): boolean {
  if (!isForTenant) return true;
  const isSeen = maySee(index, app, service) || uses.some((use) => use.service === service);
  const isOwner = index.artifact.services[service]?.owner === index.artifact.apps[app]?.tenant;
  return isSeen && offered(index.artifact, service, kind, isOwner).includes(id);
}

interface Candidate {
  readonly service: number;
  readonly uses: readonly Use[];
  readonly subscriptions: readonly SubscriptionView[];
}

function chainOf(index: ArtifactIndex, question: Question, candidate: Candidate): readonly ChainLink[] {
  const chain: ChainLink[] = [];
  for (const link of links(index, question, candidate)) {
    chain.push(link);
    if (!link.holds) break;
  }
  return chain;
}

function* links(index: ArtifactIndex, question: Question, candidate: Candidate): Generator<ChainLink> {
  const { app, kind, id, key } = question;
  const { artifact } = index;
  const service = artifact.services[candidate.service];
  const name = serviceName(index, candidate.service);
  const tenantId = artifact.apps[app]?.tenant;
  const tenant = artifact.tenants[tenantId ?? -1]?.name ?? "";
  yield { holds: true, says: `the service ${name} offers it` };
  if (kind !== "models" && artifact[kind][id]?.status === "draft") {
    const isOwner = service?.owner === tenantId;
    yield {
      holds: isOwner,
      says: `it is a draft, which ${isOwner ? "its owner may call" : "only the owner of the service may call"}`,
    };
  }
  const sees = maySee(index, app, candidate.service);
  const use = candidate.uses.find((one) => one.service === candidate.service);
  // A declared use was checked when the config was compiled.
  if (use?.subscription !== null || use === undefined) {
    yield { holds: sees, says: `the tenant ${tenant} may ${sees ? "" : "not "}see the service` };
  }
  yield subscribed(index, question, candidate, use);
  if (use === undefined) return;
  if (use.narrowing[kind] !== null) {
    yield narrowed(use.narrowing[kind]?.has(id) === true, "the terms of the subscription");
  }
  if (use.environments !== null) {
    const { environment } = key;
    const holds = environment !== null && use.environments.has(environment);
    const named = environment === null ? "of no environment" : `of the environment ${environment}`;
    yield { holds, says: `the subscription is ${holds ? "" : "not "}for keys ${named}` };
  }
  if (key.scope.services !== null) {
    yield narrowed(key.scope.services.has(candidate.service), "the services of the key's scope");
  }
  const scope = key.scope[kind];
  if (scope !== null) yield narrowed(scope.has(id), `the ${kind} of the key's scope`);
}

function narrowed(holds: boolean, what: string): ChainLink {
  return { holds, says: `${what} ${holds ? "leave it" : "leave it out"}` };
}

function subscribed(
  index: ArtifactIndex,
  { app }: Question,
  { service, subscriptions }: Candidate,
  use: Use | undefined,
): ChainLink {
  const row = index.artifact.apps[app];
  const named = `the application ${row?.name ?? ""}`;
  if (use?.subscription === null) return { holds: true, says: `${named} uses it by the config` };
  if (use !== undefined) return { holds: true, says: `${named} is subscribed to it (${use.subscription})` };
  const name = serviceName(index, service);
  const waiting = subscriptions.find((subscription) => subscription.service === name);
  if (waiting === undefined) return { holds: false, says: `${named} is not subscribed to it` };
  const state = waiting.state === "approved" ? "expired" : waiting.state;
  return { holds: false, says: `the subscription of ${named} is ${state} (${waiting.id})` };
}

function serviceName({ artifact }: ArtifactIndex, id: number): string {
  return artifact.services[id]?.name ?? "";
}
