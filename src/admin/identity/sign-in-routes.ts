import { LatchkeyError } from "../../kernel/error.ts";
import { type openSignInRoutes, SIGN_IN_PATH } from "../open-routes.ts";
import type { AttemptLimiter } from "./attempt-limiter.ts";
import { cookieLine, cookieName, readCookie } from "./cookies.ts";
import { checkCsrfToken, checkOrigin } from "./csrf.ts";
import {
  emptyReply,
  type IdentityReply,
  type IdentityRequest,
  jsonReply,
  pageReply,
  redirectReply,
} from "./identity-http.ts";
import type { IdentityParts } from "./identity-parts.ts";
import type { OidcSettings } from "./identity-settings.ts";
import { findMember } from "./member.ts";
import { beginSignIn, SIGN_IN_MS } from "./oidc/begin-sign-in.ts";
import { clientSecretOf } from "./oidc/client-secret.ts";
import { finishSignIn } from "./oidc/finish-sign-in.ts";
import type { FindIssuer } from "./oidc/issuer.ts";
import { type PublicAddress, publicAddressOf } from "./public-origin.ts";
import { DEFAULT_RETURN_PATH, readReturnPath } from "./return-path.ts";
import { endSession, type SignedIn, startSession, useSession } from "./sessions.ts";
import { redeemSignInLink } from "./sign-in-link.ts";
import { signInPage } from "./sign-in-page.ts";

const CALLBACK = /^\/admin\/sign-in\/callback\/[^/]+$/;

/** The form of a link's page, which holds its token. */
const MAX_FORM_BYTES = 16 * 1024;

/** What the routes stand on. */
export interface SignInParts extends IdentityParts {
  readonly findIssuer: FindIssuer;
  readonly attempts: AttemptLimiter;
}

type Handler = (
  parts: SignInParts,
  request: IdentityRequest,
  address: PublicAddress,
) => Promise<IdentityReply>;

/** All of it: what is listed as open, and what asks for a session itself. */
type Route = (typeof openSignInRoutes)[number] | "POST /admin/sign-in/sign-out";

const handlers: Readonly<Record<Route, Handler>> = {
  "GET /admin/sign-in": listWays,
  "GET /admin/sign-in/start": start,
  "GET /admin/sign-in/callback/:provider": callBack,
  "GET /admin/sign-in/link": showLink,
  "POST /admin/sign-in/link": useLink,
  "POST /admin/sign-in/sign-out": signOut,
};

/** Path → method → handler. */
const routes = new Map<string, Map<string, Handler>>();
for (const [route, handler] of Object.entries(handlers)) {
  const [method = "", path = ""] = route.split(" ");
  routes.set(path, (routes.get(path) ?? new Map<string, Handler>()).set(method, handler));
}

/** The handlers of a path by method; `undefined` where nothing is. */
function handlersAt(path: string): ReadonlyMap<string, Handler> | undefined {
  return routes.get(path.replace(CALLBACK, `${SIGN_IN_PATH}/callback/:provider`));
}

/** Whether something of signing in is at a path. */
export function isSignInPath(path: string): boolean {
  return handlersAt(path) !== undefined;
}

/**
 * Answers what is below `/admin/sign-in`: `GET` the ways to sign in, `GET start?provider=…&returnTo=…`,
 * `GET callback/<provider>`, `GET|POST link`, `POST sign-out`.
 * @throws LatchkeyError LK-2006, LK-2007, LK-2014 (nobody's member), LK-2015, LK-2018, LK-2019, LK-2023, LK-2024,
 * LK-2025, LK-2102
 */
export async function handleSignIn(parts: SignInParts, request: IdentityRequest): Promise<IdentityReply> {
  const methods = handlersAt(request.path);
  if (methods === undefined) throw new LatchkeyError("LK-2006");
  const handler = methods.get(request.method);
  if (handler === undefined) {
    throw new LatchkeyError("LK-2007", undefined, { allow: [...methods.keys()].join(", ") });
  }
  return handler(parts, request, publicAddressOf(parts.settings().publicUrl, request));
}

async function listWays(
  parts: SignInParts,
  _: IdentityRequest,
  { prefix }: PublicAddress,
): Promise<IdentityReply> {
  const { oidc, link } = parts.settings().signIn;
  const usable = oidc.filter((provider) => clientSecretOf(parts, provider) !== undefined);
  const providers = usable.map(({ name }) => ({
    kind: "oidc",
    name,
    start: `${prefix}${SIGN_IN_PATH}/start?provider=${encodeURIComponent(name)}`,
  }));
  return jsonReply(200, {
    ways: [...providers, ...(link ? [{ kind: "link", command: "latchkey sign-in" }] : [])],
  });
}

