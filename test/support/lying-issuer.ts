import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import type {
  OutboundAnswer,
  OutboundCall,
  OutboundRequest,
} from "../../src/admin/identity/oidc/outbound-call.ts";
import type { JsonObject } from "../../src/kernel/json.ts";

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** What an issuer is to do differently from an honest one. */
export interface Lies {
  /** Members of the metadata document. */
  readonly metadata?: JsonObject;
  /** Claims of the ID token; undefined: left out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Makes the ID token instead, of the claims that an honest one would have. */
  readonly token?: (claims: JWTPayload) => string | Promise<string>;
  readonly userinfo?: JsonObject;
  /** Answers to some paths. */
  readonly answers?: Readonly<Record<string, OutboundAnswer>>;
}

/** An identity provider that is called without HTTP and does whatever a test wants. */
export interface LyingIssuer {
  readonly issuer: string;
  readonly call: OutboundCall;
  readonly lie: (lies: Lies) => void;
  /** The nonce that the next ID token is to have, as the browser brought it. */
  readonly remember: (location: URL) => void;
  /** Publishes a new key and signs with it; the old one is withdrawn. */
  readonly rotate: () => Promise<void>;
  /** What signs with the key of now, also after it was withdrawn. */
  readonly signer: () => (claims: JWTPayload) => Promise<string>;
  readonly publicJwk: () => Promise<JsonObject>;
  readonly requests: readonly OutboundRequest[];
}

const json = (body: unknown): OutboundAnswer => ({ status: 200, body: JSON.stringify(body) });

/** Makes one. @param now milliseconds since the Unix epoch, for the times in its tokens */
export async function createLyingIssuer(issuer: string, now: () => number): Promise<LyingIssuer> {
  let keys: KeyPair = await generateKeyPair("ES256", { extractable: true });
  let kid = "key-1";
  let lies: Lies = {};
  let nonce = "";
  const requests: OutboundRequest[] = [];
  const publicJwk = async (): Promise<JsonObject> =>
    ({ ...(await exportJWK(keys.publicKey)), kid, alg: "ES256", use: "sig" }) as JsonObject;
  const signer = (): ((claims: JWTPayload) => Promise<string>) => {
    const [header, { privateKey }] = [{ alg: "ES256", kid }, keys];
    return (claims) => new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  };
  const idToken = async (): Promise<string> => {
    const at = Math.floor(now() / 1000);
    const honest = { iss: issuer, sub: "subject-1", aud: "latchkey", nonce, iat: at, exp: at + 300 };
    const person = { email: "ada@example.com", email_verified: true, groups: ["staff"] };
    const claims = { ...honest, ...person, ...lies.claims } as JWTPayload;
    return (lies.token ?? signer())(claims);
  };
  const answer = async (path: string): Promise<OutboundAnswer> => {
    const told = lies.answers?.[path];
    if (told !== undefined) return told;
    if (path === "/.well-known/openid-configuration")
      return json({ ...metadataOf(issuer), ...lies.metadata });
    if (path === "/jwks") return json({ keys: [await publicJwk()] });
    if (path === "/token")
      return json({ token_type: "Bearer", access_token: "at", id_token: await idToken() });
    if (path === "/userinfo") return json({ sub: "subject-1", ...lies.userinfo });
    return { status: 404, body: "" };
  };
  return {
    issuer,
    requests,
    signer,
    publicJwk,
    call(request) {
      requests.push(request);
      return answer(new URL(request.url).pathname);
    },
    lie(next) {
      lies = next;
    },
    remember(location) {
      nonce = location.searchParams.get("nonce") ?? "";
    },
    async rotate() {
      keys = await generateKeyPair("ES256", { extractable: true });
      kid = `${kid}+`;
    },
  };
}

function metadataOf(issuer: string): JsonObject {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    authorization_response_iss_parameter_supported: true,
  };
}
