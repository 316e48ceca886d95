import { isJsonObject, tryParseJson } from "../../../kernel/json.ts";
import { issuerProblem, type OutboundCall } from "./outbound-call.ts";

/** What an issuer says of itself, as far as it is used. */
export interface IssuerMetadata {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string | null;
  readonly jwksUri: string;
  /** Whether its answers in the browser always say whose they are (RFC 9207). */
  readonly namesItself: boolean;
  /** Whether the client's secret goes into the body, because the header is not taken. */
  readonly secretInBody: boolean;
}

/**
 * Asks an issuer for its metadata.
 * @throws LatchkeyError LK-2025 where it has none, or they speak of another issuer
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 */
export async function discoverIssuer(call: OutboundCall, issuer: string): Promise<IssuerMetadata> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  requireSafeUrl(url, "issuer");
  const answer = await call({ method: "GET", url, headers: { accept: "application/json" } });
  const document = answer.status === 200 ? tryParseJson(answer.body) : undefined;
  if (!isJsonObject(document)) throw issuerProblem(`${url} answered ${answer.status} and no JSON object`);
  if (document["issuer"] !== issuer) throw issuerProblem(`${url} speaks of another issuer`);
  const endpoint = (name: string): string => requireSafeUrl(document[name], name);
  const methods = document["token_endpoint_auth_methods_supported"];
  return {
    issuer,
    authorizationEndpoint: endpoint("authorization_endpoint"),
    tokenEndpoint: endpoint("token_endpoint"),
    userinfoEndpoint: document["userinfo_endpoint"] === undefined ? null : endpoint("userinfo_endpoint"),
    jwksUri: endpoint("jwks_uri"),
    namesItself: document["authorization_response_iss_parameter_supported"] === true,
    secretInBody:
      Array.isArray(methods) &&
      methods.includes("client_secret_post") &&
      !methods.includes("client_secret_basic"),
  };
}

/** https, or http to this machine: codes and keys travel there. */
function requireSafeUrl(value: unknown, name: string): string {
  const url = typeof value === "string" ? URL.parse(value) : null;
  const isLoopback = url !== null && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url !== null && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback)))
    return url.href;
  throw issuerProblem(`${name} of the identity provider is not an https address`);
}
