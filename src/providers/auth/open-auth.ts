import type { ArtifactAuth } from "../../artifact/artifact.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { SecretRef } from "../../kernel/secret.ts";
import { renderRequestHead } from "../../upstream/request-head.ts";
import type { HeaderPair, ProviderConnection } from "../provider.ts";
import { entraExchange } from "./entra-token.ts";
import { googleExchange, readServiceAccount } from "./google-token.ts";
import { Sigv4Signer } from "./sigv4.ts";
import { type TokenExchange, TokenSource } from "./token-source.ts";

/** What a provider's credential needs. */
interface AuthDependencies {
  /** A secret's value; empty where it is missing, of which `isComplete` then tells. */
  readonly resolve: (ref: SecretRef) => string;
  readonly isComplete: () => boolean;
  readonly clock: Clock;
}

/** A credential that is ready to be used. */
export interface OpenAuth extends Pick<ProviderConnection, "authorize"> {
  /** What every head carries. */
  readonly headers: readonly HeaderPair[];
  /** Headers, in lower case, that only the credential may set. */
  readonly reserved: readonly string[];
}

const AUTHORIZATION = "authorization";

/**
 * Makes a credential ready; undefined where secrets are missing.
 * @throws UnusableCredential for one that is none, LatchkeyError LK-6001 for a value that no header can carry.
 */
export function openAuth(auth: ArtifactAuth, dependencies: AuthDependencies): OpenAuth | undefined {
  const { resolve, isComplete } = dependencies;
  switch (auth.kind) {
    case "none":
      return { headers: [], reserved: [] };
    case "bearer":
      return withHeader(AUTHORIZATION, `Bearer ${resolve(auth.token)}`);
    case "header":
      return withHeader(auth.name.toLowerCase(), resolve(auth.value));
    case "aws-sigv4":
      return openAws(auth, dependencies);
    case "google-service-account": {
      const json = resolve(auth.credentials);
      if (!isComplete()) return undefined;
      return withTokens(googleExchange(readServiceAccount(json)), dependencies);
    }
    case "azure-entra": {
      const { authority, scope } = auth;
      const [tenantId, clientId, clientSecret] = [auth.tenantId, auth.clientId, auth.clientSecret].map(
        resolve,
      );
      if (tenantId === undefined || clientId === undefined || clientSecret === undefined || !isComplete())
        return undefined;
      return withTokens(entraExchange({ authority, scope, tenantId, clientId, clientSecret }), dependencies);
    }
  }
}

function withHeader(name: string, value: string): OpenAuth {
  return { headers: [[name, value]], reserved: [name] };
}

/** Tokens change, so that each head is completed with the one of its moment. */
function withTokens(exchange: TokenExchange, { clock }: AuthDependencies): OpenAuth {
  const tokens = new TokenSource(exchange, clock);
  return { headers: [], reserved: [AUTHORIZATION], authorize: (head) => withToken(head, tokens.get()) };
}

function withToken(head: string, token: string | Promise<string>): string | Promise<string> {
  if (typeof token !== "string") return token.then((later) => withToken(head, later));
  return `${head}${AUTHORIZATION}: Bearer ${token}\r\n`;
}

function openAws(
  auth: Extract<ArtifactAuth, { kind: "aws-sigv4" }>,
  { resolve, clock }: AuthDependencies,
): OpenAuth {
  const credentials = {
    accessKeyId: resolve(auth.accessKeyId),
    secretAccessKey: resolve(auth.secretAccessKey),
    ...(auth.sessionToken === null ? {} : { sessionToken: resolve(auth.sessionToken) }),
  };
  const signer = new Sigv4Signer(credentials, auth.region, auth.service);
  checkHeaders(signer.sign({ ...trial, nowMs: clock.now() }));
  return {
    headers: [],
    reserved: [AUTHORIZATION, "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"],
    authorize(head, body) {
      const { method, path, host } = readHead(head);
      const signed = signer.sign({ method, path, host, body, nowMs: clock.now() });
      return head + signed.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    },
  };
}

const trial = { method: "GET", path: "/", host: "localhost", body: new Uint8Array() };

/** Signatures are added to heads as text, so that nothing in the credentials may begin a line of its own. */
function checkHeaders(headers: readonly HeaderPair[]): void {
  renderRequestHead({ ...trial, headers });
}

/** The parts of a head of `renderRequestHead` that are signed: its `host` is its first header. */
function readHead(head: string): { readonly method: string; readonly path: string; readonly host: string } {
  const [line = "", first = ""] = head.split("\r\n", 2);
  const [method = "", path = ""] = line.split(" ", 2);
  return { method, path, host: first.slice(first.indexOf(":") + 1).trim() };
}
