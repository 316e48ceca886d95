import type { ProviderAuth } from "../../../catalog/provider-profile.ts";
import type { CredentialOption } from "./provider.ts";

/** A set of options that together are a credential. */
export interface CredentialWay {
  readonly needs: readonly CredentialOption[];
  /** What may be there besides. */
  readonly may?: readonly CredentialOption[];
  /** What to write, for a config that has none. */
  readonly example: string;
}

const apiKey: CredentialWay = { needs: ["apiKey"], example: 'apiKey: env("NAME_OF_THE_VARIABLE")' };

/** In which ways a provider can be given its credential; one of them has to be taken, and only one. */
export const credentialWays: Readonly<Record<ProviderAuth["kind"], readonly CredentialWay[]>> = {
  bearer: [apiKey],
  header: [apiKey],
  "header-or-entra": [
    apiKey,
    {
      needs: ["tenantId", "clientId", "clientSecret"],
      example:
        'tenantId: env("AZURE_TENANT_ID"), clientId: env("AZURE_CLIENT_ID"), clientSecret: env("AZURE_CLIENT_SECRET")',
    },
  ],
  "optional-bearer": [apiKey],
  "aws-sigv4": [
    {
      needs: ["accessKeyId", "secretAccessKey"],
      may: ["sessionToken"],
      example: 'accessKeyId: env("AWS_ACCESS_KEY_ID"), secretAccessKey: env("AWS_SECRET_ACCESS_KEY")',
    },
    apiKey,
  ],
  "google-token": [
    { needs: ["credentials"], example: 'credentials: file("/path/of/service-account.json")' },
    { needs: ["accessToken"], example: 'accessToken: env("NAME_OF_THE_VARIABLE")' },
  ],
};
