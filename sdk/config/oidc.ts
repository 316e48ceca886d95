import { type Declaration, declare } from "./declaration.ts";
import type { Secret } from "./secret.ts";

/** An identity provider that speaks OpenID Connect, and this gateway's registration with it. */
export interface OidcOptions {
  /** What people read where they choose how to sign in; letters, digits and dashes. */
  readonly name: string;
  /** Issuer as its discovery document names it: `https://login.example.com`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Default `["openid", "email", "profile"]`. */
  readonly scopes?: readonly string[];
  /** Claim that lists a person's groups, default `"groups"`. */
  readonly groupsClaim?: string;
  /** Domains of the addresses that may sign in; absent: any, empty: none. */
  readonly allowedDomains?: readonly string[];
}

/** A declared identity provider. */
export interface Oidc extends Declaration<"oidc">, OidcOptions {}

/**
 * Declares an identity provider.
 * @example oidc({ name: "corp", issuer: "https://login.example.com", clientId: "latchkey", clientSecret: env("OIDC_SECRET") })
 */
export function oidc(options: OidcOptions): Oidc {
  return declare("oidc", options);
}
