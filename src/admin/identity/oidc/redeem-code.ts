import { LatchkeyError } from "../../../kernel/error.ts";
import { isJsonObject, tryParseJson } from "../../../kernel/json.ts";
import type { IssuerMetadata } from "./issuer-metadata.ts";
import { issuerProblem, type OutboundCall } from "./outbound-call.ts";

/** A code and what proves that it is ours. */
export interface CodeToRedeem {
  readonly code: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What is given for it. */
export interface IssuedTokens {
  readonly idToken: string;
  readonly accessToken: string | null;
}

/**
 * Exchanges a code for tokens.
 * @throws LatchkeyError LK-2024 where the issuer refuses, LK-2025 where its answer cannot be used
 * @see https://openid.net/specs/openid-connect-core-1_0.html#TokenRequest
 */
export async function redeemCode(
  call: OutboundCall,
  metadata: IssuerMetadata,
  request: CodeToRedeem,
): Promise<IssuedTokens> {
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code: request.code,
    redirect_uri: request.redirectUri,
    code_verifier: request.codeVerifier,
  });
  const headers: Record<string, string> = {
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded",
  };
  if (metadata.secretInBody) {
    form.set("client_id", request.clientId);
    form.set("client_secret", request.clientSecret);
  } else {
    headers["authorization"] = basicCredentials(request.clientId, request.clientSecret);
  }
  const answer = await call({ method: "POST", url: metadata.tokenEndpoint, headers, body: form.toString() });
  const tokens = tryParseJson(answer.body);
  if (answer.status !== 200) throw refusedBy(answer.status, tokens);
  if (!isJsonObject(tokens) || typeof tokens["id_token"] !== "string") {
    throw issuerProblem("the answer of the token endpoint has no id_token");
  }
  const accessToken = tokens["access_token"];
  return { idToken: tokens["id_token"], accessToken: typeof accessToken === "string" ? accessToken : null };
}

/** As a form writes them, and then as RFC 7617 does: RFC 6749, section 2.3.1. */
function basicCredentials(clientId: string, clientSecret: string): string {
  const encode = (text: string): string => new URLSearchParams({ x: text }).toString().slice(2);
  return `Basic ${btoa(`${encode(clientId)}:${encode(clientSecret)}`)}`;
}

/** The error's name alone is repeated: descriptions may quote what was sent. */
function refusedBy(status: number, answer: unknown): LatchkeyError {
  const name =
    isJsonObject(answer) && typeof answer["error"] === "string" ? answer["error"].slice(0, 60) : "";
  const code = status >= 500 || name === "invalid_client" ? "LK-2025" : "LK-2024";
  return new LatchkeyError(code, undefined, { internal: `the token endpoint answered ${status} ${name}` });
}
