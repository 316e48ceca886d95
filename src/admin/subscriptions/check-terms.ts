import { offerKinds } from "../../artifact/offer-kind.ts";
import { isKeyEnvironment } from "../../kernel/api-key.ts";
import type { SubscriptionTerms } from "../../stores/records/subscription-record.ts";
import { checkCount, checkList, wrongField } from "../check-input.ts";
import { checkOffered, type Offers } from "../offers.ts";
import { opensAnything } from "./terms.ts";

/**
 * Checks what an application asks of a service.
 * @param offers of the service, to the application's tenant
 * @throws LatchkeyError LK-2102 with the field at fault
 */
export function checkAskedTerms(terms: SubscriptionTerms, offers: Offers): void {
  for (const kind of offerKinds) {
    checkList(terms[kind] ?? [], `terms.${kind}`);
    checkOffered(terms[kind], offers[kind], `terms.${kind}`, "refused");
  }
  checkLimits(terms);
  if (!opensAnything(offers, terms)) throw wrongField("terms", "This asks for nothing.");
}

/**
 * Checks what a decision names: where a name is written wrong, an approval would leave less than was meant, and nobody
 * would see it.
 * @param offers of the service, to the application's tenant
 * @throws LatchkeyError LK-2102 with the place of the first name of nothing
 */
export function checkNarrowedTerms(terms: Partial<SubscriptionTerms>, offers: Offers): void {
  for (const kind of offerKinds) {
    checkList(terms[kind] ?? [], `terms.${kind}`);
    checkOffered(terms[kind] ?? null, offers[kind], `terms.${kind}`, "taken");
  }
}

/**
 * Checks what of a subscription's terms does not depend on its service.
 * @throws LatchkeyError LK-2102 with the field at fault
 */
export function checkLimits({
  environments,
  requestsPerMinute,
}: Partial<Pick<SubscriptionTerms, "environments" | "requestsPerMinute">>): void {
  const list = environments ?? [];
  checkList(list, "terms.environments");
  const wrong = list.findIndex((environment) => !isKeyEnvironment(environment));
  if (wrong !== -1) {
    throw wrongField(
      `terms.environments[${wrong}]`,
      "An environment is 1 to 16 lower-case letters or digits.",
    );
  }
  if (requestsPerMinute !== null && requestsPerMinute !== undefined) {
    checkCount(requestsPerMinute, "terms.requestsPerMinute", 1);
  }
}
