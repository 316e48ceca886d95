import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { Provider } from "oidc-provider";

/** A person at the identity provider. */
export interface OidcPerson {
  readonly email: string;
  readonly email_verified: boolean;
  readonly groups: readonly string[];
}

/** A real OpenID provider on loopback. */
export interface OidcProviderFixture {
  readonly issuer: string;
  /** Signs in there as a person would, with forms and cookies. @returns where the browser is sent back to */
  readonly signIn: (location: string, login: string) => Promise<URL>;
  readonly stop: () => Promise<void>;
}

/** Starts one with a client named `latchkey`. @param people by what they type as their login */
export async function startOidcProvider(
  redirectUri: string,
  clientSecret: string,
  people: Readonly<Record<string, OidcPerson>>,
): Promise<OidcProviderFixture> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key: JWK = { ...(await exportJWK(privateKey)), kid: "real-1", use: "sig", alg: "RS256" };
  const provider = new Provider(issuer, {
    clients: [{ client_id: "latchkey", client_secret: clientSecret, redirect_uris: [redirectUri] }],
    jwks: { keys: [key] },
    cookies: { keys: ["cookie-signing-key"] },
    scopes: ["openid", "email", "groups"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], groups: ["groups"] },
    pkce: { required: () => true },
    async findAccount(_context, sub) {
      const person = people[sub];
      return person === undefined
        ? undefined
        : { accountId: sub, claims: async () => ({ sub, ...person, groups: [...person.groups] }) };
    },
  });
  const server: Server = await new Promise((resolve) => {
    const listening: Server = provider.listen(port, "127.0.0.1", () => resolve(listening));
  });
  return {
    issuer,
    signIn: (location, login) => walkThrough(issuer, location, login),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Follows redirects and fills in the forms for signing in and consenting, until the browser leaves the provider. */
async function walkThrough(issuer: string, start: string, login: string): Promise<URL> {
  const jar = new Map<string, string>();
  let target = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(target, {
      method: form === undefined ? "GET" : "POST",
      headers: { cookie },
      redirect: "manual",
      ...(form === undefined ? {} : { body: form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";")[0]?.split(/=(.*)/s) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    const page = await answer.text();
    if (location !== null) {
      const next = new URL(location, target);
      if (next.origin !== issuer) return next;
      target = next.href;
      form = undefined;
      continue;
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined)
      throw new Error(`The provider shows no form: ${answer.status} ${page.slice(0, 300)}`);
    form = new URLSearchParams({ prompt, login, password: "any" });
    target = /<form[^>]* action="([^"]+)"/.exec(page)?.[1] ?? target;
    target = new URL(target, issuer).href;
  }
  throw new Error("The provider never lets go.");
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
