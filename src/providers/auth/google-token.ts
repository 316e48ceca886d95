import { createPrivateKey, createSign, type KeyObject } from "node:crypto";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { parseOrigin } from "../../upstream/parse-origin.ts";
import type { TokenExchange } from "./token-source.ts";
import { UnusableCredential } from "./unusable-credential.ts";

/** A Google service account, as its key file tells it. */
export interface ServiceAccount {
  readonly clientEmail: string;
  readonly privateKey: KeyObject;
  readonly tokenUri: string;
}

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const DEFAULT_TOKEN_URI = "https://oauth2.googleapis.com/token";
/** What Google allows at most. */
const ASSERTION_LIFE_S = 3_600;

/**
 * Reads the JSON of a service account's key.
 * @throws UnusableCredential, which never repeats what was read.
 */
export function readServiceAccount(json: string): ServiceAccount {
  const value = tryParseJson(json);
  const { client_email, private_key, token_uri = DEFAULT_TOKEN_URI } = isJsonObject(value) ? value : {};
  if (typeof client_email !== "string" || typeof private_key !== "string" || typeof token_uri !== "string")
    throw new UnusableCredential("its Google credentials are not the JSON key of a service account");
  if (!isAddress(token_uri))
    throw new UnusableCredential("the token_uri of its Google credentials is no address");
  try {
    return { clientEmail: client_email, privateKey: createPrivateKey(private_key), tokenUri: token_uri };
  } catch {
    throw new UnusableCredential("the private_key of its Google credentials cannot be read");
  }
}

function isAddress(url: string): boolean {
  try {
    return parseOrigin(url).host !== "";
  } catch {
    return false;
  }
}

/**
 * Tokens of a service account, by the JWT bearer flow
 * (https://developers.google.com/identity/protocols/oauth2/service-account#httprest).
 */
export function googleExchange(account: ServiceAccount): TokenExchange {
  return {
    service: "Google's token service",
    url: account.tokenUri,
    form: (nowS) =>
      new URLSearchParams({
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: assertion(account, nowS),
      }),
  };
}

function assertion({ clientEmail, tokenUri, privateKey }: ServiceAccount, nowS: number): string {
  const claims = { iss: clientEmail, scope: SCOPE, aud: tokenUri, iat: nowS, exp: nowS + ASSERTION_LIFE_S };
  const text = `${base64Url({ alg: "RS256", typ: "JWT" })}.${base64Url(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
}

function base64Url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
