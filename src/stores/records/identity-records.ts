/** A member's signed-in browser. The record's id is random; the cookie holds another random text. */
export interface SessionBody {
  /** SHA-256 of the cookie's text. */
  readonly digest: string;
  /** Address of the member. */
  readonly member: string;
  /** How the member signed in. */
  readonly means: "oidc" | "link";
  /** Groups that the identity provider told of. */
  readonly groups: readonly string[];
  readonly csrf: string;
  readonly expiresAtMs: number;
  /** Ends earlier when it is not used. */
  readonly usedAtMs: number;
}

/** A link that signs in once. */
export interface SignInLinkBody {
  readonly digest: string;
  readonly member: string;
  readonly expiresAtMs: number;
}

/** A sign-in that is under way at an identity provider. The record's id is the `state`. */
export interface SignInStateBody {
  readonly issuer: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Path of this gateway to go back to. */
  readonly returnTo: string;
  /** SHA-256 of a cookie of the browser that began it. */
  readonly browser: string;
  readonly expiresAtMs: number;
}

/** A member's access token, for the command line and CI. */
export interface ApiTokenBody {
  readonly digest: string;
  readonly member: string;
  readonly name: string;
  /** Permissions it is narrowed to; null: all of the member's. */
  readonly permissions: readonly string[] | null;
  readonly groups: readonly string[];
  readonly expiresAtMs: number | null;
}
