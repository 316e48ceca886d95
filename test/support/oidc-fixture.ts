import { createIdentity } from "../../src/admin/identity/identity.ts";
import type { OidcSettings } from "../../src/admin/identity/identity-settings.ts";
import {
  cookieOf,
  createIdentityFixture,
  headerOf,
  identityRequest,
  identitySettings,
  oidcSettings,
} from "./identity-fixture.ts";
import { createLyingIssuer, type Lies } from "./lying-issuer.ts";

/** Issuer of the provider `work`. */
export const HONEST = "https://issuer.example";

/** Issuer of the provider `evil`. */
export const EVIL = "https://evil.example";

/** Identity with two issuers that do as they are told, and sign-ins at them. */
export async function setUpOidc(change: Partial<OidcSettings> = {}) {
  const base = createIdentityFixture();
  const honest = await createLyingIssuer(HONEST, base.clock.now);
  const evil = await createLyingIssuer(EVIL, base.clock.now);
  const oidc = [oidcSettings(HONEST, change), oidcSettings(EVIL, { name: "evil" })];
  base.deploy({ signIn: { ...identitySettings.signIn, oidc } });
  const identity = createIdentity({
    ...base.parts,
    call: (request) => (request.url.startsWith(EVIL) ? evil : honest).call(request),
  });
  const begin = async (provider = "work") => {
    const reply = await identity.handleSignIn(
      identityRequest("GET", `/admin/sign-in/start?provider=${provider}`),
    );
    const location = new URL(headerOf(reply, "location") ?? "");
    (provider === "evil" ? evil : honest).remember(location);
    const cookie = `__Host-latchkey-sign-in=${cookieOf(reply, "__Host-latchkey-sign-in")}`;
    return { location, cookie, state: location.searchParams.get("state") ?? "" };
  };
  const comeBack = (query: string, cookie: string, provider = "work") =>
    identity.handleSignIn(identityRequest("GET", `/admin/sign-in/callback/${provider}?${query}`, { cookie }));
  const iss = encodeURIComponent(HONEST);
  /** A whole sign-in at the honest issuer, which lies as told. */
  const signIn = async (lies: Lies = {}, more = `&iss=${iss}`) => {
    honest.lie(lies);
    const { cookie, state } = await begin();
    return comeBack(`code=c&state=${state}${more}`, cookie);
  };
  return { ...base, identity, honest, evil, begin, comeBack, signIn, iss };
}
