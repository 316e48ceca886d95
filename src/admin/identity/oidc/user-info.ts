import { LatchkeyError } from "../../../kernel/error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../../kernel/json.ts";
import { issuerProblem, type OutboundCall } from "./outbound-call.ts";

/**
 * Asks an issuer for the claims that it left out of the ID token.
 * @param subject `sub` of the ID token: claims about somebody else are refused
 * @throws LatchkeyError LK-2024, LK-2025
 * @see https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse
 */
export async function fetchUserInfo(
  call: OutboundCall,
  url: string,
  accessToken: string,
  subject: string,
): Promise<JsonObject> {
  const headers = { accept: "application/json", authorization: `Bearer ${accessToken}` };
  const answer = await call({ method: "GET", url, headers });
  const claims = answer.status === 200 ? tryParseJson(answer.body) : undefined;
  if (!isJsonObject(claims)) throw issuerProblem(`userinfo answered ${answer.status} and no JSON object`);
  if (claims["sub"] !== subject) {
    throw new LatchkeyError("LK-2024", undefined, { internal: "userinfo speaks of somebody else" });
  }
  return claims;
}
