import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { LatchkeyError } from "../../../kernel/error.ts";
import { isSameText } from "../same-text.ts";

/**
 * Signatures by a private key that the issuer alone has. Neither `none` nor HMAC, for which the issuer's public key
 * could be passed off as the shared one.
 */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** Seconds that the issuer's clock may differ from ours. */
const SKEW_S = 60;
/** Seconds after which a token is too old, whatever it says itself: it was made for this very sign-in. */
const MAX_AGE_S = 600;

/** What a token has to say. */
export interface ExpectedToken {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: number;
}

/**
 * Checks an ID token and gives its claims.
 * @throws LatchkeyError LK-2024 with the reason for the log, LK-2025 where the issuer's keys cannot be had
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export async function verifyIdToken(
  token: string,
  keys: JWTVerifyGetKey,
  expected: ExpectedToken,
): Promise<JWTPayload> {
  const { issuer, clientId, nonce, nowMs } = expected;
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms: ALGORITHMS,
      clockTolerance: SKEW_S,
      currentDate: new Date(nowMs),
      maxTokenAge: MAX_AGE_S,
      requiredClaims: ["iss", "sub", "aud", "exp", "iat", "nonce"],
    });
    checkParty(payload, clientId);
    if (typeof payload["nonce"] !== "string" || !isSameText(payload["nonce"], nonce)) throw refused("nonce");
    if (typeof payload.sub !== "string" || payload.sub === "") throw refused("sub");
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refused(`${error.code} ${error.message}`, error);
    throw error;
  }
}

/** A token for several audiences, or one that names a party, has to name us. */
function checkParty(payload: JWTPayload, clientId: string): void {
  const party = payload["azp"];
  const isForSeveral = Array.isArray(payload.aud) && payload.aud.length > 1;
  if (party === undefined ? isForSeveral : party !== clientId) throw refused("azp");
}

function refused(reason: string, cause?: unknown): LatchkeyError {
  return new LatchkeyError("LK-2024", undefined, { internal: `ID token refused: ${reason}`, cause });
}
