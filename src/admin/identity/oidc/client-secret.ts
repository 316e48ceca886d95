import { LatchkeyError } from "../../../kernel/error.ts";
import { describeSecret } from "../../../kernel/secret.ts";
import type { IdentityParts } from "../identity-parts.ts";
import type { OidcSettings } from "../identity-settings.ts";

type Parts = Pick<IdentityParts, "secrets">;

/** The secret that an identity provider knows the gateway by; undefined: it is missing, and nobody signs in there. */
export function clientSecretOf({ secrets }: Parts, { clientSecret }: OidcSettings): string | undefined {
  const value = secrets(clientSecret);
  return value === undefined || value.trim() === "" ? undefined : value;
}

/** The same, where nothing goes on without it. @throws LatchkeyError LK-2025 */
export function requireClientSecret(parts: Parts, provider: OidcSettings): string {
  const found = clientSecretOf(parts, provider);
  if (found !== undefined) return found;
  throw new LatchkeyError("LK-2025", `Signing in by ${provider.name} is off: the gateway lacks its secret.`, {
    internal: `the client secret ${describeSecret(provider.clientSecret)} of ${provider.name} is missing`,
  });
}
