import type { JWTPayload } from "jose";
import { LatchkeyError } from "../../../kernel/error.ts";
import { digestOf } from "../../../kernel/hash.ts";
import type { SignInStateBody } from "../../../stores/records/identity-records.ts";
import type { IdentityParts } from "../identity-parts.ts";
import type { OidcSettings } from "../identity-settings.ts";
import { isSameText } from "../same-text.ts";
import { requireClientSecret } from "./client-secret.ts";
import { verifyIdToken } from "./id-token.ts";
import type { FindIssuer, Issuer } from "./issuer.ts";
import { type OidcIdentity, readIdentity } from "./read-identity.ts";
import { redeemCode } from "./redeem-code.ts";
import { fetchUserInfo } from "./user-info.ts";

/** What came back with the browser. */
export interface SignInReturn {
  readonly query: URLSearchParams;
  /** Text of the cookie of `beginSignIn`. */
  readonly browser: string | undefined;
  readonly redirectUri: string;
}

/** A sign-in that has succeeded. */
export interface FinishedSignIn extends OidcIdentity {
  readonly returnTo: string;
}

/**
 * Finishes a sign-in. Its state is used up first, so that whatever goes wrong, nothing can be tried a second time.
 * @throws LatchkeyError LK-2024 (the reason is for the log), LK-2025
 */
export async function finishSignIn(
  parts: IdentityParts,
  findIssuer: FindIssuer,
  provider: OidcSettings,
  back: SignInReturn,
): Promise<FinishedSignIn> {
  const state = await takeState(parts, only(back.query, "state"), back.browser);
  if (state.issuer !== provider.issuer) throw refused("the sign-in was begun at another issuer");
  const issuer = await findIssuer(provider.issuer);
  checkIssuer(back.query, issuer);
  const problem = only(back.query, "error");
  if (problem !== undefined) throw refused(`the identity provider answered ${problem.slice(0, 60)}`);
  const code = only(back.query, "code");
  if (code === undefined) throw refused("there is no code");
  const clientSecret = requireClientSecret(parts, provider);
  const { clientId } = provider;
  const request = {
    code,
    codeVerifier: state.codeVerifier,
    redirectUri: back.redirectUri,
    clientId,
    clientSecret,
  };
  const tokens = await redeemCode(parts.call, issuer.metadata, request);
  const expected = { issuer: provider.issuer, clientId, nonce: state.nonce, nowMs: parts.clock.now() };
  const claims = await verifyIdToken(tokens.idToken, issuer.keys, expected);
  const all = await withUserInfo(parts, provider, issuer, claims, tokens.accessToken);
  return { ...readIdentity(all, provider), returnTo: state.returnTo };
}

/** The state of a sign-in that this browser has begun; there is none after this, whether it was the right browser or not. */
async function takeState(
  parts: Pick<IdentityParts, "records" | "clock">,
  id: string | undefined,
  browser: string | undefined,
): Promise<SignInStateBody> {
  if (id === undefined || !/^[0-9A-Za-z]{43}$/.test(id)) throw refused("there is no state");
  if (browser === undefined) throw refused("the browser's cookie is missing");
  const record = await parts.records.transact(async (transaction) => {
    const found = await transaction.get("sign-in-state", id);
    if (found !== undefined) await transaction.remove("sign-in-state", id);
    return found;
  });
  if (record === undefined) throw refused("the state is unknown or was used before");
  if (!isSameText(record.body.browser, digestOf(browser))) throw refused("the state is another browser's");
  if (parts.clock.now() >= record.body.expiresAtMs) throw refused("the sign-in took too long");
  return record.body;
}

/** An answer that comes from another issuer than the one that was asked: RFC 9207. */
function checkIssuer(query: URLSearchParams, { metadata }: Issuer): void {
  const named = only(query, "iss");
  if (named === undefined ? metadata.namesItself : named !== metadata.issuer) {
    throw refused("the answer does not name the issuer that was asked");
  }
}

/** Claims of the ID token, with what it lacks. Nothing of the token is replaced. */
async function withUserInfo(
  parts: Pick<IdentityParts, "call">,
  provider: OidcSettings,
  { metadata }: Issuer,
  claims: JWTPayload,
  accessToken: string | null,
): Promise<Readonly<Record<string, unknown>>> {
  const isComplete = ["email", provider.groupsClaim].every((name) => Object.hasOwn(claims, name));
  if (isComplete || metadata.userinfoEndpoint === null || accessToken === null) return claims;
  const more = await fetchUserInfo(parts.call, metadata.userinfoEndpoint, accessToken, claims.sub ?? "");
  const { email, email_verified, ...rest } = more;
  return { ...rest, ...claims, ...verifiedAddress(claims, { email, email_verified }) };
}

/** An address, and whether that very address is verified: never the one from here and the other from there. */
function verifiedAddress(
  claims: JWTPayload,
  more: Readonly<Record<"email" | "email_verified", unknown>>,
): Readonly<Record<"email" | "email_verified", unknown>> {
  const { email, email_verified } = claims;
  const isSame = email === undefined || email === more.email;
  return email_verified === undefined || email === undefined
    ? isSame
      ? more
      : { email, email_verified }
    : { email, email_verified };
}

/** The one value of a parameter. @throws LatchkeyError LK-2024 where it occurs twice */
function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length > 1) throw refused(`${name} occurs twice`);
  return values[0];
}

function refused(internal: string): LatchkeyError {
  return new LatchkeyError("LK-2024", undefined, { internal });
}
