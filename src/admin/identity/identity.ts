import { createAttemptLimiter } from "./attempt-limiter.ts";
import { authenticateAdmin } from "./authenticate-admin.ts";
import type { IdentityReply, IdentityRequest } from "./identity-http.ts";
import type { IdentityParts } from "./identity-parts.ts";
import type { Member } from "./member.ts";
import { createFindIssuer } from "./oidc/issuer.ts";
import { handleSignIn } from "./sign-in-routes.ts";

/** Who calls the admin API, and how they sign in. */
export interface Identity {
  /** See `authenticateAdmin`. */
  readonly authenticate: (request: IdentityRequest) => Promise<Member>;
  /** Answers `/admin/sign-in` and what is below it; see `handleSignIn`. */
  readonly handleSignIn: (request: IdentityRequest) => Promise<IdentityReply>;
}

/** Puts identity together. It keeps attempts, issuers and their keys in memory; all else is in the records. */
export function createIdentity(parts: IdentityParts): Identity {
  const findIssuer = createFindIssuer(parts.call, parts.clock);
  const attempts = createAttemptLimiter(parts.clock);
  return {
    authenticate: (request) => authenticateAdmin(parts, request),
    handleSignIn: (request) => handleSignIn({ ...parts, findIssuer, attempts }, request),
  };
}
