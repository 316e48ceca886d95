import { createIdentity, type Identity } from "../../src/admin/identity/identity.ts";
import type { IdentityReply, IdentityRequest } from "../../src/admin/identity/identity-http.ts";
import type { IdentityParts } from "../../src/admin/identity/identity-parts.ts";
import type { IdentitySettings, OidcSettings } from "../../src/admin/identity/identity-settings.ts";
import { createOutboundCall } from "../../src/admin/identity/oidc/outbound-call.ts";
import { startSession } from "../../src/admin/identity/sessions.ts";
import { createFixedClock, type FixedClock } from "./fixed-clock.ts";
import { memoryRecords } from "./memory-records.ts";

export const ORIGIN = "https://gateway.example";

/** Settings with two tenants: ada owns the shop, bob views the bank, the group `staff` develops in the shop. */
export const identitySettings: IdentitySettings = {
  publicUrl: ORIGIN,
  operators: ["Root@example.com"],
  tenants: [
    { name: "shop", members: [["Ada@example.com", "owner"]], groups: [["staff", "developer"]] },
    { name: "bank", members: [["bob@example.com", "viewer"]], groups: [] },
  ],
  signIn: { oidc: [], link: true, sessionMs: 12 * 3_600_000, idleMs: 3_600_000 },
  artifact: "artifact-1",
};

/** Settings of an identity provider. */
export function oidcSettings(issuer: string, change: Partial<OidcSettings> = {}): OidcSettings {
  return {
    name: "work",
    issuer,
    clientId: "latchkey",
    clientSecret: { kind: "secret", source: "env", name: "OIDC_SECRET" },
    scopes: ["email", "groups"],
    groupsClaim: "groups",
    allowedDomains: null,
    ...change,
  };
}

/** Identity over records in memory. */
export interface IdentityFixture {
  readonly parts: IdentityParts;
  readonly clock: FixedClock;
  readonly identity: Identity;
  /** As if a new artifact came into force. */
  readonly deploy: (change: Partial<IdentitySettings>) => void;
}

/** Makes one. @param startMs time at which its clock stands */
export function createIdentityFixture(
  change: Partial<IdentitySettings> = {},
  startMs = 1_800_000_000_000,
): IdentityFixture {
  let settings = { ...identitySettings, ...change };
  const clock = createFixedClock(startMs);
  const parts: IdentityParts = {
    records: memoryRecords(clock.now),
    clock,
    settings: () => settings,
    secrets: () => "client-secret-of-32-characters-000",
    call: createOutboundCall(),
  };
  const deploy = (next: Partial<IdentitySettings>): void => {
    settings = { ...settings, ...next };
  };
  return { parts, clock, identity: createIdentity(parts), deploy };
}

/** A request; headers by names in lower case. */
export function identityRequest(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body = "",
): IdentityRequest {
  const [path = "", query = ""] = target.split("?", 2);
  const all = new Headers({ host: "gateway.example", ...headers });
  return {
    method,
    path,
    query,
    headers: all,
    remoteAddress: "192.0.2.7",
    readBody: async () => new TextEncoder().encode(body),
  };
}

/** The value of a cookie that a reply sets. */
export function cookieOf(reply: IdentityReply, name: string): string | undefined {
  const lines = reply.headers.filter(([header]) => header === "set-cookie").map(([, value]) => value);
  return lines
    .find((line) => line.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(";")[0];
}

/** A header of a reply. */
export function headerOf(reply: IdentityReply, name: string): string | undefined {
  return reply.headers.find(([header]) => header === name)?.[1];
}

/** Signs a member in, and gives the cookie header and the CSRF token of the session. */
export async function signInAs(
  { parts, identity }: IdentityFixture,
  member: string,
): Promise<{ readonly cookie: string; readonly csrf: string; readonly session: string }> {
  const text = await startSession(
    parts,
    { member, means: "link", groups: [], address: "192.0.2.7" },
    undefined,
  );
  const cookie = `__Host-latchkey=${text}`;
  const found = await identity.authenticate(identityRequest("GET", "/admin/v1/me", { cookie }));
  return { cookie, csrf: found.csrf ?? "", session: found.credential ?? "" };
}

/** The code of the error that a call ends with; fails where it succeeds. */
export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return (error as { readonly code?: unknown }).code ?? error;
  }
  throw new Error("The call succeeded.");
}
