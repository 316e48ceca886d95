import { LatchkeyError } from "../../kernel/error.ts";
import { findAccessToken } from "./access-tokens.ts";
import { cookieName, readCookie } from "./cookies.ts";
import { checkCsrfToken, checkOrigin, isWrite } from "./csrf.ts";
import type { IdentityRequest } from "./identity-http.ts";
import type { RecordParts } from "./identity-parts.ts";
import { findMember, type Member } from "./member.ts";
import { publicAddressOf } from "./public-origin.ts";
import { useSession } from "./sessions.ts";

/**
 * Who sends a request to the admin API: the bearer of an access token, or of a session's cookie. Roles are those of
 * the artifact in force now. Where an `Authorization` header was sent, cookies are not looked at.
 * @throws LatchkeyError LK-2015 (nobody, in the same words for every reason), LK-2019 (a write that another site's
 * page may have sent), LK-2023 (at an address that is not the gateway's)
 */
export async function authenticateAdmin(parts: RecordParts, request: IdentityRequest): Promise<Member> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return bearerOf(parts, authorization);
  const address = publicAddressOf(parts.settings().publicUrl, request);
  const cookie = readCookie(request, cookieName("session", address.isSecure));
  const session = cookie === undefined ? undefined : await useSession(parts, cookie);
  if (session === undefined) throw notSignedIn("no live session");
  const { member, groups, csrf } = session.body;
  if (isWrite(request.method)) {
    checkOrigin(request, address.origin);
    checkCsrfToken(request, csrf);
  }
  const claims = { address: member, groups, means: "session", credential: session.id, csrf } as const;
  return findMember(parts.settings(), claims) ?? refuse("the member of the session has no role any more");
}

async function bearerOf(parts: RecordParts, authorization: string): Promise<Member> {
  const text = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  const token = text === undefined ? undefined : await findAccessToken(parts, text);
  if (token === undefined) throw notSignedIn("no valid access token");
  const { member, groups, permissions } = token.body;
  const claims = { address: member, groups, permissions, means: "token", credential: token.id } as const;
  return findMember(parts.settings(), claims) ?? refuse("the member of the token has no role any more");
}

function refuse(internal: string): never {
  throw notSignedIn(internal);
}

function notSignedIn(internal: string): LatchkeyError {
  return new LatchkeyError("LK-2015", undefined, { internal });
}
