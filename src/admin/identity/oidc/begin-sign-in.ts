import { randomText } from "../../../kernel/checked-text.ts";
import { digestOf } from "../../../kernel/hash.ts";
import type { IdentityParts } from "../identity-parts.ts";
import type { OidcSettings } from "../identity-settings.ts";
import { requireClientSecret } from "./client-secret.ts";
import type { FindIssuer } from "./issuer.ts";

/** How long a sign-in may take, milliseconds. */
export const SIGN_IN_MS = 600_000;

/** A sign-in that has begun. */
export interface BegunSignIn {
  /** Address at the identity provider to send the browser to. */
  readonly location: string;
  /** Text of the cookie without which the sign-in cannot be finished. */
  readonly browser: string;
}

/**
 * Begins a sign-in at an identity provider: authorization code with PKCE, `state`, `nonce` and a cookie.
 * @param redirectUri where the provider sends the browser back to; one for each provider
 * @param returnTo a path that `readReturnPath` gave
 * @throws LatchkeyError LK-2025
 */
export async function beginSignIn(
  parts: Pick<IdentityParts, "records" | "clock" | "secrets">,
  findIssuer: FindIssuer,
  provider: OidcSettings,
  redirectUri: string,
  returnTo: string,
): Promise<BegunSignIn> {
  // Else people would find out only when they come back from there.
  requireClientSecret(parts, provider);
  const { metadata } = await findIssuer(provider.issuer);
  const state = randomText(43);
  const nonce = randomText(43);
  const codeVerifier = randomText(64);
  const browser = randomText(43);
  const expiresAtMs = parts.clock.now() + SIGN_IN_MS;
  const body = {
    issuer: provider.issuer,
    nonce,
    codeVerifier,
    returnTo,
    browser: digestOf(browser),
    expiresAtMs,
  };
  await parts.records.transact((transaction) =>
    transaction.insert({ kind: "sign-in-state", id: state, tenant: null, body }),
  );
  const location = new URL(metadata.authorizationEndpoint);
  const query = {
    response_type: "code",
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    scope: [...new Set(["openid", ...provider.scopes])].join(" "),
    state,
    nonce,
    code_challenge: Bun.SHA256.hash(codeVerifier, "base64")
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace(/=+$/, ""),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(query)) location.searchParams.set(name, value);
  return { location: location.href, browser };
}