async function start(
  parts: SignInParts,
  request: IdentityRequest,
  address: PublicAddress,
): Promise<IdentityReply> {
  parts.attempts.take(request.remoteAddress);
  const query = new URLSearchParams(request.query);
  const provider = findProvider(parts, query.get("provider") ?? "");
  if (provider === undefined) {
    throw new LatchkeyError("LK-2102", "There is no identity provider of this name.", { param: "provider" });
  }
  const returnTo = readReturnPath(query.get("returnTo") ?? DEFAULT_RETURN_PATH);
  if (returnTo === undefined) {
    throw new LatchkeyError("LK-2102", "This is not a path of the gateway.", { param: "returnTo" });
  }
  const begun = await beginSignIn(
    parts,
    parts.findIssuer,
    provider,
    redirectUri(address, provider),
    returnTo,
  );
  return redirectReply(begun.location, [cookieLine("sign-in", begun.browser, address.isSecure, SIGN_IN_MS)]);
}

async function callBack(
  parts: SignInParts,
  request: IdentityRequest,
  address: PublicAddress,
): Promise<IdentityReply> {
  parts.attempts.take(request.remoteAddress);
  const written = request.path.slice(`${SIGN_IN_PATH}/callback/`.length);
  const provider = parts.settings().signIn.oidc.find(({ name }) => encodeURIComponent(name) === written);
  if (provider === undefined) throw new LatchkeyError("LK-2006");
  const finished = await finishSignIn(parts, parts.findIssuer, provider, {
    query: new URLSearchParams(request.query),
    browser: readCookie(request, cookieName("sign-in", address.isSecure)),
    redirectUri: redirectUri(address, provider),
  });
  const signedIn = { member: finished.address, means: "oidc", groups: finished.groups } as const;
  const cookie = await signIn(parts, request, address, { ...signedIn, address: request.remoteAddress });
  const over = cookieLine("sign-in", "", address.isSecure, 0);
  return redirectReply(address.origin + address.prefix + finished.returnTo, [cookie, over]);
}

async function showLink(
  _: SignInParts,
  request: IdentityRequest,
  { prefix }: PublicAddress,
): Promise<IdentityReply> {
  const token = new URLSearchParams(request.query).get("token") ?? "";
  return pageReply(signInPage(token, `${prefix}${SIGN_IN_PATH}/link`));
}

async function useLink(
  parts: SignInParts,
  request: IdentityRequest,
  address: PublicAddress,
): Promise<IdentityReply> {
  parts.attempts.take(request.remoteAddress);
  // Else another site could sign a browser in as somebody else, who then sees what is done there.
  checkOrigin(request, address.origin);
  const form = new URLSearchParams(new TextDecoder().decode(await request.readBody(MAX_FORM_BYTES)));
  const member = await redeemSignInLink(parts, form.get("token") ?? "");
  if (member === undefined) {
    throw new LatchkeyError(
      "LK-2024",
      "This link was used before or is too old: `latchkey sign-in` prints another.",
    );
  }
  const signedIn = { member, means: "link", groups: [], address: request.remoteAddress } as const;
  const cookie = await signIn(parts, request, address, signedIn);
  return redirectReply(address.origin + address.prefix + DEFAULT_RETURN_PATH, [cookie]);
}

async function signOut(
  parts: SignInParts,
  request: IdentityRequest,
  address: PublicAddress,
): Promise<IdentityReply> {
  const cookie = readCookie(request, cookieName("session", address.isSecure));
  const session = cookie === undefined ? undefined : await useSession(parts, cookie);
  if (session === undefined) throw new LatchkeyError("LK-2015");
  checkOrigin(request, address.origin);
  checkCsrfToken(request, session.body.csrf);
  await endSession(parts, session.body.member, session.id, request.remoteAddress);
  return emptyReply([cookieLine("session", "", address.isSecure, 0)]);
}

/** Begins a session for somebody who is a member. */
async function signIn(
  parts: SignInParts,
  request: IdentityRequest,
  { isSecure }: PublicAddress,
  signedIn: SignedIn,
): Promise<readonly [name: string, value: string]> {
  const settings = parts.settings();
  const { member: address, groups } = signedIn;
  if (findMember(settings, { address, groups, means: "session", credential: null }) === undefined) {
    throw new LatchkeyError(
      "LK-2014",
      "You are known to the identity provider, but have no role in any tenant.",
      {
        internal: `${address} has no role`,
      },
    );
  }
  const former = readCookie(request, cookieName("session", isSecure));
  const cookie = await startSession(parts, signedIn, former);
  return cookieLine("session", cookie, isSecure, settings.signIn.sessionMs);
}

function findProvider(parts: SignInParts, name: string): OidcSettings | undefined {
  return parts.settings().signIn.oidc.find((provider) => provider.name === name);
}

/** One for each provider, so that the answer of one cannot be taken for another's. */
function redirectUri({ origin, prefix }: PublicAddress, { name }: OidcSettings): string {
  return `${origin}${prefix}${SIGN_IN_PATH}/callback/${encodeURIComponent(name)}`;
}
