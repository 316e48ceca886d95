import type { TokenExchange } from "./token-source.ts";
import { UnusableCredential } from "./unusable-credential.ts";

/** An application that is registered with Microsoft Entra ID. */
export interface EntraApplication {
  /** Where tokens are had, such as `https://login.microsoftonline.com`. */
  readonly authority: string;
  /** What they are for, such as `https://cognitiveservices.azure.com/.default`. */
  readonly scope: string;
  /** Id or a domain of the tenant. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Ids and domains; both stand in a path. */
const TENANT = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

/**
 * Tokens of an application, by the client credentials flow
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * @throws UnusableCredential for a tenant that is neither an id nor a domain.
 */
export function entraExchange(application: EntraApplication): TokenExchange {
  const { authority, scope, tenantId, clientId, clientSecret } = application;
  if (!TENANT.test(tenantId))
    throw new UnusableCredential("its tenantId is neither the id of a tenant nor one of its domains");
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope,
  });
  return {
    service: "Microsoft Entra ID",
    url: `${authority}/${tenantId}/oauth2/v2.0/token`,
    form: () => form,
  };
}
