import { LatchkeyError } from "../../../kernel/error.ts";
import type { OidcSettings } from "../identity-settings.ts";
import { isAtDomain, readMemberAddress } from "../member-address.ts";

/** Groups that are kept of one member, and characters of each. */
const MAX_GROUPS = 1000;
const MAX_GROUP_LENGTH = 256;

/** Who an identity provider says somebody is. */
export interface OidcIdentity {
  readonly address: string;
  readonly groups: readonly string[];
}

/**
 * Reads the member's address and groups out of claims.
 * @throws LatchkeyError LK-2024 where there is no verified address, or one of a domain that may not sign in
 */
export function readIdentity(
  claims: Readonly<Record<string, unknown>>,
  settings: OidcSettings,
): OidcIdentity {
  const address = readMemberAddress(claims["email"]);
  if (address === undefined) throw refused("there is no e-mail address");
  // Some issuers write it as a text.
  const verified = claims["email_verified"];
  if (verified !== true && verified !== "true") throw refused("the e-mail address is not verified");
  if (settings.allowedDomains !== null && !isAtDomain(address, settings.allowedDomains)) {
    throw refused("the e-mail address is not of an allowed domain");
  }
  return { address, groups: readGroups(claims, settings.groupsClaim) };
}

function readGroups(claims: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const claim = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const list = typeof claim === "string" ? [claim] : Array.isArray(claim) ? claim : [];
  const isGroup = (group: unknown): group is string =>
    typeof group === "string" && group !== "" && group.length <= MAX_GROUP_LENGTH;
  return [...new Set(list.filter(isGroup))].slice(0, MAX_GROUPS);
}

function refused(internal: string): LatchkeyError {
  return new LatchkeyError("LK-2024", undefined, { internal });
}
