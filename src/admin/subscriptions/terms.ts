import { coversName, coversVersion } from "../../artifact/named-version.ts";
import { type OfferKind, offerKinds } from "../../artifact/offer-kind.ts";
import type { SubscriptionTerms } from "../../stores/records/subscription-record.ts";
import { wrongField } from "../check-input.ts";
import type { Offers } from "../offers.ts";

/** Terms that narrow what was asked for; what is absent stays as asked. */
export type NarrowedTerms = Partial<SubscriptionTerms>;

type List = readonly string[] | null;

/**
 * What a decision allows of what was asked for.
 * @throws LatchkeyError LK-2102 with the member that is wider than what was asked for
 */
export function narrowTerms(asked: SubscriptionTerms, wanted: NarrowedTerms): SubscriptionTerms {
  const granted = { ...asked, ...defined(wanted) };
  for (const kind of [...offerKinds, "environments"] as const) {
    if (coversList(asked[kind], granted[kind])) continue;
    throw wrongField(`terms.${kind}`, "This is more than what was asked for.");
  }
  if (!coversRate(asked.requestsPerMinute, granted.requestsPerMinute)) {
    throw wrongField("terms.requestsPerMinute", "This is more than what was asked for.");
  }
  return granted;
}

/** Whether terms allow nothing that others do not allow. */
export function coversTerms(wide: SubscriptionTerms, narrow: SubscriptionTerms): boolean {
  return (
    [...offerKinds, "environments" as const].every((kind) => coversList(wide[kind], narrow[kind])) &&
    coversRate(wide.requestsPerMinute, narrow.requestsPerMinute)
  );
}

/** What both of two terms allow. */
export function intersectTerms(one: SubscriptionTerms, other: SubscriptionTerms): SubscriptionTerms {
  const rates = [one.requestsPerMinute, other.requestsPerMinute].filter((rate) => rate !== null);
  return {
    models: intersectLists(one.models, other.models),
    endpoints: intersectLists(one.endpoints, other.endpoints),
    backends: intersectLists(one.backends, other.backends),
    environments: intersectLists(one.environments, other.environments),
    requestsPerMinute: rates.length === 0 ? null : Math.min(...rates),
  };
}

/** Whether terms leave anything of an offer. */
export function opensAnything(offers: Offers, terms: SubscriptionTerms): boolean {
  if (terms.environments?.length === 0) return false;
  const isLeft = (kind: OfferKind): boolean => {
    const names = terms[kind];
    return offers[kind].some((offer) => names === null || names.some((name) => coversVersion(name, offer)));
  };
  return offerKinds.some(isLeft);
}

/** Whether terms narrow anything at all. */
export function narrowsAnything(terms: SubscriptionTerms): boolean {
  return [...offerKinds, "environments" as const, "requestsPerMinute" as const].some(
    (member) => terms[member] !== null,
  );
}

function listCovers(wide: readonly string[], name: string): boolean {
  return wide.some((one) => coversName(one, name));
}

function coversList(wide: List, narrow: List): boolean {
  if (wide === null) return true;
  return narrow?.every((name) => listCovers(wide, name)) ?? false;
}

function intersectLists(one: List, other: List): List {
  if (one === null) return other;
  if (other === null) return one;
  const both = [
    ...one.filter((name) => listCovers(other, name)),
    ...other.filter((name) => listCovers(one, name)),
  ];
  return [...new Set(both)];
}

function coversRate(wide: number | null, narrow: number | null): boolean {
  return wide === null || (narrow !== null && narrow <= wide);
}

function defined(terms: NarrowedTerms): NarrowedTerms {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
}
