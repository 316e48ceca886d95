import type { SecretRef } from "../../kernel/secret.ts";
import type { Role } from "../permissions.ts";

/** An identity provider that speaks OpenID Connect. */
export interface OidcSettings {
  /** In paths and on buttons; unique. */
  readonly name: string;
  /** Issuer, exactly as the provider's own tokens say it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: SecretRef;
  /** `openid` is asked for in any case. */
  readonly scopes: readonly string[];
  /** Claim that holds the member's groups. */
  readonly groupsClaim: string;
  /** Domains of e-mail addresses that may sign in; null: any, empty: none. */
  readonly allowedDomains: readonly string[] | null;
}

/** What a tenant says of its members. */
export interface TenantMembers {
  readonly name: string;
  readonly members: readonly (readonly [address: string, role: Role])[];
  readonly groups: readonly (readonly [group: string, role: Role])[];
}

/** What identity needs of the artifact in force. */
export interface IdentitySettings {
  /** Where browsers reach the gateway; null: only at loopback addresses, as they name it. */
  readonly publicUrl: string | null;
  /** Addresses of the platform's operators. */
  readonly operators: readonly string[];
  readonly tenants: readonly TenantMembers[];
  readonly signIn: {
    readonly oidc: readonly OidcSettings[];
    /** Whether links that the command line prints may be used. */
    readonly link: boolean;
    /** Milliseconds after which a session ends, used or not. */
    readonly sessionMs: number;
    /** Milliseconds after which a session ends that is not used. */
    readonly idleMs: number;
  };
  /** Hash of the artifact, for the audit log. */
  readonly artifact: string | null;
}
