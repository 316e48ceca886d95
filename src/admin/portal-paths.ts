import { LatchkeyError, toLatchkeyError } from "../kernel/error.ts";
import type { AdminParts } from "./admin-parts.ts";
import { errorReply } from "./engine/error-reply.ts";
import type { Identity } from "./identity/identity.ts";
import { type IdentityReply, type IdentityRequest, redirectReply } from "./identity/identity-http.ts";
import type { IdentitySettings } from "./identity/identity-settings.ts";
import type { Member } from "./identity/member.ts";
import { openPortalRoutes, SIGN_IN_PATH } from "./open-routes.ts";
import { may } from "./permissions.ts";
import { getSubscription } from "./subscriptions/list-subscriptions.ts";

/** The paths that the portal has; a segment that may be anything is an id. */
const paths = openPortalRoutes.map(
  (route) => new RegExp(`^${route.slice("GET ".length).replace(":id", "([\\w.~-]{1,200})")}$`),
);

/** What leads people on. */
export interface PortalParts {
  readonly parts: AdminParts;
  readonly identity: Pick<Identity, "authenticate">;
  readonly settings: () => IdentitySettings;
}

/** Whether a path is one of the portal. */
export function isPortalPath(path: string): boolean {
  return path === "/portal" || path.startsWith("/portal/");
}

/**
 * Leads people who follow a link of an error or an e-mail to what the admin API says of its subject, by way of signing
 * in. Never rejects.
 */
export async function answerPortalPath(
  portal: PortalParts,
  request: IdentityRequest,
): Promise<IdentityReply> {
  try {
    return await lead(portal, request);
  } catch (thrown) {
    const error = toLatchkeyError(thrown);
    if (error.status >= 500) portal.parts.logger.error("admin-failed", { path: request.path, error });
    return errorReply(error);
  }
}

async function lead(portal: PortalParts, request: IdentityRequest): Promise<IdentityReply> {
  const { path, method } = request;
  const found = paths.map((known) => known.exec(path)).find((match) => match !== null);
  if (found === undefined) {
    // As elsewhere: whoever is not signed in learns nothing, not even which paths there are.
    await portal.identity.authenticate(request);
    throw new LatchkeyError("LK-2006");
  }
  const [, id] = found;
  if (method !== "GET" && method !== "HEAD") {
    throw new LatchkeyError("LK-2007", undefined, { allow: "GET, HEAD" });
  }
  const { publicUrl, signIn } = portal.settings();
  const prefix = publicUrl === null ? "" : new URL(publicUrl).pathname.replace(/\/+$/, "");
  const member = await memberOf(portal, request);
  if (member === undefined) return redirectReply(prefix + signInPath(signIn.oidc, path));
  return redirectReply(
    `${prefix}/admin/v1${id === undefined ? "/me" : await subscriptionPath(portal, member, id)}`,
  );
}

async function memberOf({ identity }: PortalParts, request: IdentityRequest): Promise<Member | undefined> {
  try {
    return await identity.authenticate(request);
  } catch (thrown) {
    if (thrown instanceof LatchkeyError && thrown.code === "LK-2015") return undefined;
    throw thrown;
  }
}

/** Where there is one identity provider, it is the one; otherwise the ways there are. */
function signInPath(oidc: IdentitySettings["signIn"]["oidc"], returnTo: string): string {
  const [only, ...others] = oidc;
  if (only === undefined || others.length > 0) return SIGN_IN_PATH;
  return `${SIGN_IN_PATH}/start?${new URLSearchParams({ provider: only.name, returnTo })}`;
}

/** The subscription as its application's side sees it, or as the service's owner does. */
async function subscriptionPath({ parts }: PortalParts, member: Member, id: string): Promise<string> {
  const { appTenant, owner } = await getSubscription(parts, member, id);
  const isOwn = may(member, "subscription.read", appTenant);
  const [tenant, subject] = isOwn ? [appTenant, "subscriptions"] : [owner, "approvals"];
  return `/tenants/${encodeURIComponent(tenant)}/${subject}/${encodeURIComponent(id)}`;
}
